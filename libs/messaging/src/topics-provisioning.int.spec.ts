import type { TopicSpec } from '@waybill/contracts';
import { ConfigResourceTypes } from 'kafkajs';
import { TestBroker } from './test-broker';
import { applyTopics, planTopics } from './topics-provisioning';

const broker = new TestBroker();

beforeAll(() => broker.open());
afterAll(() => broker.close());

const spec = (name: string, more: Partial<TopicSpec> = {}): TopicSpec => ({
  name,
  partitions: 3,
  retentionMs: 86_400_000,
  cleanupPolicy: 'delete',
  maxMessageBytes: 2_097_152,
  timestampType: 'LogAppendTime',
  key: 'order id',
  owner: 'orders',
  writers: ['orders'],
  readers: ['anyone'],
  personalData: 'none',
  epoch: 1,
  description: 'a topic of this test',
  ...more,
});

async function configOf(topic: string): Promise<Record<string, string>> {
  const { resources } = await broker.admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  return Object.fromEntries(
    (resources[0]?.configEntries ?? []).map((entry) => [entry.configName, entry.configValue]),
  );
}

test('creates what is missing as the manifest says, and then has nothing to do', async () => {
  const manifest = [spec(broker.name('commands')), spec(broker.name('events'), { retentionMs: -1 })];
  broker.adopt(...manifest.map(({ name }) => name));

  const plan = await planTopics(broker.admin, manifest);
  await applyTopics(broker.admin, plan);

  expect(plan).toEqual({ create: manifest, alter: [], refused: [], unchanged: [] });
  expect(await planTopics(broker.admin, manifest)).toEqual({
    create: [],
    alter: [],
    refused: [],
    unchanged: manifest.map(({ name }) => name),
  });
  expect(await configOf(manifest[1]?.name ?? '')).toMatchObject({
    'retention.ms': '-1',
    'max.message.bytes': '2097152',
    'message.timestamp.type': 'LogAppendTime',
    'cleanup.policy': 'delete',
  });
});

test('changes settings that are safe to change, and keeps what somebody set by hand', async () => {
  const topic = await broker.topic('differing', 3, { 'retention.ms': '1000', 'segment.bytes': '1048576' });
  const manifest = [spec(topic)];

  const plan = await planTopics(broker.admin, manifest);
  await applyTopics(broker.admin, plan);

  expect(plan.alter).toEqual([
    {
      topic,
      changes: [
        { name: 'retention.ms', from: '1000', to: '86400000' },
        { name: 'message.timestamp.type', from: 'CreateTime', to: 'LogAppendTime' },
      ],
    },
  ]);
  expect(await configOf(topic)).toMatchObject({ 'retention.ms': '86400000', 'segment.bytes': '1048576' });
  expect((await planTopics(broker.admin, manifest)).unchanged).toEqual([topic]);
});

test('refuses, with the reason, another number of partitions and a retention that deletes records', async () => {
  const topic = await broker.topic('dangerous', 2, {
    'retention.ms': '-1',
    'message.timestamp.type': 'LogAppendTime',
  });
  const manifest = [spec(topic)];

  const plan = await planTopics(broker.admin, manifest);
  await applyTopics(broker.admin, plan);

  expect(plan.refused.map((one) => one.topic)).toEqual([topic, topic]);
  expect(plan.refused[0]?.reason).toContain('has 2 partitions, not 3');
  expect(plan.refused[1]?.reason).toContain('retention.ms is -1, not 86400000');
  expect(plan).toMatchObject({ create: [], alter: [], unchanged: [] });
  expect(await configOf(topic)).toMatchObject({ 'retention.ms': '-1' });
});
