import { gzipSync } from 'node:zlib';
import { CompressionTypes } from 'kafkajs';
import { decodeEnvelope } from './decode-envelope';
import { decodeMessages, type FetchedMessage } from './fetch-guard';
import { createKafka } from './kafka-client';
import { headerWeight, type InputRecord } from './record';
import { sampleRecord } from './sample-record';

interface Encoder {
  readonly buffer: Buffer;
  writeInt8(value: number): Encoder;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeInt64(value: number): Encoder;
  writeString(text: string): Encoder;
  writeBuffer(bytes: Buffer): Encoder;
}
type Headers = Record<string, string | string[]>;

const inside = (path: string): unknown => require(`kafkajs/src/${path}`);
const Bytes = inside('protocol/encoder') as new () => Encoder;
const Decoding = inside('protocol/decoder') as new (bytes: Buffer) => Parameters<typeof decodeMessages>[0];
const recordOf = inside('protocol/recordBatch/record/v0') as (record: object) => Encoder;
const { RecordBatch: batchOf } = inside('protocol/recordBatch/v0') as {
  RecordBatch: (batch: object) => Promise<Encoder>;
};
const Long = inside('utils/long') as { fromInt(value: number): unknown };

createKafka({ brokers: ['b:9092'], clientId: 'c' });

/** A batch from offset `from` on, as a producer writes it. */
async function batch(
  from: number,
  records: readonly { value: string; headers?: Headers }[],
): Promise<Buffer> {
  const encoded = await batchOf({
    compression: CompressionTypes.GZIP,
    firstOffset: Long.fromInt(from),
    lastOffsetDelta: records.length - 1,
    maxTimestamp: 1_768_000_000_000,
    records: records.map(({ value, headers = {} }, offsetDelta) =>
      recordOf({ offsetDelta, timestampDelta: 0, key: null, value, headers }),
    ),
  });
  return encoded.buffer;
}

/** What kafkajs makes of a fetch that brought these batches of one partition. */
async function fetched(...batches: readonly Buffer[]): Promise<FetchedMessage[]> {
  const { decode } = inside('protocol/requests/fetch/v11/response') as {
    decode(bytes: Buffer): Promise<{ responses: { partitions: { messages: FetchedMessage[] }[] }[] }>;
  };
  const bytes = Buffer.concat(batches);
  const response = new Bytes()
    .writeInt32(0)
    .writeInt16(0)
    .writeInt32(0)
    .writeInt32(1)
    .writeString('t')
    .writeInt32(1)
    .writeInt32(0)
    .writeInt16(0)
    .writeInt64(9)
    .writeInt64(9)
    .writeInt64(0)
    .writeInt32(0)
    .writeInt32(-1)
    .writeInt32(bytes.length)
    .writeBuffer(bytes);
  const { responses } = await decode(response.buffer);
  return responses[0]?.partitions[0]?.messages ?? [];
}

const values = (messages: readonly FetchedMessage[]) => messages.map(({ value }) => String(value));

it('is what kafkajs asks for the records of a fetch', async () => {
  const messages = await fetched(await batch(4, [{ value: 'a', headers: { one: '1', two: ['x', 'y'] } }]));
  expect(messages).toMatchObject([
    { offset: '4', headers: { one: Buffer.from('1'), two: [Buffer.from('x'), Buffer.from('y')] } },
  ]);
  expect(Object.keys(messages[0]?.headers ?? {})).toEqual(['one', 'two']);
});

it('takes a header without a value for an empty one', async () => {
  const bytes = new Bytes().writeInt8(2).writeInt8(2).writeInt8(0x61).writeInt8(1).buffer;
  const decoder = new Decoding(bytes) as unknown as {
    readVarIntArray(reader: unknown): { reduce(): InputRecord['headers'] };
  };
  const headers = decoder.readVarIntArray(inside('protocol/recordBatch/header/v0/decoder')).reduce();
  expect(headers).toEqual({ a: Buffer.alloc(0) });
  // also where it came past the guard
  expect(headerWeight({ a: null } as unknown as InputRecord['headers'])).toEqual({ count: 1, bytes: 1 });
});

// kafkajs alone needs 100 s for the first one
it.each<[string, Headers]>([
  ['20,000 headers', Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`h${i}`, '']))],
  ['one header 20,000 times', { h: Array.from({ length: 20_000 }, () => '') }],
])('takes no time over %s, and they still count as a flood', async (_what, headers) => {
  const bytes = await batch(0, [{ value: 'flood', headers }, { value: 'after' }]);
  const startedMs = performance.now();
  const [flood, after] = await fetched(bytes);
  expect(performance.now() - startedMs).toBeLessThan(4000);
  expect(String(after?.value)).toBe('after');
  const decoded = decodeEnvelope(sampleRecord(undefined, { headers: flood?.headers ?? {} }));
  expect(decoded).toMatchObject({ ok: false, reasons: [{ type: 'header_flood' }] });
});

// kafkajs alone fails on it whenever it fetches it
it('does not unpack a batch of 130,000 records', async () => {
  const one = recordOf({ offsetDelta: 0, timestampDelta: 0, key: null, value: '', headers: {} }).buffer;
  const records = gzipSync(Buffer.concat(Array.from({ length: 130_000 }, () => one)));
  const bytes = Buffer.concat([(await batch(0, [{ value: '' }])).subarray(0, 61), records]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(130_000, 57);
  expect(await fetched(bytes)).toMatchObject([
    { value: null, unreadable: expect.stringContaining('130000 records') },
  ]);
});

it('puts one unreadable record in the place of a batch that cannot be unpacked', async () => {
  const [before, broken, after] = await Promise.all([
    batch(0, [{ value: 'a' }]),
    batch(1, [{ value: 'b' }, { value: 'c' }]),
    batch(3, [{ value: 'd' }]),
  ]);
  broken.fill(0xff, 70);
  const messages = await fetched(before, broken, after);
  expect(messages.map(({ offset }) => offset)).toEqual(['0', '2', '3']);
  expect(messages[1]).toMatchObject({ value: null, timestamp: '1768000000000' });
  const { unreadable = '' } = messages[1] ?? {};
  expect(unreadable).toMatch(/^the records 1 to 2 are one batch that cannot be unpacked: /);
  expect(decodeEnvelope(sampleRecord(null, { unreadable }))).toMatchObject({
    ok: false,
    reasons: [{ type: 'record_batch', msg: unreadable }],
  });
});

it('leaves for the next fetch what this one has cut off, and what would be too much at once', async () => {
  const [whole, cut] = await Promise.all([batch(0, [{ value: 'a' }]), batch(1, [{ value: 'b' }])]);
  expect(values(await fetched(whole, cut.subarray(0, -1)))).toEqual(['a']);
  const both = new Bytes()
    .writeInt32(whole.length + cut.length)
    .writeBuffer(whole)
    .writeBuffer(cut);
  expect(values(await decodeMessages(new Decoding(both.buffer), 1))).toEqual(['a']);
  expect(values(await decodeMessages(new Decoding(both.buffer), 600))).toEqual(['a', 'b']);
});
