import { topicMessageBytes } from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import { claimedTarget } from './origin';
import type { ParkingPlace } from './parking';
import { headerText, headerWeight, type InputRecord, messageBytes, type OutgoingMessage } from './record';
import { originalStream, partitionOfStream } from './streams';

/** A message that was not applied, kept with its bytes for an operator. */
export interface DeadLetter {
  readonly kind: 'malformed' | 'refused' | 'failed';
  /** Error key of a refusal, else `malformed_request` or `internal_error`. */
  readonly key: string;
  readonly message: string;
  readonly reasons: readonly Issue[];
  /** Where the message came from first; `offset` is a fact's sequence when a reaction made it. */
  readonly stream: string;
  readonly offset: number;
  readonly item: number;
  /** How often it was sent back before. */
  readonly n: number;
  /** Size of the bulk that `item` belongs to. */
  readonly items?: number;
  readonly stack?: string;
  /** It waits in the line of its aggregate, or began it. */
  readonly parked?: ParkingPlace;
  readonly record: InputRecord;
}

/** A dead letter as it lies in its topic. */
export interface StoredDeadLetter extends DeadLetter {
  readonly id: string;
  /** Parts of the original that did not fit into a message: `value`, `key`, `headers`. */
  readonly leftOut: readonly string[];
}

const prefix = 'waybill-dl-';
const envelopeBytes = 4 * 1024;
const longest = {
  message: 2 * 1024,
  reasons: 16 * 1024,
  stack: 8 * 1024,
  key: 16 * 1024,
  headers: 36 * 1024,
} as const;
/** Those of a caller, and ours of a message that was handed on: without its origin it could not be sent back. */
const mostHeaders = 68;

/**
 * `<topic>/<partition>/<offset>[/<item>]` of where the message came from first: a repeat has the id of the first. For what
 * a reaction made, `<group>/<upstream aggregate>/<sequence>/<target>`, as one fact may make commands for several.
 */
export function deadLetterId({
  stream,
  offset,
  item,
  items,
  record,
}: Pick<DeadLetter, 'stream' | 'offset' | 'item' | 'items' | 'record'>): string {
  const from = partitionOfStream(stream);
  if (from) return `${from.topic}/${from.partition}/${offset}${items === undefined ? '' : `/${item}`}`;
  const target = claimedTarget(record.headers);
  return `${originalStream(stream)}/${offset}${target === undefined ? '' : `/${target}`}`;
}

/**
 * The record for the dead-letter topic: key, value and headers as they came, and our own `waybill-dl-*` headers. What
 * would not fit into the topic's largest message is left out, the value first, with a note that says so.
 */
export function deadLetterMessage(topic: string, letter: DeadLetter): OutgoingMessage {
  const { record } = letter;
  const leftOut: string[] = [];
  const original = originalHeaders(record.headers, leftOut);
  const isKeyTooLong = (record.key?.length ?? 0) > longest.key;
  if (isKeyTooLong) leftOut.push('key');
  const build = (value: Buffer | null): OutgoingMessage => ({
    topic,
    key: isKeyTooLong ? deadLetterId(letter) : record.key,
    value,
    headers: { ...original, ...ownHeaders(letter, leftOut) },
  });
  const whole = build(record.value);
  if (messageBytes(whole) <= topicMessageBytes - envelopeBytes) return whole;
  leftOut.push('value');
  return build(null);
}

/** Reads a record of a dead-letter topic. Throws an Error when it is none. */
export function readDeadLetter(stored: InputRecord): StoredDeadLetter {
  const read = (name: string): string | undefined => headerText(stored.headers, prefix + name);
  const need = (name: string): string => {
    const value = read(name);
    if (value === undefined) throw new Error(`no dead letter: the header ${prefix}${name} is missing`);
    return value;
  };
  const stack = read('stack');
  const items = read('items');
  const parked = read('parked');
  const leftOut = read('left-out')?.split(',') ?? [];
  const headers = Object.entries(stored.headers).filter(([name]) => !name.startsWith(prefix));
  return {
    kind: need('kind') as DeadLetter['kind'],
    key: need('key'),
    message: need('message'),
    reasons: JSON.parse(need('reasons')) as Issue[],
    id: need('id'),
    stream: need('stream'),
    offset: Number(need('offset')),
    item: Number(need('item')),
    n: Number(need('n')),
    ...(items === undefined ? {} : { items: Number(items) }),
    ...(stack === undefined ? {} : { stack }),
    ...(parked === undefined ? {} : { parked: JSON.parse(parked) as ParkingPlace }),
    leftOut,
    record: {
      topic: need('record-topic'),
      partition: Number(need('record-partition')),
      offset: Number(need('record-offset')),
      timestampMs: Number(need('record-timestamp')),
      key: leftOut.includes('key') ? null : stored.key,
      value: stored.value,
      headers: Object.fromEntries(headers),
    },
  };
}

function ownHeaders(letter: DeadLetter, leftOut: readonly string[]): Record<string, string> {
  const { record } = letter;
  const own: Record<string, string | undefined> = {
    kind: letter.kind,
    key: letter.key,
    message: cut(letter.message, longest.message),
    reasons: cutReasons(letter.reasons),
    id: deadLetterId(letter),
    stream: letter.stream,
    offset: String(letter.offset),
    item: String(letter.item),
    n: String(letter.n),
    items: letter.items?.toString(),
    stack: letter.stack === undefined ? undefined : cut(letter.stack, longest.stack),
    parked: letter.parked && JSON.stringify(letter.parked),
    'record-topic': record.topic,
    'record-partition': String(record.partition),
    'record-offset': String(record.offset),
    'record-timestamp': String(record.timestampMs),
    'left-out': leftOut.length === 0 ? undefined : leftOut.join(','),
  };
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[prefix + name, value]])),
  );
}

/** The headers of the original, as far as they fit; a repeated one keeps its last value, one that looks like ours is dropped. */
function originalHeaders(
  headers: InputRecord['headers'],
  leftOut: string[],
): Record<string, Buffer | string> {
  const kept: Record<string, Buffer | string> = {};
  let bytes = 0;
  let count = 0;
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last === undefined || name.startsWith(prefix)) continue;
    const weight = headerWeight({ [name]: last }).bytes;
    if (count === mostHeaders || bytes + weight > longest.headers) {
      leftOut.push('headers');
      break;
    }
    kept[name] = last;
    count += 1;
    bytes += weight;
  }
  return kept;
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

function cutReasons(reasons: readonly Issue[]): string {
  const kept = [...reasons];
  for (;;) {
    const text = JSON.stringify(kept);
    if (Buffer.byteLength(text) <= longest.reasons || kept.length === 0) return text;
    kept.length = Math.floor(kept.length / 2);
  }
}
