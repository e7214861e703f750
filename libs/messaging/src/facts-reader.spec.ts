import { OrderPlacedDto } from '@waybill/contracts';
import type { BatchContext } from './batch-context';
import { encodeEnvelope } from './envelope';
import { isFact, readFact } from './fact';
import { MemorySequences, siftFacts } from './fact-sequences';
import { type FactsAlarm, factsHandler } from './facts-reader';
import type { InputRecord } from './record';
import { sampleRecord } from './sample-record';

/** `a1 a2 b7` → records of aggregate a and b with these sequences. */
const facts = (text: string): InputRecord[] =>
  text.split(' ').map((fact, offset) => {
    const [aggregate = '', sequence] = [fact[0], Number(fact.slice(1))];
    const envelope = {
      id: fact,
      type: 'orders.order-placed.v1',
      source: 'orders',
      subject: aggregate,
      sequence,
      data: {},
    };
    return sampleRecord(encodeEnvelope(envelope), { topic: 'orders.events', offset });
  });

const read = (text: string) =>
  facts(text).flatMap((record) => (readFact(record).ok ? [readFact(record)] : []));
const sift = (text: string, known: Record<string, number> = {}) => {
  const { fresh, gap } = siftFacts(
    read(text).flatMap((one) => (one.ok ? [one.fact] : [])),
    new Map(Object.entries(known)),
  );
  return `${fresh.map(({ id }) => id).join(' ')}${gap ? ` | ${gap.fact.id} instead of ${gap.expected}` : ''}`;
};

it.each<[string, string, Record<string, number>, string]>([
  ['all in order', 'a1 a2 a3', {}, 'a1 a2 a3'],
  ['a run published again', 'a1 a2 a3 a1 a2 a3 a4', {}, 'a1 a2 a3 a4'],
  ['a run published again over a restart', 'a1 a2 a3 a4', { a: 3 }, 'a4'],
  ['two aggregates mixed', 'a1 b1 a2 b1 b2', {}, 'a1 b1 a2 b2'],
  ['a first fact that is not the first', 'a7 a8', {}, 'a7 a8'],
  ['an old one before the first that was seen', 'a7 a3 a8', {}, 'a7 a8'],
  ['a gap', 'a1 a3 a4', {}, 'a1 | a3 instead of 2'],
  ['a gap after a restart, others before it', 'b1 a6 b2', { a: 4 }, 'b1 | a6 instead of 5'],
])('%s', (_what, text, known, expected) => {
  expect(sift(text, known)).toBe(expected);
});

function reader(store = new MemorySequences()) {
  const handled: string[] = [];
  const alarms: FactsAlarm[] = [];
  const holds: number[] = [];
  const contextOf = (session: string) =>
    ({ session, holdFrom: (offset: number) => holds.push(offset) }) as unknown as BatchContext;
  const handler = factsHandler({
    sequences: store,
    handle: async (fresh) => void handled.push(fresh.map(({ id }) => id).join(' ')),
    onAlarm: (alarm) => alarms.push(alarm),
  });
  const take = (records: InputRecord[], session = 's1') => handler(records, contextOf(session));
  return { handled, alarms, holds, take };
}

it('remembers from batch to batch what was handled', async () => {
  const { take, handled, alarms } = reader();
  await take(facts('a1 a2'));
  await take(facts('a1 a2'));
  await take(facts('a2 a3'));
  expect(handled).toEqual(['a1 a2', 'a3']);
  expect(alarms).toEqual([]);
});

it('sees no gap where somebody else has read on between two stays in the group', async () => {
  const { take, handled, alarms } = reader();
  await take(facts('a1 a2'), 's1');
  await take(facts('a6 a7'), 's2');
  await take(facts('a7 a9'), 's2');
  expect(handled).toEqual(['a1 a2', 'a6 a7']);
  expect(alarms).toMatchObject([{ kind: 'gap', expected: 8, got: 9 }]);
});

it('forgets a batch that failed', async () => {
  const store = new MemorySequences();
  const failing = factsHandler({
    sequences: store,
    handle: () => Promise.reject(new Error('later')),
    onAlarm: () => undefined,
  });
  await expect(failing(facts('a1 a2'), {} as BatchContext)).rejects.toThrow('later');
  const { take, handled } = reader(store);
  await take(facts('a1 a2'));
  expect(handled).toEqual(['a1 a2']);
});

it('handles what comes before a gap, then stops and gives the alarm', async () => {
  const { take, handled, alarms, holds } = reader();
  await take(facts('a1 b1 a4 b2'));
  expect(handled).toEqual(['a1 b1']);
  expect(holds).toEqual([2]);
  expect(alarms).toEqual([
    { kind: 'gap', topic: 'orders.events', partition: 3, offset: 2, aggregateId: 'a', expected: 2, got: 4 },
  ]);
});

it('passes over what is no fact, with an alarm', async () => {
  const { take, handled, alarms, holds } = reader();
  const noSequence = sampleRecord(undefined, { topic: 'orders.events', offset: 8 });
  await take([...facts('a1'), sampleRecord('oops'), noSequence]);
  expect(handled).toEqual(['a1']);
  expect(holds).toEqual([]);
  expect(
    alarms.map((alarm) => alarm.kind === 'unreadable' && alarm.reasons.map(({ field }) => field)),
  ).toEqual([['value'], ['sequence']]);
});

it('passes over a faulty fact before its number counts: the true one after it is taken', async () => {
  const handled: string[] = [];
  const alarms: FactsAlarm[] = [];
  const reasons = [{ loc: ['source'], field: 'source', msg: 'must be orders', type: 'foreign' }];
  const seen = new Set<string>();
  const handler = factsHandler({
    handle: async (all) => void handled.push(...all.map(({ id, offset }) => `${id}@${offset}`)),
    // the first record of each number is the forged one
    faultsOf: ({ id }) => (id === 'a1' || seen.has(id) ? [] : (seen.add(id), reasons)),
    onAlarm: (alarm) => alarms.push(alarm),
  });
  await handler(facts('a1 a2 a2 a3 a3'), { session: 's' } as BatchContext);
  expect(handled).toEqual(['a1@0', 'a2@2', 'a3@4']);
  expect(alarms).toMatchObject([
    { kind: 'unreadable', offset: 1, reasons },
    { kind: 'unreadable', offset: 3, reasons },
  ]);
});

it('hands repeats over to a reaction, whose target drops them', async () => {
  const handled: string[] = [];
  const handler = factsHandler({
    sequences: null,
    handle: async (all) => void handled.push(...all.map(({ id }) => id)),
    onAlarm: () => undefined,
  });
  await handler(facts('a1 a1 a5'), {} as BatchContext);
  expect(handled).toEqual(['a1', 'a1', 'a5']);
});

it('remembers a bounded number of aggregates in memory, those that moved last', async () => {
  const store = new MemorySequences(2);
  await store.remember(new Map([['a', 1]]));
  await store.remember(new Map([['b', 1]]));
  await store.remember(new Map([['a', 2]]));
  await store.remember(new Map([['c', 1]]));
  expect(await store.load(['a', 'b', 'c'])).toEqual(
    new Map([
      ['a', 2],
      ['c', 1],
    ]),
  );
});

it('knows facts by their contract', () => {
  const [one] = read('a1');
  expect(one?.ok && isFact(one.fact, OrderPlacedDto)).toBe(true);
  expect(one?.ok && isFact({ ...one.fact, type: 'orders.order-cancelled.v1' }, OrderPlacedDto)).toBe(false);
});
