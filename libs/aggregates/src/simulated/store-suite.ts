import type { AggregateStore } from '../aggregate-store';
import type { PositionStore } from '../position-store';
import type { RouteStore } from '../route-store';
import type { StoredAggregate } from '../stored-aggregate';

/** An aggregate with every member set, as a test writes it. */
export const stored = (id: string, rev: number, more: Partial<StoredAggregate> = {}): StoredAggregate => ({
  id,
  version: 1,
  rev,
  seq: rev,
  at: { stream: 'cluster/orders.commands@1/3', offset: 40 + rev },
  src: [['cluster/orders.commands@1/3/rekeyed', 17, 2]],
  late: ['cluster/orders.commands@1/3/late@9,0,1'],
  ids: ['shop-sync\nm-1'],
  out: {
    key: id,
    facts: [Buffer.from(`{"id":"${id}/${rev}"}`)],
    outcomes: [
      [
        'cluster/orders.commands@1/3@41,0',
        { outcome: 'accepted', aggregate_id: id, sequence: rev, events: [] },
      ],
    ],
  },
  by: 'session-1',
  keys: [],
  parked: { numbering: 'orders.commands/3/40,0', since: 'orders.commands/3/40', first: 2, next: 5 },
  state: { name: id, nested: { list: [1, 2.5, null] } },
  ...more,
});

/** What the engine relies on; the store in memory and the one on MongoDB pass the same. */
export function describeAggregateStore(open: () => Promise<AggregateStore>): void {
  let store: AggregateStore;
  beforeEach(async () => {
    store = await open();
  });
  const write = async (document: StoredAggregate, expectedRev: number) =>
    (await store.write([{ document, expectedRev }]))[0];

  it('gives back what was written, byte for byte', async () => {
    expect(await write(stored('a', 1), 0)).toBe('written');
    expect((await store.load(['a', 'b'])).get('a')).toEqual(stored('a', 1));
    expect([...(await store.load(['a', 'b'])).keys()]).toEqual(['a']);
  });
  it('keeps a shell, which has no state', async () => {
    await write(stored('a', 1, { state: null }), 0);
    expect((await store.load(['a'])).get('a')?.state).toBeNull();
  });
  it('lets one of two writers on the same revision win', async () => {
    await write(stored('a', 1), 0);
    expect(await write(stored('a', 2, { by: 'session-1' }), 1)).toBe('written');
    expect(await write(stored('a', 2, { by: 'session-2' }), 1)).toBe('lost');
    expect((await store.load(['a'])).get('a')?.by).toBe('session-1');
  });
  it('does not insert twice', async () => {
    await write(stored('a', 1), 0);
    expect(await write(stored('a', 1, { by: 'session-2' }), 0)).not.toBe('written');
    expect((await store.load(['a'])).get('a')?.by).toBe('session-1');
  });
  it('tells the fate of each write of a mixed batch', async () => {
    await store.write([
      { document: stored('a', 1, { keys: ['name/E'] }), expectedRev: 0 },
      { document: stored('b', 1), expectedRev: 0 },
    ]);
    const results = await store.write([
      { document: stored('a', 2, { keys: ['name/F'] }), expectedRev: 1 },
      { document: stored('b', 3), expectedRev: 2 },
      { document: stored('c', 1, { keys: ['name/F', 'name/G'] }), expectedRev: 0 },
      { document: stored('d', 1, { keys: ['name/H'] }), expectedRev: 0 },
    ]);
    expect(results[1]).toBe('lost');
    expect(results[3]).toBe('written');
    // who of a and c gets the name is the database's choice; one of them does
    expect(new Set([results[0], results[2]])).toEqual(new Set(['taken', 'written']));
  });
  it('names the keys that others hold', async () => {
    await write(stored('a', 1, { keys: ['name/E', 'name/F'] }), 0);
    expect([...(await store.heldByOthers(['name/E', 'name/X'], 'b'))]).toEqual(['name/E']);
    expect([...(await store.heldByOthers(['name/E'], 'a'))]).toEqual([]);
  });
  it('frees a key that its holder gives up', async () => {
    await write(stored('a', 1, { keys: ['k'] }), 0);
    await write(stored('a', 2, { keys: ['l'] }), 1);
    const others = [stored('b', 1, { keys: ['k'] }), stored('c', 1, { keys: ['m'] })];
    const results = await store.write(others.map((document) => ({ document, expectedRev: 0 })));
    // a store may want a second round, as the engine gives it to everybody who lost
    for (const [i, document] of others.entries()) {
      if (results[i] === 'written') continue;
      const rev = (await store.load([document.id])).get(document.id)?.rev ?? 0;
      expect(await write({ ...document, rev: rev + 1 }, rev)).toBe('written');
    }
    const found = await store.load(['a', 'b', 'c']);
    expect(new Set([...found.values()].map(({ keys }) => keys[0]))).toEqual(new Set(['k', 'l', 'm']));
    expect(await write(stored('d', 1, { keys: ['k'] }), 0)).toBe('taken');
  });
}

const found = { aggregateId: 'a', key: 'a' };

export function describeRouteStore(open: () => Promise<RouteStore>): void {
  let routes: RouteStore;
  beforeEach(async () => {
    routes = await open();
  });
  const decide = async (request: Partial<Parameters<RouteStore['decide']>[0][number]>) =>
    (
      await routes.decide([
        { message: 'm', record: 'r1', found: null, stage: 'first', last: false, ...request },
      ])
    )[0];

  it('binds later copies to the first decision', async () => {
    expect(await decide({})).toEqual({ kind: 'waits' });
    expect(await decide({ found })).toEqual({ kind: 'waits' });
    expect(await decide({ message: 'other', found })).toEqual({ kind: 'target', target: found });
    expect(await decide({ message: 'other', found: { aggregateId: 'b', key: 'b' } })).toEqual({
      kind: 'target',
      target: found,
    });
  });
  it('decides anew after waiting, once', async () => {
    await decide({});
    expect(await decide({ stage: 'late' })).toEqual({ kind: 'waits' });
    expect(await decide({ stage: 'late', found })).toEqual({ kind: 'target', target: found });
    expect(await decide({ stage: 'late', last: true })).toEqual({ kind: 'target', target: found });
  });
  it('lets a refusal bind copies of the same record only', async () => {
    await decide({});
    expect(await decide({ stage: 'late', last: true })).toEqual({ kind: 'refused' });
    expect(await decide({ stage: 'late', found })).toEqual({ kind: 'refused' });
    expect(await decide({ stage: 'late', record: 'r2', found })).toEqual({ kind: 'target', target: found });
    expect(await decide({ stage: 'late', found })).toEqual({ kind: 'refused' });
  });
  it('remembers nothing of an id that is found, and refuses one that is not known once and for all', async () => {
    const byId = { fixed: true, last: true };
    expect(await decide({ ...byId, found })).toEqual({ kind: 'target', target: found });
    expect(await decide(byId)).toEqual({ kind: 'refused' });
    expect(await decide({ ...byId, found })).toEqual({ kind: 'refused' });
    expect(await decide({ ...byId, record: 'r2', found })).toEqual({ kind: 'target', target: found });
  });
  it('follows who was sent back and found, also where it is looked for in vain', async () => {
    const byId = { fixed: true, last: true };
    await decide(byId);
    expect(await decide({ ...byId, stage: 'late', record: 'r1+1', found })).toEqual({
      kind: 'target',
      target: found,
    });
    expect(await decide({ ...byId, record: 'r2' })).toEqual({ kind: 'target', target: found });
    expect(await decide(byId)).toEqual({ kind: 'refused' });
  });
  it('lets an id that waits be found by the copy that waits alone', async () => {
    expect(await decide({ fixed: true })).toEqual({ kind: 'waits' });
    expect(await decide({ fixed: true, found })).toEqual({ kind: 'waits' });
    expect(await decide({ fixed: true, stage: 'late', found })).toEqual({ kind: 'target', target: found });
    expect(await decide({ fixed: true, stage: 'late', last: true })).toEqual({
      kind: 'target',
      target: found,
    });
  });
  it('lets an id that has waited in vain be refused once and for all', async () => {
    await decide({ fixed: true });
    expect(await decide({ fixed: true, stage: 'late', last: true })).toEqual({ kind: 'refused' });
    expect(await decide({ fixed: true, stage: 'late', found })).toEqual({ kind: 'refused' });
    expect(await decide({ fixed: true, found })).toEqual({ kind: 'refused' });
  });
  it('answers several requests in their order', async () => {
    const answers = await routes.decide([
      { message: 'x', record: 'r1', found, stage: 'first', last: false },
      { message: 'y', record: 'r2', found: null, stage: 'first', last: false },
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(['target', 'waits']);
  });
}

export function describePositionStore(open: () => Promise<PositionStore>): void {
  it('remembers what is finished and from where on to hand on', async () => {
    const positions = await open();
    expect(await positions.load('s')).toEqual({});
    const finished = { offset: 12, fingerprint: 'f', timestampMs: 1 };
    await positions.finish('s', finished);
    await positions.rewind('s', 7);
    expect(await positions.load('s')).toEqual({ finished, handOnFrom: 7 });
  });
  it('does not go back to what an owner of the past has finished', async () => {
    const positions = await open();
    const finished = { offset: 12, fingerprint: '$f', timestampMs: 1 };
    await positions.finish('s', finished);
    await positions.finish('s', { offset: 9, fingerprint: 'e', timestampMs: 0 });
    expect(await positions.load('s')).toEqual({ finished });
    await positions.finish('s', { ...finished, offset: 13 });
    expect(await positions.load('s')).toEqual({ finished: { ...finished, offset: 13 } });
  });
  it('does not count tries that the process outlived', async () => {
    const positions = await open();
    await positions.trying('s', 8);
    await positions.trying('s', 8);
    await positions.survived('s', 7);
    expect(await positions.trying('s', 8)).toBe(3);
    await positions.survived('s', 8);
    expect(await positions.trying('s', 8)).toBe(1);
  });
  it('does not count a record that a later one was tried after', async () => {
    const positions = await open();
    await positions.trying('s', 8);
    expect([
      await positions.trying('s', 5),
      await positions.trying('s', 8),
      await positions.trying('s', 9),
    ]).toEqual([0, 2, 1]);
  });
  it('counts starts and tries at the same offset in a row', async () => {
    const positions = await open();
    expect([
      await positions.start('s', 5),
      await positions.start('s', 5),
      await positions.start('s', 6),
    ]).toEqual([1, 2, 1]);
    expect([
      await positions.trying('s', 5),
      await positions.trying('s', 5),
      await positions.start('s', 6),
    ]).toEqual([1, 2, 2]);
  });
}
