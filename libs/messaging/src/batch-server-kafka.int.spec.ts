import { Controller, type INestMicroservice, Module, UseFilters } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { BatchContext, BatchHandler } from './batch-context';
import { BatchErrorFilter } from './batch-error.filter';
import { BatchServerKafka, type BatchServerKafkaOptions } from './batch-server-kafka';
import type { InputRecord } from './record';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();
const running: INestMicroservice[] = [];

beforeAll(() => broker.open());
afterEach(() => Promise.all(running.splice(0).map((app) => app.close())));
afterAll(() => broker.close());

/** A Nest application with one controller method for `topic`. */
async function serve(
  topic: string,
  groupId: string,
  handle: BatchHandler,
  more: Partial<BatchServerKafkaOptions> = {},
) {
  const transportId = Symbol(groupId);

  @Controller()
  @UseFilters(BatchErrorFilter)
  class Batches {
    @EventPattern([topic], transportId)
    handle(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
      return handle(records, context);
    }

    @EventPattern([topic], Symbol('another transport'))
    never(): void {
      throw new Error('belongs to another consumer group');
    }
  }

  @Module({ controllers: [Batches] })
  class App {}

  const strategy = new BatchServerKafka({
    kafka: broker.settings,
    groupId,
    transportId,
    maxWaitMs: 100,
    heartbeatIntervalMs: 500,
    backoff: { initialMs: 10, maxMs: 50 },
    ...more,
  });
  const app = await NestFactory.createMicroservice(App, { strategy, logger: false });
  await app.listen();
  running.push(app);
  return app;
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const valueOf = (record: InputRecord): string => String(record.value);

test('hands over every record once and in order, at most so many at a time, and commits what is done', async () => {
  const topic = await broker.topic('batches', 3);
  const groupId = broker.name('group');
  for (const partition of [0, 1, 2]) await broker.write(topic, numbers(1, 700), partition);
  const batches = new Seen<readonly InputRecord[]>();

  const app = await serve(topic, groupId, async (records) => batches.add(records), { maxRecords: 250 });
  await batches.until((all) => all.flat().length >= 2100);
  await app.close();

  for (const partition of [0, 1, 2]) {
    const own = batches.all.filter(([first]) => first?.partition === partition).flat();
    expect(own.map(valueOf)).toEqual(numbers(1, 700));
  }
  expect(Math.max(...batches.all.map((records) => records.length))).toBeLessThanOrEqual(250);
  expect(await broker.committed(groupId, topic)).toEqual([700, 700, 700]);
});

test('calls a handler that rejects again with the same records, says why, and goes on by itself', async () => {
  const topic = await broker.topic('failing');
  const groupId = broker.name('group');
  await broker.write(topic, ['a', 'b']);
  const calls = new Seen<string[]>();
  const reports = new Seen<string | undefined>();
  const dead: Error[] = [];

  const app = await serve(
    topic,
    groupId,
    async (records) => {
      calls.add(records.map(valueOf));
      if (calls.all.length <= 8) throw new TypeError(`attempt ${calls.all.length}`);
    },
    {
      reports: { backingOff: ({ partition, error }) => partition === 0 && reports.add(error?.message) },
      onDead: (error) => dead.push(error),
    },
  );
  await calls.count(9);
  await broker.write(topic, ['c']);
  await calls.count(10);
  await app.close();

  expect(calls.all).toEqual([...Array.from({ length: 9 }, () => ['a', 'b']), ['c']]);
  expect(reports.all.slice(0, 9)).toEqual([...numbers(1, 8).map((n) => `attempt ${n}`), undefined]);
  expect(dead).toEqual([]);
  expect(await broker.committed(groupId, topic)).toEqual([3]);
});

test('finishes and commits the running batch when it is closed, and leaves the rest', async () => {
  const topic = await broker.topic('draining');
  const groupId = broker.name('group');
  await broker.write(topic, numbers(1, 4));
  const begun = new Seen<readonly InputRecord[]>();
  const go = Promise.withResolvers<void>();

  const app = await serve(
    topic,
    groupId,
    async (records) => {
      begun.add(records);
      await go.promise;
    },
    { maxRecords: 2 },
  );
  await begun.count(1);
  const closed = app.close();
  go.resolve();
  await closed;

  expect(begun.all.map((records) => records.map(valueOf))).toEqual([['1', '2']]);
  expect(await broker.committed(groupId, topic)).toEqual([2]);
});

test('does not wait for ever for a batch that hangs', async () => {
  const topic = await broker.topic('hanging');
  await broker.write(topic, ['a']);
  const begun = new Seen<BatchContext>();
  const end = Promise.withResolvers<void>();

  const app = await serve(
    topic,
    broker.name('group'),
    async (_, context) => {
      begun.add(context);
      await end.promise;
    },
    { drainMs: 200 },
  );
  const [context] = await begun.count(1);
  await app.close();

  expect(context?.isStale()).toBe(true);
  end.resolve();
});

test('gives a partition up that it cannot get on with when the group gets a new member', async () => {
  const topic = await broker.topic('moving', 2);
  const groupId = broker.name('group');
  await broker.write(topic, ['a'], 0);
  await broker.write(topic, ['b'], 1);
  const failing = new Seen<BatchContext>();
  const done = new Seen<string>();

  await serve(topic, groupId, async (_, context) => {
    failing.add(context);
    throw new Error('the database is away');
  });
  await failing.until((all) => new Set(all.map(({ partition }) => partition)).size === 2);
  await serve(topic, groupId, async (records) => done.add(records.map(valueOf).join()));
  await done.count(1);
  const first = failing.all[0];
  await failing.until((all) => all.some(({ session }) => session !== first?.session));

  expect(done.all).toHaveLength(1);
  expect(first?.isStale()).toBe(true);
});

test('tells a handler that its partition is lost while it works', async () => {
  const topic = await broker.topic('losing');
  const groupId = broker.name('group');
  await broker.write(topic, ['a']);
  const begun = new Seen<BatchContext>();
  const noticed = new Seen<unknown>();

  await serve(topic, groupId, async (_, context) => {
    begun.add(context);
    if (begun.all.length > 1) return;
    for (;;) {
      try {
        await context.heartbeat();
        await new Promise(setImmediate);
      } catch (error) {
        noticed.add(error);
        throw error;
      }
    }
  });
  await begun.count(1);
  await serve(topic, groupId, async (_, context) => begun.add(context));
  await begun.count(2);

  expect(noticed.all).toEqual([expect.objectContaining({ type: 'REBALANCE_IN_PROGRESS' })]);
  expect(begun.all[1]?.session).not.toBe(begun.all[0]?.session);
});
