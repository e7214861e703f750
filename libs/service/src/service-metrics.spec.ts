import { ServiceMetrics } from './service-metrics';

let nowMs = 0;
let metrics: ServiceMetrics;
beforeEach(() => {
  nowMs = 1_000_000;
  metrics = new ServiceMetrics('orders', () => nowMs);
});

async function sample(
  name: string,
  labels: Record<string, string | number> = {},
): Promise<number | undefined> {
  const metric = (await metrics.registry.getMetricsAsJSON()).find((candidate) =>
    name.startsWith(candidate.name),
  );
  return metric?.values.find(
    (value) =>
      ('metricName' in value ? value.metricName : name) === name &&
      Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted),
  )?.value;
}

it('counts outcomes by type and by error key or reason', async () => {
  const type = 'orders.upsert-order.v1';
  metrics.reports.outcome({ type, outcome: 'accepted' });
  metrics.reports.outcome({ type, outcome: 'refused', key: 'order_cancelled' });
  metrics.reports.outcome({ type, outcome: 'ignored', key: 'duplicate' });
  metrics.reports.outcome({ type, outcome: 'ignored', key: 'duplicate' });
  const name = 'waybill_command_outcomes_total';
  expect(await sample(name, { type, outcome: 'accepted', key: '' })).toBe(1);
  expect(await sample(name, { type, outcome: 'refused', key: 'order_cancelled' })).toBe(1);
  expect(await sample(name, { type, outcome: 'ignored', key: 'duplicate' })).toBe(2);
});

it('shows batch sizes, dead letters and replies that went nowhere', async () => {
  metrics.reports.batch({ topic: 'orders.commands', partition: 3, records: 40, ms: 120 });
  metrics.reports.deadLetter({ kind: 'malformed', key: 'not_json' });
  metrics.reports.replyUndeliverable({ reason: 'no_such_topic' });
  expect(await sample('waybill_batch_records_sum', { topic: 'orders.commands' })).toBe(40);
  expect(await sample('waybill_batch_duration_seconds_sum', { topic: 'orders.commands' })).toBeCloseTo(0.12);
  expect(await sample('waybill_dead_letters_total', { kind: 'malformed', key: 'not_json' })).toBe(1);
  expect(await sample('waybill_replies_undeliverable_total', { reason: 'no_such_topic' })).toBe(1);
});

it('shows what was published, and what is kept', async () => {
  for (const messages of [3, 4]) metrics.reports.published({ topic: 'orders.events', messages });
  metrics.reports.kept({ commands: 12, oldestMs: 90_000 });
  expect(await sample('waybill_messages_published_total', { topic: 'orders.events' })).toBe(7);
  expect(await sample('waybill_kept_commands')).toBe(12);
  expect(await sample('waybill_kept_oldest_seconds')).toBe(90);
});

describe('lag', () => {
  const labels = { topic: 'orders.commands', partition: 3 };

  it('is shown in messages and in seconds', async () => {
    metrics.reports.lag({ ...labels, messages: 7, ageMs: 1500 });
    expect(await sample('waybill_consumer_lag_messages', labels)).toBe(7);
    expect(await sample('waybill_consumer_lag_seconds', labels)).toBe(1.5);
  });

  it('goes on ageing while nothing is reported', async () => {
    metrics.reports.lag({ ...labels, messages: 7, ageMs: 1500 });
    nowMs += 60_000;
    expect(await sample('waybill_consumer_lag_seconds', labels)).toBe(61.5);
  });

  it('has no age without messages', async () => {
    metrics.reports.lag({ ...labels, messages: 0, ageMs: 1500 });
    nowMs += 60_000;
    expect(await sample('waybill_consumer_lag_seconds', labels)).toBe(0);
  });

  it('of a partition that went elsewhere is forgotten', async () => {
    metrics.reports.lag({ ...labels, messages: 0, ageMs: 0 });
    nowMs += 6 * 60_000;
    expect(await sample('waybill_consumer_lag_messages', labels)).toBeUndefined();
  });
});

it('shows which partitions do not get on', async () => {
  const first = { topic: 'orders.commands', partition: 0 };
  const second = { topic: 'orders.commands', partition: 1 };
  expect(await sample('waybill_partitions_backing_off')).toBe(0);
  metrics.reports.backingOff({ ...first, error: new Error('mongodb is away') });
  metrics.reports.backingOff({ ...second, error: new Error('kafka is away') });
  expect(await sample('waybill_partitions_backing_off')).toBe(2);
  metrics.reports.backingOff({ ...first, error: null });
  expect(metrics.stalledBy?.message).toBe('kafka is away');
  metrics.reports.backingOff({ ...second, error: null });
  expect(await sample('waybill_partitions_backing_off')).toBe(0);
  expect(metrics.stalledBy).toBeNull();
});

it('shows which partitions are held', async () => {
  const places = [3, 11].map((partition) => ({ topic: 'shipments.events', partition }));
  expect(await sample('waybill_partitions_held')).toBe(0);
  for (const place of places.toReversed()) metrics.reports.held({ ...place, offset: 17 });
  expect(await sample('waybill_partitions_held')).toBe(2);
  expect(metrics.held).toEqual(['shipments.events/11 at 17', 'shipments.events/3 at 17']);
  for (const place of places) metrics.reports.held({ ...place, offset: null });
  expect(await sample('waybill_partitions_held')).toBe(0);
  expect(metrics.held).toEqual([]);
});

it('keeps two services of one process apart', async () => {
  const other = new ServiceMetrics('claims');
  metrics.reports.deadLetter({ kind: 'refused', key: 'order_cancelled' });
  expect(await other.registry.metrics()).not.toContain('order_cancelled');
  expect(await metrics.registry.metrics()).toContain('service="orders"');
});
