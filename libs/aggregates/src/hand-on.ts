import {
  decodeEnvelope,
  encodeEnvelope,
  type HandedOn,
  type InputRecord,
  type Origin,
  type OriginSigner,
  type OutgoingMessage,
  structuredHeaders,
  type Target,
} from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { CommandOrigin, Incoming } from './incoming';
import type { KeptCommand } from './kept-store';
import { partitionOfKey } from './partition-of-key';

export interface HandOnOptions {
  readonly signer: OriginSigner;
  readonly commandTopic: string;
  readonly retryTopics: readonly string[];
  readonly partitions: number;
}

interface Alone {
  readonly value: Buffer | string;
  readonly headers: Readonly<Record<string, Buffer | string>>;
}

/** Makes the messages that put a command on its way again: under its canonical key, into a retry topic, out of keeping. */
export class HandOn {
  constructor(private readonly options: HandOnOptions) {}

  /** The command came under its canonical key, to the partition of that key: it can be folded where it is. */
  isAtHome(incoming: Incoming, target: Target): boolean {
    const { record } = incoming;
    return (
      incoming.item === undefined &&
      record.key?.toString() === target.key &&
      partitionOfKey(target.key, this.options.partitions) === record.partition
    );
  }

  /**
   * The same command under its canonical key; its value keeps its bytes unless it is one item of a bulk. `late`: it may
   * come after what was sent behind it.
   */
  to(incoming: Incoming, target: Target, kind: 'rekeyed' | 'late' = 'rekeyed'): OutgoingMessage {
    const { commandTopic, partitions } = this.options;
    const { origin = detour(incoming.from, kind), kept, saidAt } = incoming.handedOn ?? {};
    return {
      topic: commandTopic,
      partition: partitionOfKey(target.key, partitions),
      key: target.key,
      ...this.content(incoming, {
        origin,
        target: { aggregateId: target.aggregateId, key: target.key },
        time: incoming.message.time,
        ...(kept ? { kept } : {}),
        ...(saidAt === undefined ? {} : { saidAt }),
      }),
    };
  }

  /** Into the retry topic of the next delay. */
  later(incoming: Incoming): OutgoingMessage {
    const attempt = (incoming.handedOn?.attempt ?? -1) + 1;
    const topic = this.options.retryTopics[attempt];
    if (topic === undefined) throw new Error(`no retry topic for attempt ${attempt}`);
    const origin = incoming.handedOn?.origin ?? detour(incoming.from, 'late');
    return {
      topic,
      partition: incoming.record.partition,
      key: incoming.record.key,
      ...this.content(incoming, { origin, attempt, time: incoming.message.time }),
    };
  }

  /** The command as a message of its own, without what is of the engine: an item is taken out of its bulk. */
  alone({ message, record, item, handedOn }: Incoming): Alone {
    const wasSplit = item !== undefined && handedOn?.items === undefined;
    const headers = callerHeaders(record.headers, wasSplit);
    return wasSplit
      ? { value: encodeItem(message), headers: { ...headers, ...structuredHeaders } }
      : { value: record.value ?? '', headers };
  }

  private content(incoming: Incoming, handedOn: HandedOn): Alone {
    const { message, item } = incoming;
    const { value, headers } = this.alone(incoming);
    const signed = this.options.signer.headers(
      { ...handedOn, ...(item ? { items: item.items } : {}) },
      { ...message, value },
    );
    return { value, headers: { ...headers, ...signed } };
  }

  /** A kept command whose number is known now. It was answered when it was kept. */
  kept(kept: KeptCommand, target: ResolvedTarget): OutgoingMessage {
    const { signer, commandTopic, partitions } = this.options;
    const { aggregateId, key, attachedAt = kept.time } = target;
    const handedOn: HandedOn = {
      origin: kept.origin,
      target: { aggregateId, key },
      time: attachedAt,
      kept: true,
      saidAt: kept.time,
      ...(kept.items === undefined ? {} : { items: kept.items }),
    };
    return {
      topic: commandTopic,
      partition: partitionOfKey(target.key, partitions),
      key: target.key,
      value: kept.record.value,
      headers: {
        ...withoutReply(kept.record.headers),
        ...signer.headers(handedOn, {
          ...kept,
          id: kept.messageId,
          type: typeOf(kept),
          value: kept.record.value,
        }),
      },
    };
  }
}

function typeOf({ record, messageId }: KeptCommand): string {
  const decoded = decodeEnvelope(record);
  if (!decoded.ok) throw new Error(`the kept message ${messageId} cannot be read any more`);
  return decoded.envelope.type;
}

/** A target that was looked up. For a command that may be kept it also says how the target took the place. */
export interface ResolvedTarget extends Target {
  /** Command time at which it took the place; what was kept follows with this time. */
  readonly attachedAt?: string;
  /** Null: it does not know yet which taker of the place it is. */
  readonly kind?: string | null;
}

const withoutReply = (headers: InputRecord['headers']): Record<string, Buffer | string> =>
  Object.fromEntries(
    Object.entries(callerHeaders(headers, false)).filter(([name]) => !name.startsWith('kafka_')),
  );

/** Headers of the caller that travel on; ours are made anew, and a split item is an envelope of its own. */
function callerHeaders(
  headers: Incoming['record']['headers'],
  structured: boolean,
): Record<string, Buffer | string> {
  const kept: Record<string, Buffer | string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('waybill-') || (structured && (name.startsWith('ce_') || name === 'content-type')))
      continue;
    const one = Array.isArray(value) ? value.at(-1) : value;
    if (one !== undefined) kept[name] = one;
  }
  return kept;
}

const encodeItem = (message: CommandMessage): string =>
  encodeEnvelope({
    id: message.id,
    type: message.type,
    source: message.source,
    time: message.time,
    ...(message.correlationId === undefined ? {} : { correlationid: message.correlationId }),
    ...(message.traceparent === undefined ? {} : { traceparent: message.traceparent }),
    data: message.data,
  });

export const detour = (from: CommandOrigin, kind: 'rekeyed' | 'late'): Origin => ({
  detour: kind,
  stream: `${from.stream}/${kind}`,
  offset: from.offset,
  item: from.item,
  n: 0,
});
