import { Controller, Module, UseFilters } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { BatchErrorFilter } from './batch-error.filter';
import type { PartitionProgress } from './batch-loop';
import type { InputRecord } from './record';
import { RetryServerKafka } from './retry-server-kafka';
import { Seen, TestBroker } from './test-broker';

const broker = new TestBroker();

beforeAll(() => broker.open());
afterAll(() => broker.close());

test('hands a record over when it is due, and waiting counts as progress', async () => {
  const short = await broker.topic('retry.short', 1, { 'message.timestamp.type': 'LogAppendTime' });
  const long = await broker.topic('retry.long', 1, { 'message.timestamp.type': 'LogAppendTime' });
  const groupId = broker.name('group');
  const handed = new Seen<{ record: InputRecord; atMs: number }>();
  const progress = new Seen<PartitionProgress>();

  @Controller()
  @UseFilters(BatchErrorFilter)
  class Retries {
    @EventPattern(['retries'])
    async handle(@Payload() records: InputRecord[]): Promise<void> {
      for (const record of records) handed.add({ record, atMs: Date.now() });
    }
  }

  @Module({ controllers: [Retries] })
  class App {}

  await broker.write(long, ['later']);
  await broker.write(short, ['first']);
  const strategy = new RetryServerKafka({
    kafka: broker.settings,
    groupId,
    maxWaitMs: 100,
    pattern: 'retries',
    delays: [
      { topic: short, delayMs: 700 },
      { topic: long, delayMs: 3_600_000 },
    ],
    onProgress: (one) => progress.add(one),
  });
  const app = await NestFactory.createMicroservice(App, { strategy, logger: false });
  await app.listen();
  await progress.until((all) => all.some(({ topic }) => topic === long));
  await handed.count(1);
  await broker.write(short, ['second']);
  await handed.count(2);
  await app.close();

  expect(handed.all.map(({ record }) => String(record.value))).toEqual(['first', 'second']);
  for (const { record, atMs } of handed.all) expect(atMs - record.timestampMs).toBeGreaterThanOrEqual(700);
  const waiting = progress.all.find(({ topic }) => topic === long);
  expect(waiting?.nextOffset).toBe(0);
  expect(waiting?.waitsUntilMs).toBeGreaterThan(Date.now());
  expect(await broker.committed(groupId, short)).toEqual([2]);
  expect(await broker.committed(groupId, long)).toEqual([-1]);
});
