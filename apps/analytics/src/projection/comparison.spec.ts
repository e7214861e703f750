import fc from 'fast-check';
import type { Contribution } from '../figures/cell';
import { areEqual, compare } from './comparison';
import { fingerprintOf, MovedOnError } from './fingerprint';
import { MemoryRollupStore } from './memory-stores';
import { cellOf } from './sample-subject.spec-data';

const streams = ['here/orders.events@1/0', 'here/orders.events@1/1', 'here/claims.events@1/0'] as const;
const cut = new Map(streams.map((stream) => [stream, 1000]));

/** What one fact adds to one cell, and the partition that it came in. */
interface Step extends Contribution {
  readonly stream: string;
}

async function filled(steps: readonly Step[]): Promise<MemoryRollupStore> {
  const store = new MemoryRollupStore();
  for (const [offset, { stream, cell, measures }] of steps.entries()) {
    const [expectedOffset = null] = await store.offsets(stream, [cell]);
    await store.add([{ stream, cell, measures, expectedOffset, offset }]);
  }
  return store;
}

const step = fc.record({
  stream: fc.constantFrom(...streams),
  cell: fc
    .record({
      place: fc.constantFrom('quay', 'hold'),
      day: fc.constantFrom('2026-01-10', '2026-01-11'),
      more: fc.constantFrom(
        {},
        { report: 'claims' as const },
        { report: 'affected/phase' as const },
        { view: 'carrier:dhl' },
        { view: 'carrier:ups' },
        { group: 'campaign:' },
        { shop: 'other "shop"\n' },
      ),
    })
    .map(({ place, day, more }) => cellOf(place, day, more)),
  measures: fc.dictionary(
    fc.constantFrom('orders', 'revenue', 'units/a.b', ''),
    fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }),
    { maxKeys: 3 },
  ),
});
const steps = fc.array(step, { minLength: 1, maxLength: 30 });
const at = (log: readonly Step[], which: number) => log[which % log.length] as Step;
const hashesOf = async (store: MemoryRollupStore) => (await fingerprintOf(store.scan(), cut)).hashes;

it('has the same hashes in any order, over any partitions, and beside what comes to nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.infiniteStream(fc.nat()),
      fc.constantFrom(...streams),
      async (log, dice, one) => {
        const shuffled = log
          .map((entry) => ({ entry, at: dice.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ entry }) => ({ ...entry, stream: one }));
        const nothing = [5n, -5n].map((sunk) => ({
          stream: one,
          cell: cellOf('deep', '2026-01-12'),
          measures: { sunk },
        }));
        const [a, b] = [await filled(log), await filled([...nothing, ...shuffled])];
        expect(await hashesOf(b)).toEqual(await hashesOf(a));
        expect(areEqual(await compare(a, b, cut))).toBe(true);
      },
    ),
  );
});

it('finds any one measure that is changed, and names it', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.nat(),
      fc.constantFrom('orders', 'new'),
      fc.constantFrom(1n, -1n),
      async (log, which, measure, by) => {
        const { stream, cell } = at(log, which);
        const [a, b] = [
          await filled(log),
          await filled([...log, { stream, cell, measures: { [measure]: by } }]),
        ];
        const comparison = await compare(a, b, cut);
        expect(areEqual(comparison)).toBe(false);
        const { report: counted } = cell;
        const report = counted === 'affected/phase' ? 'claims' : counted;
        expect(comparison.reports.filter(({ live, rebuilt }) => live !== rebuilt)).toMatchObject([
          { report },
        ]);
        const [difference, ...others] = comparison.differences;
        expect(others).toEqual([]);
        expect(difference).toMatchObject({ report, measure });
        expect(BigInt(difference?.rebuilt ?? 0) - BigInt(difference?.live ?? 0)).toBe(by);
        expect(difference?.cell).toContain(cell.day);
      },
    ),
  );
});

it('tells one cell from another that has the same measures', async () => {
  const of = (place: string) =>
    filled([{ stream: streams[0], cell: cellOf(place, '2026-01-10'), measures: { orders: 1n } }]);
  const { differences } = await compare(await of('quay'), await of('hold'), cut);
  expect(differences).toEqual([
    {
      report: 'orders',
      cell: 'demo-shop 2026-01-10 orders all none hold',
      measure: 'orders',
      live: '0',
      rebuilt: '1',
    },
    {
      report: 'orders',
      cell: 'demo-shop 2026-01-10 orders all none quay',
      measure: 'orders',
      live: '1',
      rebuilt: '0',
    },
  ]);
});

it.each([
  { what: 'beyond the cut', offset: 1000, stream: streams[0] },
  { what: 'of a partition that the cut does not know', offset: 0, stream: 'here/orders.events@1/9' },
])('says nothing when a rollup is $what', async ({ offset, stream }) => {
  const store = new MemoryRollupStore();
  const cell = cellOf('quay', '2026-01-10');
  await store.add([{ stream, cell, measures: { orders: 1n }, expectedOffset: null, offset }]);
  const comparison = compare(store, new MemoryRollupStore(), cut);
  await expect(comparison).rejects.toThrow(new MovedOnError(stream, offset + 1));
  await expect(comparison).rejects.toMatchObject({ stream, next: offset + 1 });
});

it('does not take a page that comes in two pieces for one', async () => {
  const rollup = (place: string, day: string) => ({
    stream: streams[0],
    offset: 1,
    cell: cellOf(place, day),
    measures: { orders: 1n },
  });
  async function* scattered() {
    yield* [rollup('quay', '2026-01-10'), rollup('quay', '2026-01-11'), rollup('hold', '2026-01-10')];
  }
  await expect(fingerprintOf(scattered(), cut)).rejects.toThrow(/does not come in one piece/);
});

it('names the first of many differences only, and how many pages there are', async () => {
  const days = Array.from({ length: 28 }, (_, i) => `2026-02-${String(i + 1).padStart(2, '0')}`);
  const many = await filled(
    days.map((day) => ({ stream: streams[0], cell: cellOf('quay', day), measures: { orders: 1n } })),
  );
  const { differences, differingPages } = await compare(many, new MemoryRollupStore(), cut);
  expect(differingPages).toBe(28);
  expect(differences).toHaveLength(20);
  expect(new Set(differences.map(({ cell }) => cell)).size).toBe(20);
});
