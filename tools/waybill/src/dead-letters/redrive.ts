import {
  commandTime,
  decodeEnvelope,
  encodeEnvelope,
  type Envelope,
  lateStream,
  type OriginSigner,
  originalStream,
  type OutgoingMessage,
  type StoredDeadLetter,
  structuredHeaders,
} from '@waybill/messaging';

export type Redrive =
  | { readonly ok: true; readonly message: OutgoingMessage }
  | { readonly ok: false; readonly because: string };

const bulkType = 'orders.bulk-fulfil-orders.v1';
const bulkItemType = 'orders.upsert-order.v1';

/**
 * The message that puts a dead letter back on its command topic. Its signed origin counts the redrives of the original:
 * made twice of one letter, it is the same message twice, and the second one is dropped as done.
 */
export function redriveMessage(
  letter: StoredDeadLetter,
  commandTopic: string,
  signer: OriginSigner,
): Redrive {
  const { record, parked } = letter;
  if (letter.leftOut.includes('value')) return refuse('its body was too large to be kept');
  const decoded = decodeEnvelope(record);
  if (!decoded.ok) return refuse('it still cannot be read; have its producer send a right one');
  const read = signer.read(record.headers, { ...decoded.envelope, value: record.value ?? '' });
  if (read.kind === 'forged') return refuse('its origin was not signed with this key');
  const handedOn = read.kind === 'genuine' ? read.handedOn : undefined;
  const time = handedOn ? { ok: true as const, time: handedOn.time } : commandTime(decoded.envelope, record);
  if (!time.ok) return refuse(`its time ${time.issue.msg}`);
  const isWholeBulk = letter.items !== undefined && decoded.envelope.type === bulkType;
  const envelope = isWholeBulk ? itemOf(decoded.envelope, letter.item) : decoded.envelope;
  if (!envelope) return refuse('the bulk that it was an item of cannot be taken apart');
  const { saidAt, kept } = handedOn ?? {};
  // one that is parked goes straight back to its line
  const target = handedOn?.target ?? (parked && { aggregateId: parked.aggregateId, key: String(record.key) });
  const value = isWholeBulk ? encodeEnvelope({ ...envelope, time: time.time }) : (record.value ?? '');
  const signed = signer.headers(
    {
      origin: {
        detour: 'late',
        stream: lateStream(originalStream(letter.stream)),
        offset: letter.offset,
        item: letter.item,
        n: letter.n + 1,
      },
      ...(target ? { target } : {}),
      time: time.time,
      ...(saidAt === undefined ? {} : { saidAt }),
      ...(letter.items === undefined ? {} : { items: letter.items }),
      // decided for the first time, as what it was when it came
      ...(parked ? { parked, ...(kept ? { kept } : {}) } : {}),
    },
    { ...envelope, value },
  );
  return {
    ok: true,
    message: {
      topic: commandTopic,
      key: target?.key ?? record.key,
      // without a key the partition must not depend on chance: both copies of a redrive go one after the other
      ...(target || record.key ? {} : { partition: record.partition }),
      value,
      headers: { ...callerHeaders(record.headers, isWholeBulk), ...signed },
    },
  };
}

/** The message that tells the line of a parked letter not to wait for it: when its turn comes it is not decided. */
export function discardMessage(
  letter: StoredDeadLetter,
  commandTopic: string,
  signer: OriginSigner,
): Redrive {
  const { parked } = letter;
  if (!parked) return refuse('nothing is parked behind it, so there is nothing to give up');
  return redriveMessage({ ...letter, parked: { ...parked, givenUp: true } }, commandTopic, signer);
}

// as the router splits it: an item is a message of its own
function itemOf(bulk: Envelope, position: number): Envelope | undefined {
  const { shop_slug: shop, items } = (bulk.data ?? {}) as { shop_slug?: unknown; items?: unknown };
  const item: unknown = Array.isArray(items) ? items[position] : undefined;
  if (typeof item !== 'object' || item === null) return undefined;
  return {
    ...bulk,
    id: `${bulk.id}/${position}`,
    type: bulkItemType,
    correlationid: bulk.correlationid ?? bulk.id,
    data: { shop_slug: shop, ...item },
  };
}

function callerHeaders(
  headers: StoredDeadLetter['record']['headers'],
  isStructuredNow: boolean,
): Record<string, Buffer | string> {
  const kept: Record<string, Buffer | string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    const isOfBinaryMode = name.startsWith('ce_') || name === 'content-type';
    if (last === undefined || name.startsWith('waybill-') || (isStructuredNow && isOfBinaryMode)) continue;
    kept[name] = last;
  }
  return isStructuredNow ? { ...kept, ...structuredHeaders } : kept;
}

function refuse(because: string): Redrive {
  return { ok: false, because };
}
