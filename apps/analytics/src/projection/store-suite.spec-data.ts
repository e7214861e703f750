import type { CellRange } from '../figures/report-query';
import { type Crate, cellOf } from './sample-subject.spec-data';
import { pageOf } from './page';
import type {
  ComparableRollups,
  PositionStore,
  Rollup,
  RollupChange,
  RollupStore,
  SubjectDocument,
  SubjectStore,
} from './stores';

const crate = (id: string, rev: number, minor = 100): SubjectDocument<Crate> => ({
  id,
  rev,
  sequences: { [`${id}/1`]: rev },
  kept: { [`${id}/1`]: { place: 'quay', day: '2026-01-10', minor } },
});

/** What every store of subjects does. */
export function describeSubjectStore(open: () => Promise<SubjectStore<Crate>>): void {
  it('gives back what was written, and nothing for what was not', async () => {
    const store = await open();
    expect(await store.write([crate('a', 1), crate('b', 1)])).toBe(true);
    expect(await store.load(['a', 'c'])).toEqual(new Map([['a', crate('a', 1)]]));
  });

  it.each([
    { writes: 'first again', rev: 1 },
    { writes: 'one too far', rev: 3 },
  ])('refuses the revision that is $writes, and writes the others', async ({ rev }) => {
    const store = await open();
    await store.write([crate('a', 1)]);
    expect(await store.write([crate('a', rev, 999), crate('b', 1)])).toBe(false);
    expect(await store.load(['a', 'b'])).toEqual(
      new Map([
        ['a', crate('a', 1)],
        ['b', crate('b', 1)],
      ]),
    );
    expect(await store.write([crate('a', 2, 200)])).toBe(true);
    expect((await store.load(['a'])).get('a')).toEqual(crate('a', 2, 200));
  });
}

const quay = cellOf('quay', '2026-01-10');
const change = (more: Partial<RollupChange>): RollupChange => ({
  stream: 'here/orders.events@1/0',
  cell: quay,
  measures: { crates: 1n },
  expectedOffset: null,
  offset: 5,
  ...more,
});
const range: CellRange = {
  shop: 'demo-shop',
  report: 'orders',
  viewKind: 'all',
  view: null,
  groupKind: 'none',
  from: '2026-01-10',
  to: '2026-01-11',
};

/** What every store of rollups does. */
export function describeRollupStore(open: () => Promise<RollupStore & ComparableRollups>): void {
  it('adds up, also what no double holds, and under any name', async () => {
    const store = await open();
    const odd = { 'units/a.b$c%2E': 2n ** 60n, '': 1n, gone: 7n };
    expect(await store.add([change({ measures: odd })])).toBe(true);
    const more = { 'units/a.b$c%2E': 1n, gone: -7n, crates: -3n };
    expect(await store.add([change({ measures: more, expectedOffset: 5, offset: 9 })])).toBe(true);
    expect(await store.offsets('here/orders.events@1/0', [cellOf('hold', '2026-01-10'), quay])).toEqual([
      null,
      9,
    ]);
    const measures = { 'units/a.b$c%2E': 2n ** 60n + 1n, '': 1n, crates: -3n };
    expect(await store.read(range)).toEqual([{ cell: quay, measures }]);
  });

  it('adds up what no 64-bit integer holds, and gives it back to the unit', async () => {
    const store = await open();
    const great = 2n ** 70n + 3n;
    await store.add([change({ measures: { revenue: great, loss: -great } })]);
    const again = change({ measures: { revenue: great, loss: -1n }, expectedOffset: 5, offset: 9 });
    expect(await store.add([again])).toBe(true);
    const sums = { revenue: 2n * great, loss: -great - 1n };
    expect(await store.read(range)).toEqual([{ cell: quay, measures: sums }]);
    const back = { revenue: 1n - 2n * great, loss: great };
    await store.add([change({ measures: back, expectedOffset: 9, offset: 12 })]);
    expect(await store.read(range)).toEqual([{ cell: quay, measures: { revenue: 1n, loss: -1n } }]);
  });

  it.each([
    { guard: 'no rollup', expectedOffset: null },
    { guard: 'another offset', expectedOffset: 4 },
  ])(
    'changes nothing where the guard was $guard, and the others all the same',
    async ({ expectedOffset }) => {
      const store = await open();
      await store.add([change({})]);
      const hold = cellOf('hold', '2026-01-10');
      expect(
        await store.add([change({ expectedOffset, offset: 9 }), change({ cell: hold, offset: 9 })]),
      ).toBe(false);
      expect(await store.offsets('here/orders.events@1/0', [quay, hold])).toEqual([5, 9]);
      expect(await store.read(range)).toHaveLength(2);
    },
  );

  it('keeps the offset of what came to nothing, and does not show it', async () => {
    const store = await open();
    expect(await store.add([change({ measures: {} })])).toBe(true);
    expect(await store.offsets('here/orders.events@1/0', [quay])).toEqual([5]);
    expect(await store.read(range)).toEqual([]);
  });

  it('keeps partitions apart and reads them all', async () => {
    const store = await open();
    await store.add([change({}), change({ stream: 'here/orders.events@1/1' })]);
    expect(await store.read(range)).toHaveLength(2);
  });

  it('reads what was asked for alone', async () => {
    const store = await open();
    const cells = [
      quay,
      cellOf('quay', '2026-01-09'),
      cellOf('quay', '2026-01-11'),
      cellOf('quay', '2026-01-10', { shop: 'other-shop' }),
      cellOf('quay', '2026-01-10', { report: 'claims' }),
      cellOf('quay', '2026-01-10', { view: 'carrier:dhl' }),
      cellOf('quay', '2026-01-10', { view: 'carrier:ups' }),
      cellOf('quay', '2026-01-10', { group: 'campaign:spring' }),
    ];
    await store.add(cells.map((cell) => change({ cell })));
    const read = async (more: Partial<CellRange>) =>
      (await store.read({ ...range, ...more })).map(({ cell }) => cell);
    expect(await read({})).toEqual([quay]);
    expect(await read({ viewKind: 'carrier' })).toHaveLength(2);
    expect(await read({ viewKind: 'carrier', view: 'carrier:ups' })).toEqual([cells[6]]);
    expect(await read({ groupKind: 'campaign' })).toEqual([cells[7]]);
    expect(await read({ from: '2026-01-09' })).toHaveLength(2);
  });

  it('shows every rollup as it stands, page by page', async () => {
    const store = await open();
    const [one, two] = ['here/orders.events@1/0', 'here/orders.events@1/1'];
    const hold = cellOf('hold', '2026-01-10');
    const other = cellOf('quay', '2026-01-11');
    await store.add([
      change({ stream: one, measures: { 'a.b': 2n ** 60n, sunk: 1n } }),
      change({ stream: two, cell: other, offset: 3_000_000_000 }),
      change({ stream: two, cell: hold, measures: {} }),
    ]);
    await store.add([change({ stream: one, measures: { sunk: -1n }, expectedOffset: 5, offset: 9 })]);
    const found: Rollup[] = [];
    for await (const rollup of store.scan()) found.push(rollup);
    const pages = found.map(({ cell }) => pageOf(cell));
    expect(pages.toSorted()).toEqual([pageOf(quay), pageOf(quay), pageOf(other)]);
    // in one piece each
    expect(pages.filter((page, i) => page !== pages[i - 1])).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { stream: one, offset: 9, cell: quay, measures: { 'a.b': 2n ** 60n, sunk: 0n } },
        { stream: two, offset: 5, cell: hold, measures: {} },
        { stream: two, offset: 3_000_000_000, cell: other, measures: { crates: 1n } },
      ]),
    );
  });
}

/** What every store of positions does. */
export function describePositionStore(open: () => Promise<PositionStore>): void {
  it('knows the last of each stream, and never goes back', async () => {
    const store = await open();
    expect(await store.load()).toEqual(new Map());
    for (const next of [3, 4_000_000_000, 7]) await store.save('here/orders.events@1/0', next);
    await store.save('here/orders.events@1/1', 0);
    expect(await store.load()).toEqual(
      new Map([
        ['here/orders.events@1/0', 4_000_000_000],
        ['here/orders.events@1/1', 0],
      ]),
    );
  });
}
