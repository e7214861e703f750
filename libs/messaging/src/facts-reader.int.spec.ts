import { encodeEnvelope, structuredHeaders } from './envelope';
import type { Fact } from './fact';
import { type FactsAlarm, FactsReader } from './facts-reader';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();

beforeAll(() => broker.open());
afterAll(() => broker.close());

const publish = (topic: string, aggregate: string, ...sequences: number[]) =>
  broker.producer.send({
    topic,
    messages: sequences.map((sequence) => ({
      partition: 0,
      key: aggregate,
      headers: { ...structuredHeaders },
      value: encodeEnvelope({
        id: `${aggregate}/${sequence}`,
        type: 'orders.order-updated.v1',
        source: 'orders',
        subject: aggregate,
        sequence,
        data: { sequence },
      }),
    })),
  });

test('hands each fact over once, goes on where it left off, and stops its partition at a gap', async () => {
  const topic = await broker.topic('events');
  const groupId = broker.name('reader');
  const known = new Map<string, number>();
  const facts = new Seen<Fact>();
  const alarms = new Seen<FactsAlarm>();
  const reader = () =>
    new FactsReader({
      kafka: broker.settings,
      groupId,
      topics: [topic],
      maxWaitMs: 100,
      sequences: { load: async (ids) => new Map([...known].filter(([id]) => ids.includes(id))) },
      async handle(fresh) {
        for (const fact of fresh) {
          known.set(fact.aggregateId, fact.sequence);
          facts.add(fact);
        }
      },
      onAlarm: (alarm) => alarms.add(alarm),
    });

  await publish(topic, 'a', 1, 2, 3, 1, 2, 3, 4);
  await broker.write(topic, ['no envelope']);
  await publish(topic, 'b', 7, 8);
  const first = reader();
  await first.start();
  await facts.count(6);
  await first.stop();

  await publish(topic, 'b', 7, 8, 9);
  await publish(topic, 'a', 6, 7);
  const second = reader();
  await second.start();
  await alarms.until((all) => all.some(({ kind }) => kind === 'gap'));
  await second.stop();

  const taken = facts.all.map(({ aggregateId, sequence }) => `${aggregateId}${sequence}`);
  expect(taken).toEqual(['a1', 'a2', 'a3', 'a4', 'b7', 'b8', 'b9']);
  expect(alarms.all).toEqual([
    expect.objectContaining({ kind: 'unreadable', topic, partition: 0, offset: 7 }),
    { kind: 'gap', topic, partition: 0, offset: 13, aggregateId: 'a', expected: 5, got: 6 },
  ]);
  expect(await broker.committed(groupId, topic)).toEqual([13]);
});
