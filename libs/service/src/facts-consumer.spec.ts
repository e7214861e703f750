import type { BatchContext, InputRecord } from '@waybill/messaging';
import type { PinoLogger } from 'nestjs-pino';
import { FactsConsumer } from './facts-consumer';
import { ServiceMetrics } from './service-metrics';

function given() {
  const logged: unknown[] = [];
  const metrics = new ServiceMetrics('claims');
  const log = { error: (...line: unknown[]) => logged.push(line), warn() {}, info() {}, debug() {} };
  const consumer = new FactsConsumer({
    kafka: { brokers: ['localhost:9092'], sessionTimeoutMs: 30_000 },
    clientId: 'claims.copies',
    transportId: Symbol('claims.copies'),
    metrics,
    lifecycle: { fail() {} },
    log: log as unknown as PinoLogger,
  });
  return { consumer, logged, metrics };
}

const context = (topic: string) => ({ topic, partition: 3 }) as BatchContext;
const records: InputRecord[] = [];

it('hands the records of a topic to its handler', async () => {
  const { consumer } = given();
  await expect(consumer.take(records, context('orders.events'))).rejects.toThrow('nobody takes them');
  const taken: string[] = [];
  const handler = (name: string) => async () => void taken.push(name);
  consumer.open({
    groupId: 'claims.copies',
    handlers: { 'orders.events': handler('orders'), 'shipments.events': handler('parcels') },
  });
  await consumer.take(records, context('shipments.events'));
  await consumer.take(records, context('orders.events'));
  expect(taken).toEqual(['parcels', 'orders']);
  await expect(consumer.take(records, context('claims.events'))).rejects.toThrow('nobody takes them');
  await consumer.close();
});

it('an alarm says where and what, and nothing of what a fact holds', async () => {
  const { consumer, logged, metrics } = given();
  const place = { topic: 'orders.events', partition: 3, offset: 7 };
  consumer.alarm({ kind: 'gap', ...place, aggregateId: 'an-order', expected: 4, got: 6 });
  const reasons = [{ loc: ['data', 'order'], field: 'order', msg: 'Alex Example', type: 'text' }];
  consumer.alarm({ kind: 'unreadable', ...place, reasons });
  const message = 'facts are missing or unreadable';
  expect(logged).toEqual([
    [{ kind: 'gap', ...place, aggregateId: 'an-order', expected: 4, got: 6 }, message],
    [{ kind: 'unreadable', ...place }, message],
  ]);
  const text = await metrics.registry.metrics();
  for (const kind of ['gap', 'unreadable'])
    expect(text).toMatch(new RegExp(`waybill_facts_alarms_total\\{.*kind="${kind}".*\\} 1`));
});
