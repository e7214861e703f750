import fc from 'fast-check';
import type { Fact } from '@waybill/messaging';
import { applyBatch } from './apply-batch';
import { cellKey, type Contribution, type Measures } from '../figures/cell';
import { addTo, withoutZeros } from '../figures/tally';
import { MemoryRollupStore, MemorySubjectStore } from './memory-stores';
import { type Crate, crateSubject, partFact } from './sample-subject.spec-data';

const stream = 'here/crates.events@1/0';

class Crash extends Error {}

/** Stores of one projection; `crash` makes the next write of subjects fail before it happens. */
function openStores() {
  const subjects = new MemorySubjectStore<Crate>();
  const rollups = new MemoryRollupStore();
  const crashing = { ...projectionOf(subjects, rollups) };
  crashing.subjects = {
    load: (ids) => subjects.load(ids),
    write: () => Promise.reject(new Crash()),
  };
  return { subjects, rollups, projection: projectionOf(subjects, rollups), crashing };
}

const projectionOf = (subjects: MemorySubjectStore<Crate>, rollups: MemoryRollupStore) => ({
  subject: crateSubject,
  subjects: subjects as Parameters<typeof applyBatch<Crate>>[0]['subjects'],
  rollups,
});

const summed = (contributions: readonly Contribution[]): Record<string, Measures> => {
  const byCell: Record<string, Record<string, bigint>> = {};
  for (const { cell, measures } of contributions) addTo((byCell[cellKey(cell)] ??= {}), measures);
  return byCell;
};

/** The figures as counted from nothing but the last fact of each part. */
function recount(log: readonly Fact[]): Record<string, Measures> {
  const last = new Map(
    log.toSorted((a, b) => a.sequence - b.sequence).map((fact) => [fact.aggregateId, fact]),
  );
  const crates = Map.groupBy(last.values(), (fact) => crateSubject.subjectId(fact));
  const counted = summed(
    [...crates.values()].flatMap((facts) =>
      crateSubject.contributions(
        Object.fromEntries(facts.map(({ aggregateId, data }) => [aggregateId, data as Crate[string]])),
      ),
    ),
  );
  // a store leaves out what sums up to nothing
  return Object.fromEntries(Object.entries(counted).map(([key, sums]) => [key, withoutZeros(sums)]));
}

const move = fc.record({
  part: fc.constantFrom('a/1', 'a/2', 'b/1', 'c/1'),
  place: fc.constantFrom('quay', 'hold'),
  day: fc.constantFrom('2026-01-10', '2026-01-11'),
  minor: fc.integer({ min: 0, max: 5000 }),
  // the facts of the last so many moves are published again after this one
  repeats: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
});

/** A topic partition as the engine writes it: 1 2 3 per part, runs of it repeated. */
const logs = fc.array(move, { minLength: 1, maxLength: 25 }).map((moves) => {
  const sequences = new Map<string, number>();
  const log: Fact[] = [];
  for (const { part, repeats, ...data } of moves) {
    const sequence = (sequences.get(part) ?? 0) + 1;
    sequences.set(part, sequence);
    log.push(partFact(part, sequence, 0, data));
    if (repeats > 0) log.push(...log.slice(-repeats));
  }
  return log.map((fact, offset) => ({ ...fact, offset: offset * 2 }));
});

/** How a worker goes on: so many records, then it ends well, crashes between the writes, or is another one that stopped for a while. */
const steps = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 8 }),
    how: fc.constantFrom('well', 'well', 'crash', 'zombie'),
  }),
  { maxLength: 40 },
);

async function play(
  log: readonly Fact[],
  plan: readonly { size: number; how: string }[],
  stores = openStores(),
) {
  const { projection, crashing } = stores;
  let committed = 0;
  for (const { size, how } of plan) {
    const batch = log.slice(committed, committed + size);
    if (how === 'crash') await applyBatch(crashing, stream, batch).catch(expectCrash);
    // an old owner does again what is committed, and what is not, beside the new one
    else if (how === 'zombie') {
      const old = log.slice(Math.max(0, committed - size), committed + size);
      await Promise.all([applyBatch(projection, stream, old), applyBatch(projection, stream, batch)]);
      committed += batch.length;
    } else {
      await applyBatch(projection, stream, batch);
      committed += batch.length;
    }
  }
  await applyBatch(projection, stream, log.slice(committed));
  return stores;
}

function expectCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}

it('counts each fact once, however batches are cut, repeated, crashed or raced', async () => {
  await fc.assert(
    fc.asyncProperty(logs, steps, async (log, plan) => {
      const { rollups } = await play(log, plan);
      expect(summed(rollups.all())).toEqual(recount(log));
    }),
    { numRuns: 300 },
  );
});

it('counts twice without the offsets of the rollups, which the same check sees', async () => {
  const log = [partFact('a/1', 1, 0, { place: 'quay', day: '2026-01-10', minor: 100 })];
  const stores = openStores();
  const { offsets, add } = stores.rollups;
  const forgetful = {
    offsets: async (...asked: Parameters<typeof offsets>) =>
      (await offsets.apply(stores.rollups, asked)).map((found) => (found === null ? null : -1)),
    add: async (changes: Parameters<typeof add>[0]) => {
      const now = await offsets.call(
        stores.rollups,
        stream,
        changes.map(({ cell }) => cell),
      );
      return add.call(
        stores.rollups,
        changes.map((change, i) => ({ ...change, expectedOffset: now[i] ?? null })),
      );
    },
  };
  const rollups = Object.assign(Object.create(stores.rollups) as MemoryRollupStore, forgetful);
  await play(log, [{ size: 1, how: 'crash' }], {
    ...stores,
    projection: { ...stores.projection, rollups },
    crashing: { ...stores.crashing, rollups },
  });
  expect(summed(stores.rollups.all())).not.toEqual(recount(log));
});

it('takes nothing from a gap on, and goes on where it was once the facts are there', async () => {
  const at = (sequence: number, offset: number, minor: number) =>
    partFact('a/1', sequence, offset, { place: 'quay', day: '2026-01-10', minor });
  const { projection, rollups } = openStores();
  // the first one is taken whatever its number
  const gap = await applyBatch(projection, stream, [at(3, 0, 1), at(5, 1, 2), at(6, 2, 3)]);
  expect(gap).toEqual({ fact: at(5, 1, 2), expected: 4 });
  expect(summed(rollups.all())).toEqual(recount([at(3, 0, 1)]));
  expect(await applyBatch(projection, stream, [at(4, 3, 7), at(5, 4, 8)])).toBeUndefined();
  expect(summed(rollups.all())).toEqual(recount([at(5, 4, 8)]));
});
