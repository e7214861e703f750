import { type Content, RequestWriter, sizeOf, varIntSize } from './request-writer';

type Headers = Readonly<Record<string, Content | readonly Content[]>>;

interface Message {
  readonly key?: Content;
  readonly value: Content;
  readonly headers?: Headers | undefined;
  readonly timestamp?: string | undefined;
}

/** What kafkajs makes a produce request of. */
export interface ProduceParts {
  readonly acks: number;
  readonly timeout: number;
  readonly transactionalId?: string | null | undefined;
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  readonly compression?: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly firstSequence?: number;
      readonly messages: readonly Message[];
    }[];
  }[];
}

const formatVersion = 2;
const transactional = 0x10;
/** More than what stands around names and contents takes, per request, partition, message and header. */
const framing = 96;

/** The body of a produce request (versions 3 to 7), not compressed, each byte written once. All its messages are of `nowMs`. */
export function produceRequest(parts: ProduceParts, nowMs: number): Buffer {
  const out = new RequestWriter(mostBytes(parts));
  out.text(parts.transactionalId ?? null);
  out.int16(parts.acks);
  out.int32(parts.timeout);
  out.int32(parts.topicData.length);
  for (const { topic, partitions } of parts.topicData) {
    out.text(topic);
    out.int32(partitions.length);
    for (const { partition, firstSequence = 0, messages } of partitions) {
      out.int32(partition);
      out.sized(() => recordBatch(out, parts, firstSequence, messages, nowMs));
    }
  }
  return out.written;
}

function recordBatch(
  out: RequestWriter,
  { transactionalId, producerId = -1, producerEpoch = 0 }: ProduceParts,
  firstSequence: number,
  messages: readonly Message[],
  nowMs: number,
): void {
  out.int64(0n); // first offset
  out.sized(() => {
    out.int32(0); // leader epoch
    out.int8(formatVersion);
    out.checked(() => {
      out.int16(transactionalId ? transactional : 0);
      out.int32(messages.length - 1);
      out.int64(BigInt(nowMs));
      out.int64(BigInt(nowMs));
      out.int64(BigInt(producerId.toString()));
      out.int16(producerEpoch);
      out.int32(firstSequence);
      out.int32(messages.length);
      // most share one object
      const headers = new Map<Headers, Buffer>();
      messages.forEach((message, i) => record(out, message, i, headers));
    });
  });
}

function record(
  out: RequestWriter,
  { key, value, headers = noHeaders }: Message,
  i: number,
  written: Map<Headers, Buffer>,
): void {
  const tail = written.get(headers) ?? headerBytes(headers);
  written.set(headers, tail);
  // one byte each for the attributes and for no difference in time
  out.varInt(2 + varIntSize(i) + contentSize(key) + contentSize(value) + tail.length);
  out.int8(0);
  out.int8(0);
  out.varInt(i);
  out.content(key);
  out.content(value);
  out.bytes(tail);
}

const noHeaders: Headers = {};

function headerBytes(headers: Headers): Buffer {
  const all = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: Content) => [name, one] as const),
  );
  const out = new RequestWriter(
    framing + all.reduce((sum, [name, value]) => sum + framing + sizeOf(name) + sizeOf(value), 0),
  );
  out.varInt(all.length);
  for (const [name, value] of all) {
    out.content(name);
    out.content(value);
  }
  return out.written;
}

function contentSize(content: Content): number {
  const bytes = sizeOf(content);
  return bytes + varIntSize(content == null ? -1 : bytes);
}

function mostBytes({ topicData, transactionalId }: ProduceParts): number {
  let bytes = framing + sizeOf(transactionalId);
  for (const { topic, partitions } of topicData) {
    bytes += framing + sizeOf(topic);
    for (const { messages } of partitions) {
      bytes += framing;
      for (const { key, value, headers } of messages)
        bytes += framing + sizeOf(key) + sizeOf(value) + headerRoom(headers);
    }
  }
  return bytes;
}

function headerRoom(headers: Headers | undefined): number {
  let bytes = 0;
  for (const name in headers) {
    if (!Object.hasOwn(headers, name)) continue;
    const value = headers[name];
    for (const one of Array.isArray(value) ? value : [value])
      bytes += framing + sizeOf(name) + sizeOf(one as Content);
  }
  return bytes;
}
