import { Parcel } from './kept-parcel.spec-data';
import type { Rule } from './rules';

const letters = (parcel: Parcel) => parcel.letters().map(({ kind, key, id }) => [kind, key, id]);

it('says how much is kept, and for how long', async () => {
  const parcel = new Parcel();
  await parcel.sweep.run();
  await parcel.keep('s1');
  parcel.nowMs = 600;
  await parcel.keep('s2');
  parcel.nowMs = 700;
  await parcel.sweep.run();
  expect(parcel.found).toEqual([
    { commands: 0, oldestMs: 0 },
    { commands: 2, oldestMs: 700 },
  ]);
});

describe('what is kept too long', () => {
  it('ends in the dead letters with its whole message, once', async () => {
    const parcel = new Parcel();
    await parcel.keep('s1');
    parcel.nowMs = 999;
    await parcel.sweep.run();
    expect(parcel.letters()).toEqual([]);
    parcel.nowMs = 1000;
    await parcel.sweep.run();
    await parcel.sweep.run();
    expect(letters(parcel)).toEqual([['refused', 'tracking_number_not_found', 'commands/0/1']]);
    expect(JSON.parse(String(parcel.letters()[0]?.record.value))).toMatchObject({ id: 's1' });
  });
  it('is looked up once more before it ends', async () => {
    const parcel = new Parcel(['follow']);
    await parcel.keep('s1');
    parcel.attach('dhl');
    parcel.nowMs = 5000;
    await parcel.sweep.run();
    expect([parcel.arrived(), parcel.letters()]).toEqual([['s1'], []]);
  });
  it.each<{ what: string; without: Rule[]; arrived: string[] }>([
    { what: 'is not sent by one that had read it before the mark', without: [], arrived: [] },
    { what: 'would be, if the sender did not mark it first', without: ['mark-first'], arrived: ['s1'] },
  ])('$what', async ({ without, arrived }) => {
    const parcel = new Parcel(without);
    await parcel.keep('s1');
    const of = parcel.store.of.bind(parcel.store);
    parcel.store.of = async (places) => {
      const read = await of(places);
      await parcel.store.mark(parcel.kept('s1'), 'expired');
      return read;
    };
    parcel.attach('dhl');
    await parcel.follow();
    expect(parcel.arrived()).toEqual(arrived);
  });
  it('is not sent any more once it is marked as expired', async () => {
    const parcel = new Parcel();
    await parcel.keep('s1');
    await parcel.store.mark(parcel.kept('s1'), 'expired');
    parcel.attach('dhl');
    await parcel.follow();
    expect(parcel.arrived()).toEqual([]);
  });
});

// another instance ends it, an operator sends it back, and it is kept anew: all while this sweep stands still
describe.each<{ what: string; without: Rule[]; isLost: boolean }>([
  { what: 'is left alone by a sweep that had read what was kept before it', without: [], isLost: false },
  { what: 'would be lost, if the identity alone told who is meant', without: ['this-keeping'], isLost: true },
])('a scan that is kept anew $what', ({ without, isLost }) => {
  it.each([{ mark: undefined }, { mark: 'expired' as const }])('with the mark $mark', async ({ mark }) => {
    const parcel = new Parcel(without);
    const { store } = parcel;
    await parcel.keep('s1');
    parcel.nowMs = 1000;
    if (mark) await store.mark(parcel.kept('s1'), mark);
    const page = store.page.bind(store);
    store.page = async (...args) => {
      const read = await page(...args);
      store.page = page;
      await parcel.sweep.run();
      await parcel.keep('s1', { n: 1 });
      return read;
    };
    await parcel.sweep.run();

    const open = await store.page(null, 9);
    expect(open.map(({ origin, mark: now }) => [origin.n, now])).toEqual(isLost ? [] : [[1, undefined]]);
    // what is lost has no letter of its own: that one is of what was kept before
    expect(parcel.letters().map(({ n }) => n)).not.toContain(1);
  });
});

describe('what was marked as sending before its sender died', () => {
  const marked = async () => {
    const parcel = new Parcel();
    await parcel.keep('s1');
    await parcel.store.mark(parcel.kept('s1'), 'sending');
    return parcel;
  };
  it('is sent by the sweep while somebody has its number, however old it is', async () => {
    const parcel = await marked();
    parcel.attach('dhl');
    parcel.nowMs = 5000;
    await parcel.sweep.run();
    expect([parcel.arrived(), parcel.letters(), parcel.store.kept.size]).toEqual([['s1'], [], 0]);
  });
  it('waits while nobody has it, but not for ever: it ends as one that may have been applied', async () => {
    const parcel = await marked();
    parcel.nowMs = 999;
    await parcel.sweep.run();
    expect([parcel.letters(), parcel.store.kept.size]).toEqual([[], 1]);
    parcel.nowMs = 1000;
    await parcel.sweep.run();
    await parcel.sweep.run();
    expect(letters(parcel)).toEqual([['failed', 'internal_error', 'commands/0/1']]);
    expect(parcel.letters()[0]?.message).toContain('may have been applied');
    expect([parcel.arrived(), parcel.store.kept.size]).toEqual([[], 0]);
  });
});

describe.each(['unreadable', 'strange'] as const)('a scan that has become %s', (how) => {
  const broken = async () => {
    const parcel = new Parcel();
    for (const id of ['s1', 's2', 's3']) await parcel.keep(id);
    parcel.breakRecord('s2', how);
    return parcel;
  };
  const failed = [['failed', 'internal_error', 'commands/0/2']];

  it('ends at once with its record as it is, and the sweep goes on', async () => {
    const parcel = await broken();
    parcel.attach('dhl');
    const { value } = parcel.kept('s2').record;
    await parcel.sweep.run();
    await parcel.sweep.run();
    expect([parcel.arrived(), letters(parcel)]).toEqual([['s1', 's3'], failed]);
    expect(parcel.letters()[0]?.record.value).toEqual(value);
  });
  it('is not waited for by those that end', async () => {
    const parcel = await broken();
    parcel.nowMs = 1000;
    await parcel.sweep.run();
    const others = ['commands/0/1', 'commands/0/3'].map((id) => ['refused', 'tracking_number_not_found', id]);
    expect(letters(parcel)).toEqual(expect.arrayContaining([...failed, ...others]));
    expect(await parcel.store.page(null, 9)).toEqual([]);
  });
  it('ends only when it is old, if it was marked as sending by one that could read it', async () => {
    const parcel = await broken();
    await parcel.store.mark(parcel.kept('s2'), 'sending');
    await parcel.sweep.run();
    expect(letters(parcel)).toEqual([]);
    parcel.nowMs = 1000;
    await parcel.sweep.run();
    expect(letters(parcel)).toEqual(expect.arrayContaining(failed));
    expect(await parcel.store.page(null, 9)).toEqual([]);
  });
});

it('what cannot be read any more does not hold up who takes the number', async () => {
  const parcel = new Parcel();
  for (const id of ['s1', 's2', 's3']) await parcel.keep(id);
  parcel.breakRecord('s2', 'unreadable');
  parcel.attach('dhl');
  await parcel.follow();
  expect(parcel.arrived()).toEqual(['s1', 's3']);
  await parcel.sweep.run();
  expect(letters(parcel)).toEqual([['failed', 'internal_error', 'commands/0/2']]);
});
