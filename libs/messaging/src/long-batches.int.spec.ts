import { setTimeout as pause } from 'node:timers/promises';
import type { BatchContext, BatchHandler } from './batch-context';
import { BatchLoop, type BatchLoopOptions } from './batch-loop';
import { consumerConfig } from './consumer-group';
import { ProgressWatchdog, type Stall } from './progress-watchdog';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();
const sessionTimeoutMs = 2000;

beforeAll(() => broker.open());
afterAll(() => broker.close());

async function loopOver(
  topic: string,
  groupId: string,
  handler: BatchHandler,
  more: Partial<BatchLoopOptions> = {},
) {
  const consumer = broker.kafka.consumer(consumerConfig({ groupId, sessionTimeoutMs, maxWaitMs: 100 }));
  await consumer.connect();
  const loop = new BatchLoop(consumer, () => handler, { groupId, sessionTimeoutMs, ...more });
  await loop.run([topic]);
  return loop;
}

const membersOf = async (groupId: string): Promise<string[]> => {
  const { groups } = await broker.admin.describeGroups([groupId]);
  return groups.flatMap(({ members }) => members.map(({ memberId }) => memberId));
};

test('a batch that takes longer than a session keeps its place in the group', async () => {
  const topic = await broker.topic('long');
  const groupId = broker.name('group');
  const batches = new Seen<BatchContext>();
  await broker.write(topic, ['long']);
  const loop = await loopOver(topic, groupId, async (records, context) => {
    if (String(records[0]?.value) === 'long') await pause(2.5 * sessionTimeoutMs);
    batches.add(context);
  });
  const before = await membersOf(groupId);
  const [first] = await batches.count(1);
  const after = await membersOf(groupId);
  await broker.write(topic, ['short']);
  const [, second] = await batches.count(2);
  await loop.stop();

  expect(after).toEqual(before);
  expect(second?.session).toBe(first?.session);
  expect(await broker.committed(groupId, topic)).toEqual([2]);
}, 20_000);

test('the watchdog sees a handler that never comes back, and nothing while there is nothing to do', async () => {
  const topic = await broker.topic('stalled');
  const groupId = broker.name('group');
  const stalls = new Seen<Stall>();
  const looks = new Seen<number>();
  const hanging = Promise.withResolvers<void>();
  const watchdog = new ProgressWatchdog(broker.admin, {
    groupId,
    topics: [topic],
    stallMs: 500,
    onStall: (stall) => stalls.add(stall),
  });
  const handler: BatchHandler = async (records) => {
    if (String(records[0]?.value) === 'hang') await hanging.promise;
  };
  const loop = await loopOver(topic, groupId, handler, {
    drainMs: 100,
    onAssigned: (assignment) => watchdog.assigned(assignment),
    onProgress: (progress) => {
      watchdog.progressed(progress);
      looks.add(progress.nextOffset);
    },
  });
  await broker.write(topic, ['fine']);
  await looks.count(1);
  await pause(700);
  await watchdog.look();
  expect(stalls.all).toEqual([]);

  await broker.write(topic, ['hang', 'waits']);
  while (stalls.all.length === 0) {
    await watchdog.look();
    await pause(100);
  }
  hanging.resolve();
  await loop.stop();
  expect(stalls.all[0]).toMatchObject({ topic, partition: 0, offset: 1, lag: 2 });
}, 20_000);
