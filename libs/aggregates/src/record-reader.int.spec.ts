import { randomUUID } from 'node:crypto';
import { createKafka } from '@waybill/messaging';
import type { Message } from 'kafkajs';
import { readLastRecords } from './record-reader';

const topic = `read-back-${randomUUID()}`;
const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const kafka = createKafka({ brokers, clientId: 'record-reader-spec' });
const admin = kafka.admin();

beforeAll(async () => {
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 3 }] });
  await write(0, ['0', '1', '2', '3', '4', '5']);
  await write(1, ['0', '1'], true);
}, 30_000);
afterAll(async () => {
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}, 30_000);

/** Each value in a transaction of its own, if so: a marker follows it and takes an offset. */
async function write(partition: number, values: readonly string[], inTransactions = false): Promise<void> {
  const transactional = { transactionalId: randomUUID(), idempotent: true, maxInFlightRequests: 1 };
  const producer = kafka.producer(inTransactions ? transactional : {});
  await producer.connect();
  for (const value of values) {
    const messages: Message[] = [{ partition, value }];
    if (!inTransactions) await producer.send({ topic, messages });
    else {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages });
      await transaction.commit();
    }
  }
  await producer.disconnect();
}

const read = async (...ranges: { partition: number; from: number; to: number }[]) =>
  (await readLastRecords(kafka, admin, topic, topic, ranges)).map((record) => record?.value?.toString());

it('reads several places of one partition, in whatever order they are asked for', async () => {
  expect(
    await read(
      { partition: 0, from: 4, to: 4 },
      { partition: 0, from: 1, to: 2 },
      { partition: 0, from: 0, to: 5 },
    ),
  ).toEqual(['4', '2', '5']);
}, 15_000);

it('passes over transaction markers, and says where there is nothing else', async () => {
  expect(
    await read(
      { partition: 1, from: 0, to: 3 },
      { partition: 1, from: 3, to: 3 },
      { partition: 0, from: 0, to: 0 },
    ),
  ).toEqual(['1', undefined, '0']);
}, 15_000);

it('leaves no consumer group behind', async () => {
  const mine = async () => {
    const { groups } = await admin.listGroups();
    return groups.filter(({ groupId }) => groupId.startsWith(`${topic}.look-`)).length;
  };
  const before = await mine();
  await read({ partition: 0, from: 0, to: 0 });
  expect(await mine()).toBe(before);
}, 15_000);
