import type { KeptCommand, KeptStore } from '../kept-store';

/** A kept command with every member set. */
export const keptCommand = (identity: string, more: Partial<KeptCommand> = {}): KeptCommand => ({
  identity,
  place: 'demo-shop/00340000000000010011',
  kind: 'dhl',
  order: '2026-01-12T17:05:00.000Z/04/a',
  origin: { detour: 'late', stream: 'cluster/shipments.commands@1/3/late', offset: 17, item: 0, n: 0 },
  source: 'dhl-feed',
  messageId: 'm-1',
  time: '2026-01-12T18:41:00.000Z',
  record: {
    topic: 'shipments.commands',
    partition: 3,
    offset: 17,
    timestampMs: 1_768_243_260_000,
    key: Buffer.from([0, 255]),
    value: Buffer.from('{"specversion":"1.0"}'),
    headers: { 'ce_a.b': Buffer.from('dotted') },
  },
  keptAtMs: 1_768_243_261_000,
  ...more,
});

const origin = (offset: number): KeptCommand['origin'] => ({ ...keptCommand('').origin, offset });

/** What the engine relies on; the store in memory and the one on MongoDB pass the same. */
export function describeKeptStore(open: () => Promise<KeptStore>): void {
  let store: KeptStore;
  beforeEach(async () => {
    store = await open();
  });

  it('gives back what was kept, byte for byte', async () => {
    expect(await store.keep(keptCommand('a'), 9)).toBe('kept');
    expect(await store.of([keptCommand('a').place])).toEqual([keptCommand('a')]);
    expect(await store.of(['demo-shop/other'])).toEqual([]);
  });
  it('tells the same record from a second one, and stops at the limit of a place', async () => {
    await store.keep(keptCommand('a'), 2);
    expect(await store.keep(keptCommand('a'), 2)).toBe('again');
    expect(await store.keep(keptCommand('a', { origin: origin(18) }), 2)).toBe('duplicate');
    expect(await store.keep(keptCommand('b'), 2)).toBe('kept');
    expect(await store.keep(keptCommand('c'), 2)).toBe('full');
    expect(await store.keep(keptCommand('c', { place: 'demo-shop/other' }), 2)).toBe('kept');
  });
  it('lets the first mark win', async () => {
    const [a, b] = [keptCommand('a'), keptCommand('b')];
    for (const one of [a, b]) await store.keep(one, 9);
    expect(await store.mark(a, 'sending')).toBe(true);
    expect(await store.mark(a, 'expired')).toBe(false);
    expect(await store.mark(a, 'sending')).toBe(true);
    expect(await store.mark(b, 'expired')).toBe(true);
    expect(await store.mark(b, 'sending')).toBe(false);
    expect(await store.mark(keptCommand('nobody'), 'sending')).toBe(false);
    expect((await store.of([a.place])).map(({ identity }) => identity)).toEqual(['a']);
  });
  it('keeps anew what was told to be expired, whoever sends it, but not for a record that comes again', async () => {
    const all = ['carrier', 'operator', 'other'].map((identity) => keptCommand(identity));
    for (const one of all) {
      await store.keep(one, 3);
      await store.mark(one, 'expired');
    }
    expect(await store.keep(keptCommand('carrier', { origin: origin(18) }), 3)).toBe('duplicate');
    for (const one of all) await store.told(one);

    expect(await store.keep(keptCommand('carrier'), 3)).toBe('again');
    expect(await store.keep(keptCommand('carrier', { origin: origin(18) }), 3)).toBe('kept');
    const sentBack = keptCommand('operator', { origin: { ...origin(17), n: 1 } });
    expect(await store.keep(sentBack, 3)).toBe('kept');
    expect(await store.of([sentBack.place])).toEqual([
      keptCommand('carrier', { origin: origin(18) }),
      sentBack,
    ]);
    expect(await store.mark(sentBack, 'sending')).toBe(true);
  });
  describe.each<{ what: string; anew: Partial<KeptCommand> }>([
    { what: 'another record', anew: { origin: origin(18) } },
    {
      what: 'a record of another stream',
      anew: { origin: { ...origin(17), stream: 'cluster/other@1/3/late' } },
    },
    { what: 'another item of the bulk', anew: { origin: { ...origin(17), item: 1 } } },
    { what: 'the same record, sent back by an operator', anew: { origin: { ...origin(17), n: 1 } } },
    { what: 'the same record, back from a wrong taker', anew: { keptAtMs: keptCommand('').keptAtMs + 1 } },
  ])('that now keeps $what under the identity', ({ anew }) => {
    const before = keptCommand('a');
    const now = keptCommand('a', anew);
    beforeEach(async () => {
      await store.keep(before, 9);
      if (anew.keptAtMs !== undefined) await store.remove([before]);
      await store.mark(before, 'expired');
      await store.told(before);
      expect(await store.keep(now, 9)).toBe('kept');
    });

    it.each<{ late: string; act: () => Promise<unknown>; answer?: boolean }>([
      { late: 'a sender marks it', act: () => store.mark(before, 'sending'), answer: false },
      { late: 'expiry marks it', act: () => store.mark(before, 'expired'), answer: false },
      { late: 'a sender removes it', act: () => store.remove([keptCommand('b'), before]) },
      { late: 'its end is told', act: () => store.told(before) },
    ])('leaves that alone when $late that was kept before', async ({ act, answer }) => {
      expect(await act()).toBe(answer);

      expect(await store.of([now.place])).toEqual([now]);
      expect(await store.page(null, 9)).toEqual([now]);
      expect(await store.mark(now, 'sending')).toBe(true);
      await store.remove([now]);
      expect(await store.page(null, 9)).toEqual([]);
    });
  });
  describe('of a command that came back from a wrong taker', () => {
    const before = keptCommand('a');
    it('replaces what is kept of it by a keeping of its own, which its first sender leaves alone', async () => {
      await store.keep(before, 1);
      await store.mark(before, 'sending');
      expect(await store.keepBack(before, 1)).toBe('again');

      const [now] = await store.of([before.place]);
      expect(now).toEqual({ ...before, keptAtMs: before.keptAtMs + 1 });
      await store.remove([before]);
      expect(await store.page(null, 9)).toEqual([now]);
      expect(await store.keepBack({ ...before, keptAtMs: before.keptAtMs + 9 }, 1)).toBe('again');
      expect(await store.page(null, 9)).toEqual([{ ...before, keptAtMs: before.keptAtMs + 9 }]);
    });
    it('keeps it where nothing is kept of it, as any other one', async () => {
      expect(await store.keepBack(before, 1)).toBe('kept');
      expect(await store.keepBack(keptCommand('b'), 1)).toBe('full');
      expect(await store.keepBack(keptCommand('a', { origin: origin(18) }), 9)).toBe('duplicate');
      expect(await store.of([before.place])).toEqual([before]);
    });
    it('leaves one alone that has ended', async () => {
      await store.keep(before, 9);
      await store.mark(before, 'expired');
      expect(await store.keepBack(before, 9)).toBe('again');
      expect(await store.page(null, 9)).toEqual([{ ...before, mark: 'expired' }]);
    });
  });
  it('pages through what is left to do', async () => {
    for (const identity of ['a', 'b', 'c', 'd']) await store.keep(keptCommand(identity), 9);
    await store.mark(keptCommand('b'), 'expired');
    await store.told(keptCommand('b'));
    await store.remove([keptCommand('d')]);
    const identities = async (after: string | null) =>
      (await store.page(after, 1)).map(({ identity }) => identity);
    expect([await identities(null), await identities('a'), await identities('c')]).toEqual([
      ['a'],
      ['c'],
      [],
    ]);
  });
}
