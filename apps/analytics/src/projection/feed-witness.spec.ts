import { ServiceMetrics } from '@waybill/service';
import type { PinoLogger } from 'nestjs-pino';
import { FeedWitness } from './feed-witness';
import { partFact } from './sample-subject.spec-data';

function open() {
  const metrics = new ServiceMetrics('analytics');
  const state = { live: 1 };
  const logged: object[] = [];
  const note = (context: object) => void logged.push(context);
  const log = { error: note, warn: note } as unknown as PinoLogger;
  const witness = new FeedWitness(metrics, log, () => state.live);
  const valueOf = async (name: string) => {
    const found = await metrics.registry.getSingleMetric(name)?.get();
    return found?.values.reduce((sum, { value }) => sum + value, 0);
  };
  return { state, witness, logged, valueOf };
}

const place = { topic: 'orders.events', partition: 3, offset: 17 };
const fact = { ...partFact('a/1', 6, 17, { place: 'quay', day: '2026-01-10', minor: 1 }), partition: 3 };

it('tells log and metrics of the generation that answers', async () => {
  const { witness, logged, valueOf } = open();
  const { witness: told, reports } = witness.of(1);
  told.onAlarm({ kind: 'gap', ...place, aggregateId: 'a/1', expected: 4, got: 6 });
  told.onPassed({ fact, expected: 4 });
  reports.lag?.({ ...place, messages: 5, ageMs: 0 });
  expect(logged).toEqual([
    { number: 1, kind: 'gap', ...place, expected: 4, got: 6 },
    { number: 1, ...place, missing: 2 },
  ]);
  expect(await valueOf('waybill_facts_alarms_total')).toBe(1);
  expect(await valueOf('waybill_facts_missing_total')).toBe(2);
  expect(await valueOf('waybill_consumer_lag_messages')).toBe(5);
});

it('tells the log alone of one that is being built, until it answers', async () => {
  const { state, witness, logged, valueOf } = open();
  const { witness: told, reports } = witness.of(2);
  const tell = () => {
    told.onAlarm({ kind: 'unreadable', ...place, reasons: [] });
    told.onPassed({ fact, expected: 4 });
    reports.backingOff?.({ ...place, error: new Error('away') });
  };
  tell();
  expect(logged).toHaveLength(2);
  expect(await valueOf('waybill_facts_alarms_total')).toBe(0);
  expect(await valueOf('waybill_facts_missing_total')).toBe(0);
  expect(await valueOf('waybill_partitions_backing_off')).toBe(0);
  state.live = 2;
  tell();
  expect(await valueOf('waybill_facts_alarms_total')).toBe(1);
  expect(await valueOf('waybill_partitions_backing_off')).toBe(1);
  // what it has told is taken back by it, also when it does not answer any more
  state.live = 3;
  reports.backingOff?.({ ...place, error: null });
  expect(await valueOf('waybill_partitions_backing_off')).toBe(0);
});

it('says where a generation is counted again', () => {
  const { witness, logged } = open();
  witness.of(1).onRewound('orders.events', [{ partition: 3, from: 7, committed: 9 }]);
  expect(logged).toEqual([{ number: 1, topic: 'orders.events', partition: 3, from: 7, committed: 9 }]);
});
