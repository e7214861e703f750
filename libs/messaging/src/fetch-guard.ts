import type { KafkaMessage } from 'kafkajs';

/** A record as kafkajs makes it. `unreadable` is ours: it stands for a whole batch that nobody can unpack. */
export type FetchedMessage = KafkaMessage & { readonly unreadable?: string };

interface Decoder {
  readonly buffer: Buffer;
  readInt32(): number;
  readBytes(length: number): Buffer;
  readVarInt(): number;
  canReadBytes(length: number): boolean;
}

interface Header {
  readonly key: string;
  readonly value: Buffer | null;
}

interface DecoderClass {
  new (bytes: Buffer): Decoder;
  prototype: { readVarIntArray(this: Decoder, reader: (decoder: Decoder) => Header): unknown };
}

type DecodeBatch = (decoder: Decoder) => Promise<{ readonly records: readonly KafkaMessage[] }>;
type DecodeMessageSet = (decoder: Decoder, size: number) => Promise<readonly KafkaMessage[]>;

/** More than any message may have; the rest is not even read. */
const mostHeaders = 1000;
/** About what one partition may unpack to in one fetch; the batches behind come with the next one. */
const mostUnpackedBytes = 64 * 1024 * 1024;
/** What kafkajs makes of a record around its key and value. */
const recordBytes = 512;
/** In one batch; a thousand empty records can be packed into ten bytes. */
const mostRecords = 120_000;

let isInstalled = false;

/**
 * Keeps one hostile record or batch from ending a kafkajs consumer (2.2.4) for good. It copies all headers of a record
 * for each further one, which takes minutes for 20,000 of them; it fails on more than some 120,000 records in a batch; it
 * fetches a batch that it cannot unpack again for ever; and it unpacks all of a fetch, however much that is. Call it before the first fetch.
 */
export function installFetchGuard(): void {
  if (isInstalled) return;
  isInstalled = true;
  // not part of the public package, hence no import and no types
  const { prototype } = require('kafkajs/src/protocol/decoder') as DecoderClass;
  // only headers are read with it
  prototype.readVarIntArray = readHeaders;
  // required by kafkajs itself with the first fetch
  const path = require.resolve('kafkajs/src/protocol/requests/fetch/v4/decodeMessages');
  require(path);
  const loaded = require.cache[path];
  if (loaded) loaded.exports = (decoder: Decoder) => decodeMessages(decoder);
}

/** In one pass. What kafkajs makes of the result is what `reduce` gives: the headers as an object. */
function readHeaders(this: Decoder, reader: (decoder: Decoder) => Header): unknown {
  const headers = new Map<string, Buffer | Buffer[]>();
  const length = Math.min(this.readVarInt(), mostHeaders);
  for (let i = 0; i < length; i++) {
    const header = reader(this);
    const { key } = header;
    // Kafka allows none, and nobody else expects it
    const value = header.value ?? nothing;
    const known = headers.get(key);
    if (known === undefined) headers.set(key, value);
    else if (Array.isArray(known)) known.push(value);
    else headers.set(key, [known, value]);
  }
  return {
    reduce() {
      return Object.fromEntries(headers);
    },
  };
}

const nothing = Buffer.alloc(0);
const magicAt = 16;
const recordBatchMagic = 2;
const recordsAt = 57;
const leastBatchBytes = 61;
const transactional = 0x10;

/** The records of one partition in a fetch. */
export async function decodeMessages(
  decoder: Decoder,
  mostBytes = mostUnpackedBytes,
): Promise<readonly FetchedMessage[]> {
  const Decoding = require('kafkajs/src/protocol/decoder') as DecoderClass;
  const size = decoder.readInt32();
  if (size <= 0 || !decoder.canReadBytes(size)) return [];
  const bytes = decoder.readBytes(size);
  if (bytes.length > magicAt && bytes.readInt8(magicAt) !== recordBatchMagic) {
    const decodeMessageSet = require('kafkajs/src/protocol/messageSet/decoder') as DecodeMessageSet;
    return decodeMessageSet(new Decoding(bytes), size);
  }
  const decodeBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder') as DecodeBatch;
  const messages: FetchedMessage[] = [];
  let unpackedBytes = 0;
  // the last batch of a fetch may be cut off
  for (let rest = bytes; isWhole(rest) && unpackedBytes < mostBytes; rest = rest.subarray(end(rest))) {
    const batch = rest.subarray(0, end(rest));
    try {
      const count = batch.readInt32BE(recordsAt);
      if (count > mostRecords) throw new RangeError(`it has ${count} records, more than ${mostRecords}`);
      const { records } = await decodeBatch(new Decoding(batch));
      for (const record of records) {
        messages.push(record);
        unpackedBytes += recordBytes + (record.key?.length ?? 0) + (record.value?.length ?? 0);
      }
    } catch (error) {
      if (isPassing(error)) throw error;
      messages.push(unreadableBatch(batch, error));
    }
  }
  return messages;
}

const end = (bytes: Buffer): number => 12 + bytes.readInt32BE(8);
const isWhole = (bytes: Buffer): boolean =>
  bytes.length >= leastBatchBytes && end(bytes) >= leastBatchBytes && bytes.length >= end(bytes);

/** Too little memory is no fault of the batch. */
const isPassing = (error: unknown): boolean => /alloc|Z_MEM|ENOMEM/i.test(String(error));

/** One record in the place of the batch's last one, so that the partition goes on behind it. */
function unreadableBatch(batch: Buffer, error: unknown): FetchedMessage {
  const first = batch.readBigInt64BE(0);
  const last = first + BigInt(batch.readInt32BE(23));
  const reason = error instanceof Error ? error.message : String(error);
  return {
    offset: String(last),
    timestamp: String(batch.readBigInt64BE(35)),
    attributes: 0,
    key: null,
    value: null,
    headers: {},
    unreadable: `the records ${first} to ${last} are one batch that cannot be unpacked: ${reason}`,
    // what kafkajs drops aborted transactions by
    batchContext: {
      producerId: String(batch.readBigInt64BE(43)),
      inTransaction: (batch.readInt16BE(21) & transactional) !== 0,
    },
  } as unknown as FetchedMessage;
}
