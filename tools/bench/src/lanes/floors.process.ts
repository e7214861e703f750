import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { mongo } from 'mongoose';
import { idOf, orderMessage } from '../order-message';
import { commandTopic, eventTopic } from '../stage';
import { Diary } from './diary';

const batch = 500;
/** As many batches at a time as a service has partitions. */
const atOnce = 12;
const factBytes = 3200;

const kafka = () =>
  new Kafka({
    brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'floor',
    logLevel: logLevel.NOTHING,
  });

/** Reads and does nothing. */
export async function runBrokerFloor(): Promise<void> {
  const diary = new Diary();
  const consumer = kafka().consumer({ groupId: 'floor', maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [commandTopic], fromBeginning: true });
  diary.endOn('SIGTERM', () => consumer.disconnect());
  await consumer.run({
    partitionsConsumedConcurrently: atOnce,
    eachBatch: async ({ batch: { messages } }) => messages.forEach(() => diary.handled()),
  });
  diary.ready();
}

/** Inserts one document of the size of a command for each message, in bulk. */
export async function runDatabaseFloor(messages: number): Promise<void> {
  const diary = new Diary();
  const client = await new mongo.MongoClient(process.env['MONGODB_URI'] ?? '', {
    writeConcern: { w: 'majority', j: true },
  }).connect();
  const orders = client.db('floor').collection<{ _id: string }>('orders');
  const documents = Array.from({ length: messages }, (_, order) => ({
    _id: idOf(order),
    ...(JSON.parse(orderMessage(order, 0, 'usual').value.toString()) as { data: object }).data,
  }));
  await inTurns(diary, client, messages, async (from, to) => {
    await orders.insertMany(documents.slice(from, to), { ordered: false });
  });
}

/** Publishes a fact of the usual size for each message, as a new order makes one. */
export async function runPublishFloor(messages: number): Promise<void> {
  const diary = new Diary();
  const producer = kafka().producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const value = Buffer.from(randomBytes(factBytes / 2).toString('hex'));
  await inTurns(diary, { close: () => producer.disconnect() }, messages, async (from, to) => {
    const facts = Array.from({ length: to - from }, (_, i) => ({ key: idOf(from + i), value }));
    await producer.send({ topic: eventTopic, acks: -1, messages: facts });
  });
}

async function inTurns(
  diary: Diary,
  connection: { close(): Promise<unknown> },
  messages: number,
  work: (from: number, to: number) => Promise<void>,
): Promise<void> {
  diary.endOn('SIGTERM', () => connection.close());
  diary.ready();
  let next = 0;
  const worker = async () => {
    while (next < messages) {
      const from = next;
      const to = (next = Math.min(messages, from + batch));
      await work(from, to);
      for (let i = from; i < to; i++) diary.handled();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
