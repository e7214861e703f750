import { encodeEnvelope, type BatchContext, type FactsAlarm, type InputRecord } from '@waybill/messaging';
import type { Gap } from './apply-batch';
import { MemoryPositionStore, MemoryRollupStore, MemorySubjectStore } from './memory-stores';
import { projectionHandler } from './projection-handler';
import { type Crate, crateSubject } from './sample-subject.spec-data';

const stream = 's4';

function record(offset: number, aggregateId: string, sequence: number, minor: number): InputRecord {
  const value = encodeEnvelope({
    id: `${aggregateId}/${sequence}`,
    type: 'crates.part-moved.v1',
    source: 'crates',
    subject: aggregateId,
    time: '2026-01-10T08:00:00Z',
    sequence,
    data: { place: 'quay', day: '2026-01-10', minor },
  });
  const headers = { 'content-type': 'application/cloudevents+json' };
  return {
    topic: 'orders.events',
    partition: 4,
    offset,
    timestampMs: 0,
    key: null,
    value: Buffer.from(value),
    headers,
  };
}
const noFact = (offset: number): InputRecord => ({ ...record(offset, 'a/1', 1, 0), value: Buffer.from('{') });

function open() {
  const subjects = new MemorySubjectStore<Crate>();
  const rollups = new MemoryRollupStore();
  const positions = new MemoryPositionStore();
  const accepted = new Set<string>();
  const told = { alarms: [] as FactsAlarm[], held: [] as Gap[], passed: [] as Gap[], holds: [] as number[] };
  const handler = projectionHandler<Crate>({
    projection: { subject: crateSubject, subjects, rollups },
    positions,
    gaps: { isAccepted: (at, { fact }) => Promise.resolve(accepted.has(`${at} ${fact.offset}`)) },
    streamOf: (partition) => `s${partition}`,
    faultsOf: () => [],
    onAlarm: (alarm) => told.alarms.push(alarm),
    onHeld: (_, gap) => told.held.push(gap),
    onPassed: (gap) => told.passed.push(gap),
  });
  const context = {
    partition: 4,
    holdFrom: (offset: number) => told.holds.push(offset),
  } as unknown as BatchContext;
  const handle = (...records: InputRecord[]) => handler(records, context);
  const worth = () => rollups.all().map(({ measures }) => measures['value/quay.$']);
  const position = async () => (await positions.load()).get(stream);
  return { handle, accepted, told, worth, position };
}

it('is counted up to behind the last record, also when that is no fact', async () => {
  const { handle, told, worth, position } = open();
  await handle(record(7, 'a/1', 1, 30), noFact(9));
  expect(worth()).toEqual([30n]);
  expect(await position()).toBe(10);
  expect(told.alarms).toMatchObject([{ kind: 'unreadable', offset: 9 }]);
});

it('is counted up to a gap and no further, and tells of nothing behind it', async () => {
  const { handle, told, worth, position } = open();
  await handle(record(7, 'a/1', 1, 30), record(8, 'a/1', 3, 70), noFact(9));
  expect(worth()).toEqual([30n]);
  expect(await position()).toBe(8);
  expect(told).toMatchObject({
    alarms: [{ kind: 'gap', offset: 8, expected: 2, got: 3 }],
    held: [{ expected: 2 }],
    holds: [8],
    passed: [],
  });
});

it('passes a gap that was accepted, once, and stops at the next one', async () => {
  const { handle, accepted, told, worth, position } = open();
  accepted.add(`${stream} 8`);
  await handle(
    record(7, 'a/1', 1, 30),
    record(8, 'a/1', 3, 70),
    record(9, 'a/1', 4, 80),
    record(10, 'a/1', 9, 90),
  );
  expect(worth()).toEqual([80n]);
  expect(await position()).toBe(10);
  expect(told.passed).toMatchObject([{ expected: 2, fact: { sequence: 3, offset: 8 } }]);
  expect(told.alarms).toMatchObject([{ kind: 'gap', offset: 10, expected: 5, got: 9 }]);
  // the same records again, as after a crash before the commit
  await handle(record(7, 'a/1', 1, 30), record(8, 'a/1', 3, 70), record(9, 'a/1', 4, 80));
  expect(worth()).toEqual([80n]);
  expect(told.passed).toHaveLength(1);
});
