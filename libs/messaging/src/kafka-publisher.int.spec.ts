import { topicMessageBytes } from '@waybill/contracts';
import { KafkaPublisher } from './kafka-publisher';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();
const undeliverable: string[] = [];
let publisher: KafkaPublisher;

interface Written {
  readonly partition: number;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers: Record<string, string>;
}

beforeAll(() => broker.open());
beforeEach(() => {
  undeliverable.length = 0;
  publisher = new KafkaPublisher(broker.kafka, { onUndeliverable: ({ topic }) => undeliverable.push(topic) });
});
afterEach(() => publisher.close());
afterAll(() => broker.close());

async function read(topic: string, count: number): Promise<readonly Written[]> {
  const consumer = broker.kafka.consumer({
    groupId: broker.name('reader'),
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 4e6,
  });
  const seen = new Seen<Written>();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message: { key, value, headers } }) => {
      const texts = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]);
      seen.add({ partition, key: String(key), value, headers: Object.fromEntries(texts) });
    },
  });
  const all = await seen.count(count);
  await consumer.disconnect();
  return all;
}

test('writes what many ask for at once, in the order of each, with key, headers and partition', async () => {
  const topic = await broker.topic('publish', 2);
  const of = (who: string) =>
    Array.from({ length: 700 }, (_, i) => ({
      topic,
      partition: 1,
      key: who,
      value: String(i),
      headers: { from: who },
    }));

  await Promise.all(['a', 'b', 'c'].map((who) => publisher.publish(of(who))));

  const written = await read(topic, 2100);
  expect(new Set(written.map(({ partition }) => partition))).toEqual(new Set([1]));
  for (const who of ['a', 'b', 'c']) {
    const own = written.filter(({ key }) => key === who);
    expect(own.map(({ value }) => Number(String(value)))).toEqual(Array.from({ length: 700 }, (_, i) => i));
    expect(own.every(({ headers }) => headers.from === who)).toBe(true);
  }
});

test('writes messages as large as the topic takes, and tombstones', async () => {
  const topic = await broker.topic('large');
  const large = Buffer.alloc(topicMessageBytes - 4096, 'x');

  await publisher.publish([
    { topic, key: 'k', value: large },
    { topic, key: 'k', value: large },
    { topic, key: 'k', value: null },
  ]);

  expect((await read(topic, 3)).map(({ value }) => value?.length ?? null)).toEqual([
    large.length,
    large.length,
    null,
  ]);
});

test('fails for the one who asks for the impossible, and for nobody else', async () => {
  const topic = await broker.topic('rejecting');
  const tooLarge = { topic, key: 'k', value: Buffer.alloc(topicMessageBytes + 1) };

  const [first, second, third] = await Promise.allSettled([
    publisher.publish([{ topic, key: 'k', value: '1' }]),
    publisher.publish([tooLarge]),
    publisher.publish([{ topic, key: 'k', value: '2' }]),
  ]);
  await publisher.publish([{ topic, key: 'k', value: '3' }]);

  expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const values = (await read(topic, 3)).map(({ value }) => String(value));
  expect(values).toEqual(['1', '2', '3']);
});

test('does not call a message written that has no partition to go to', async () => {
  const topic = await broker.topic('narrow', 2);

  await expect(publisher.publish([{ topic, partition: 7, key: 'k', value: 'lost' }])).rejects.toThrow(
    'has no partition 7',
  );
});

test('replies where it can, and reports what has nowhere to go', async () => {
  const topic = await broker.topic('answers.reply', 2);
  const nowhere = 'spec.nowhere.reply';

  await publisher.reply([
    { topic: nowhere, key: 'c0', value: 'x' },
    { topic, partition: 1, key: 'c1', value: 'here' },
    { topic, partition: 2, key: 'c2', value: 'x' },
  ]);

  expect(undeliverable).toEqual([nowhere, topic]);
  expect((await read(topic, 1)).map(({ key, partition }) => [key, partition])).toEqual([['c1', 1]]);
});

test('a reply that its topic is too small for does not hold up the others', async () => {
  const small = await broker.topic('small.reply', 1, { 'max.message.bytes': '1024' });
  const topic = await broker.topic('roomy.reply');

  await publisher.reply([
    { topic: small, key: 'c1', value: 'x'.repeat(5000) },
    { topic, key: 'c2', value: 'fits' },
  ]);

  expect(undeliverable).toEqual([small]);
  expect(new Set((await read(topic, 1)).map(({ key }) => key))).toEqual(new Set(['c2']));
});
