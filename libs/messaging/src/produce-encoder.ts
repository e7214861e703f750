import { type ProduceParts, produceRequest } from './produce-request';

interface Request {
  encode(): Promise<unknown>;
}

interface Encoder {
  buf: Buffer;
  readonly offset: number;
}

interface EncoderClass {
  prototype: Encoder & { ensureAvailable(this: Encoder, length: number): void };
}

let isInstalled = false;

/**
 * kafkajs 2.2.4 writes each byte of a produce request some seven times, into buffers that it zeroes first, and takes the
 * checksum byte by byte: that is a sixth of what a command costs. This writes it once, and the same bytes. Call it before
 * the first request is sent.
 */
export function installProduceEncoder(): void {
  if (isInstalled) return;
  isInstalled = true;
  // not part of the public package, hence no import and no types; later versions of the request are made of this one
  const path = require.resolve('kafkajs/src/protocol/requests/produce/v3/request');
  const original = require(path) as (parts: ProduceParts) => Request;
  const loaded = require.cache[path];
  if (loaded) loaded.exports = (parts: ProduceParts) => leanRequest(original(parts), parts);
  const { prototype } = require('kafkajs/src/protocol/encoder') as EncoderClass;
  prototype.ensureAvailable = ensureAvailable;
}

function leanRequest(request: Request, parts: ProduceParts): Request {
  // nothing of ours is compressed or has a time of its own; kafkajs does what somebody else may want
  if (parts.compression || parts.topicData.some(hasTimes)) return request;
  return { ...request, encode: async () => asEncoder(produceRequest(parts, Date.now())) };
}

const hasTimes = ({ partitions }: ProduceParts['topicData'][number]): boolean =>
  partitions.some(({ messages }) => messages.some(({ timestamp }) => timestamp != null));

/** As much of an encoder as kafkajs asks of one that it copies. */
const asEncoder = (buffer: Buffer): object => ({ buf: buffer, buffer, size: () => buffer.length });

/** Nobody reads what lies beyond `offset`, so it need not be zero. */
function ensureAvailable(this: Encoder, length: number): void {
  const { buf, offset } = this;
  if (offset + length <= buf.length) return;
  const larger = Buffer.allocUnsafe(Math.max(offset + length, 2 * buf.length));
  buf.copy(larger, 0, 0, offset);
  this.buf = larger;
}
