import type { BatchHandler } from './batch-context';
import { BatchLoop, type BatchLoopOptions } from './batch-loop';
import { consumerConfig } from './consumer-group';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();

beforeAll(() => broker.open());
afterAll(() => broker.close());

async function loopOver(
  topic: string,
  groupId: string,
  handler: BatchHandler,
  more: Partial<BatchLoopOptions> = {},
) {
  const consumer = broker.kafka.consumer(consumerConfig({ groupId, maxWaitMs: 100 }));
  await consumer.connect();
  const loop = new BatchLoop(consumer, () => handler, { groupId, ...more });
  await loop.run([topic]);
  return loop;
}

test('passes over a transaction marker at the end of a partition', async () => {
  const topic = await broker.topic('markers');
  const groupId = broker.name('group');
  const transactionalId = broker.name('tx');
  const transactional = broker.kafka.producer({ transactionalId, maxInFlightRequests: 1, idempotent: true });
  await transactional.connect();
  const write = async (value: string, outcome: 'commit' | 'abort') => {
    const transaction = await transactional.transaction();
    await transaction.send({ topic, messages: [{ partition: 0, value }] });
    await transaction[outcome]();
  };
  await write('kept', 'commit');
  await write('dropped', 'abort');
  await transactional.disconnect();
  const values: string[] = [];
  const progress = new Seen<number>();

  const loop = await loopOver(
    topic,
    groupId,
    async (records) => void values.push(...records.map(({ value }) => String(value))),
    { onProgress: ({ nextOffset }) => progress.add(nextOffset) },
  );
  await progress.until((all) => all.includes(4));
  await loop.stop();

  expect(values).toEqual(['kept']);
  expect(await broker.committed(groupId, topic)).toEqual([4]);
});

test('reports how much waits, and nothing once the end is reached', async () => {
  const topic = await broker.topic('lagging');
  await broker.write(topic, ['1', '2', '3', '4', '5']);
  const lags = new Seen<number>();

  const loop = await loopOver(topic, broker.name('group'), async () => undefined, {
    maxRecords: 2,
    reports: { lag: ({ messages }) => lags.add(messages) },
  });
  await lags.until((all) => all.at(-1) === 0);
  await loop.stop();

  expect(lags.all).toEqual([5, 3, 3, 1, 1, 0]);
});

test('a held partition stands still while the others go on', async () => {
  const topic = await broker.topic('holding', 2);
  const groupId = broker.name('group');
  await broker.write(topic, ['1', '2', '3'], 0);
  const seen = new Seen<string>();

  const loop = await loopOver(topic, groupId, async (records, context) => {
    if (context.partition === 0) context.holdFrom?.(1);
    for (const { partition, value } of records) seen.add(`${partition}:${String(value)}`);
  });
  await seen.count(3);
  await broker.write(topic, ['4'], 0);
  await broker.write(topic, ['a'], 1);
  await seen.until((all) => all.includes('1:a'));
  await loop.stop();

  expect(seen.all).toEqual(['0:1', '0:2', '0:3', '1:a']);
  expect(await broker.committed(groupId, topic)).toEqual([1, 1]);
});
