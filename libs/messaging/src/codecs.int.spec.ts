import { CompressionTypes } from 'kafkajs';
import { BatchLoop } from './batch-loop';
import { consumerConfig } from './consumer-group';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();

beforeAll(() => broker.open());
afterAll(() => broker.close());

test('reads batches of every codec that the broker lets through', async () => {
  const topic = await broker.topic('codecs');
  const groupId = broker.name('group');
  const value = JSON.stringify({ text: 'waybill '.repeat(500) });
  const { GZIP, Snappy, LZ4, ZSTD } = CompressionTypes;
  for (const compression of [GZIP, Snappy, LZ4, ZSTD])
    await broker.producer.send({ topic, compression, messages: [{ key: String(compression), value }] });

  const read = new Seen<[string, string]>();
  const consumer = broker.kafka.consumer(consumerConfig({ groupId, maxWaitMs: 100 }));
  await consumer.connect();
  const loop = new BatchLoop(
    consumer,
    () => async (records) =>
      records.forEach(({ key, value: bytes }) => read.add([String(key), String(bytes)])),
    { groupId },
  );
  await loop.run([topic]);
  await read.count(4);
  await loop.stop();

  expect(read.all.map(([codec]) => Number(codec))).toEqual([GZIP, Snappy, LZ4, ZSTD]);
  expect(new Set(read.all.map(([, text]) => text === value))).toEqual(new Set([true]));
});
