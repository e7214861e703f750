import fc from 'fast-check';
import { CompressionTypes } from 'kafkajs';
import { installProduceEncoder } from './produce-encoder';
import type { ProduceParts } from './produce-request';

interface Encoder {
  readonly buffer: Buffer;
}
interface Request {
  readonly apiKey: number;
  readonly apiVersion: number;
  encode(): Promise<Encoder>;
}
type ProduceRequest = (parts: ProduceParts) => Request;
type WholeRequest = (parts: {
  correlationId: number;
  clientId: string;
  request: Request;
}) => Promise<Encoder>;

const inside = (path: string): unknown => require(`kafkajs/src/protocol/${path}`);
const v3 = 'requests/produce/v3/request';
const ofKafkajs = inside(v3) as ProduceRequest;
const Bytes = inside('encoder') as new (size?: number) => Encoder & { writeString(text: string): Encoder };
installProduceEncoder();
const ours = inside(v3) as ProduceRequest;

const nowMs = 1_768_000_000_000;
beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(nowMs));

const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary-ascii', maxLength: 200 }),
  fc.string({ unit: 'grapheme' }),
);
const message = fc.record({
  key: fc.option(content),
  value: fc.option(content),
  headers: fc.option(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(content, fc.array(content))), {
    nil: undefined,
  }),
});
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const parts = fc.record({
  acks: fc.constantFrom(-1, 0, 1),
  timeout: fc.nat(),
  transactionalId: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  producerId: fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 2n ** 62n }).map(String)),
  producerEpoch: fc.nat(2 ** 15 - 1),
  compression: fc.constant<number>(CompressionTypes.None),
  topicData: fc.array(
    fc.record({
      topic: fc.string({ minLength: 1 }),
      partitions: fc.array(
        fc.record({
          partition: fc.nat(1000),
          firstSequence: int32,
          messages: fc.array(message, { minLength: 1, maxLength: 70 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 3 },
  ),
});

describe('a produce request', () => {
  it('has the bytes that kafkajs writes', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (asked) => {
        const wanted = await ofKafkajs(asked).encode();
        const written = await ours(asked).encode();
        expect(written.buffer.equals(wanted.buffer)).toBe(true);
      }),
    );
  });

  it('is the same in the versions that kafkajs makes of it, with what stands before it', async () => {
    const asked = example({ value: 'x'.repeat(100_000), headers: { 'content-type': 'text/plain' } });
    const v7 = inside('requests/produce/v7/request') as ProduceRequest;
    const wholeOf = inside('request') as WholeRequest;
    const body = (await ofKafkajs(asked).encode()).buffer;
    const request = v7(asked);
    expect(request).toMatchObject({ apiKey: 0, apiVersion: 7 });
    const { buffer } = await wholeOf({ correlationId: 5, clientId: 'c', request });
    expect(buffer.readInt32BE(0)).toBe(buffer.length - 4);
    expect(buffer.subarray(-body.length).equals(body)).toBe(true);
  });

  it.each([
    ['a time of its own', example({ value: 'x', timestamp: '1700000000000' })],
    ['compression', { ...example({ value: 'x' }), compression: CompressionTypes.GZIP }],
  ])('with %s is written by kafkajs', async (_, asked) => {
    const wanted = await ofKafkajs(asked).encode();
    expect((await ours(asked).encode()).buffer.equals(wanted.buffer)).toBe(true);
  });

  it('grows the buffers of kafkajs without losing what is in them', () => {
    const long = 'ü'.repeat(16_000);
    expect(new Bytes(1).writeString(long).buffer.subarray(2).toString()).toBe(long);
  });
});

function example(
  only: ProduceParts['topicData'][number]['partitions'][number]['messages'][number],
): ProduceParts {
  const partitions = [{ partition: 3, firstSequence: 7, messages: [{ key: 'k', ...only }] }];
  return { acks: -1, timeout: 30_000, topicData: [{ topic: 'orders.events', partitions }] };
}
