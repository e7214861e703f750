import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';
import {
  brokers,
  canStartPrivateStack,
  mongoUri,
  PrivateStack,
  startPrivateStack,
  uniqueName,
} from './stack';

const quiet = { logLevel: logLevel.NOTHING };

describe('the shared stack', () => {
  it('has a broker that keeps messages and a database that keeps documents', async () => {
    const topic = await newTopic(brokers());
    const database = uniqueName('stack');

    await produce(brokers(), topic, 'one');
    await insert(mongoUri(), database, 'one');

    expect(await countMessages(brokers(), topic)).toBe(1);
    expect(await countDocuments(mongoUri(), database)).toBe(1);
  });
});

(canStartPrivateStack() ? describe : describe.skip)('a private stack', () => {
  let stack: PrivateStack;
  beforeAll(async () => {
    stack = await startPrivateStack();
  }, 60_000);
  afterAll(() => stack.end());

  it('is another one than the shared stack', async () => {
    const topic = await newTopic(stack.brokers);
    await expect(countMessages(brokers(), topic)).rejects.toThrow('topic-partition');
  });

  it('keeps what was acknowledged when both servers are killed and started again', async () => {
    const topic = await newTopic(stack.brokers);
    const database = uniqueName('stack');
    await produce(stack.brokers, topic, 'before');
    await insert(stack.mongoUri, database, 'before');

    await Promise.all([stack.kill('kafka'), stack.kill('mongo')]);
    await Promise.all([stack.start('kafka'), stack.start('mongo')]);
    await produce(stack.brokers, topic, 'after');
    await insert(stack.mongoUri, database, 'after');

    expect(await countMessages(stack.brokers, topic)).toBe(2);
    expect(await countDocuments(stack.mongoUri, database)).toBe(2);
  }, 60_000);

  it('answers nothing while the broker is frozen, and goes on afterwards', async () => {
    const topic = await newTopic(stack.brokers);
    await stack.freeze('kafka');
    const impatient = new Kafka({
      ...quiet,
      brokers: stack.brokers,
      requestTimeout: 300,
      retry: { retries: 0 },
    });
    await expect(impatient.admin().connect()).rejects.toThrow('timed out');
    await stack.thaw('kafka');
    await produce(stack.brokers, topic, 'one');

    expect(await countMessages(stack.brokers, topic)).toBe(1);
  }, 60_000);
});

function client(servers: string[]): Kafka {
  return new Kafka({ ...quiet, brokers: servers, retry: { retries: 20, maxRetryTime: 1000 } });
}

async function newTopic(servers: string[]): Promise<string> {
  const topic = uniqueName('stack');
  const admin = client(servers).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
  await admin.disconnect();
  return topic;
}

async function produce(servers: string[], topic: string, value: string): Promise<void> {
  const producer = client(servers).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ key: 'k', value }] });
  await producer.disconnect();
}

async function countMessages(servers: string[], topic: string): Promise<number> {
  const admin = client(servers).admin({ retry: { retries: 1 } });
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
}

async function insert(uri: string, dbName: string, name: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  await connection.collection('things').insertOne({ name });
  await connection.close();
}

async function countDocuments(uri: string, dbName: string): Promise<number> {
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  const count = await connection.collection('things').countDocuments({});
  await connection.close();
  return count;
}
