import {
  after,
  decide,
  draft,
  estimate,
  facts,
  fulfil,
  now,
  scan,
  scanAt,
  shown,
  timeAt,
} from './shipment.samples.spec-data';

const made = (predicted_at: string, to: string, from: string | null = null) => ({ from, to, predicted_at });
const [t1, t2] = ['2026-01-13T01:00:00.000Z', '2026-01-13T02:00:00.000Z'];
const [d1, d2] = ['2026-01-15T00:00:00.000Z', '2026-01-16T00:00:00.000Z'];

// from the least to the greatest
const ladder = [
  made(t1, d1),
  made(t1, d1, t1),
  made(t1, d1, t2),
  made(t1, d2),
  made(t2, d1),
  made(t2, d2, t2),
];
const pairs = ladder.flatMap((less, i) => ladder.slice(i + 1).map((greater) => ({ less, greater })));

describe('of two estimates', () => {
  it.each(pairs)('$greater wins over $less', ({ less, greater }) => {
    for (const order of [
      [less, greater],
      [greater, less],
    ]) {
      const [first, second] = order.map((said, i) => scanAt(i, 'weighed', { estimated_arrival: said }));
      if (!first || !second) throw new Error('two are compared');
      expect(shown(draft, fulfil, first, second).estimated_arrival).toEqual(greater);
    }
    expect(decide(after(draft, estimate(greater)), estimate(less))).toMatchObject({ reason: 'stale' });
    expect(decide(after(draft, estimate(less)), estimate(greater)).outcome).toBe('accepted');
  });
});

describe('an estimate', () => {
  it('of a scan was made at the time of the scan, unless it says', () => {
    const [recorded, updated] = facts(
      after(draft, fulfil),
      scanAt(4, 'weighed', { estimated_arrival: { to: d1 } }),
    );
    const said = { from: null, to: d1, predicted_at: timeAt(4) };
    expect(recorded?.data.event.estimated_arrival).toEqual(said);
    expect(updated?.data).toMatchObject({
      changed: ['estimated_arrival'],
      changes: { estimated_arrival: said },
    });
  });

  it('that loses stays in its event only', () => {
    const known = after(draft, fulfil, estimate(made(t2, d1)));
    const told = facts(known, scanAt(4, 'weighed', { estimated_arrival: made(t1, d2) }));
    expect(told.map(({ name }) => name)).toEqual(['event-recorded']);
    expect(told[0]?.data).toMatchObject({
      event: { estimated_arrival: made(t1, d2) },
      shipment: { estimated_arrival: made(t2, d1) },
    });
  });

  it('of a command was made at its time, unless it says', () => {
    const { predicted_at: _, ...undated } = made(t1, d1);
    const wanted = estimate({ ...undated, predicted_at: undefined });
    expect(facts(after(draft), wanted)[0]?.data).toMatchObject({
      changes: { estimated_arrival: made(now, d1) },
    });
  });

  it.each([
    {
      about: 'undated with the current period',
      said: { from: null, to: d1, predicted_at: undefined },
      outcome: 'nothing_changed',
    },
    {
      about: 'undated with another period',
      said: { from: null, to: d2, predicted_at: undefined },
      outcome: 'accepted',
    },
    {
      about: 'dated with the current period',
      said: made('2026-01-13T06:00:00.000Z', d1),
      outcome: 'accepted',
    },
    { about: 'equal', said: made(t2, d1), outcome: 'nothing_changed' },
  ])('$about: $outcome', ({ said, outcome }) => {
    const decision = decide(after(draft, estimate(made(t2, d1))), estimate(said));
    expect(decision.outcome === 'ignored' ? decision.reason : decision.outcome).toBe(outcome);
  });
});

describe('a pickup point', () => {
  const at = (name: string) => ({ pickup: { type: 'locker', name, address: { street: 'Musterstraße 1' } } });

  it('is that of the greatest scan that has one', () => {
    const past = [draft, fulfil, scanAt(3, 'ARRIVED_AT_PARCEL_LOCKER', at('Locker 2'))];
    expect(shown(...past, scanAt(5, 'PICKED_UP_BY_CUSTOMER')).pickup).toMatchObject({ name: 'Locker 2' });
    expect(shown(...past, scanAt(2, 'ARRIVED_AT_PARCEL_LOCKER', at('Locker 1'))).pickup?.name).toBe(
      'Locker 2',
    );
    expect(shown(...past, scanAt(4, 'weighed', at('Locker 3'))).pickup?.name).toBe('Locker 3');
  });

  it('is told when it is new', () => {
    expect(facts(after(draft, fulfil), scan({ event_name: 'weighed', ...at('Locker 1') }))).toMatchObject([
      { name: 'event-recorded' },
      {
        name: 'updated',
        data: {
          changed: ['pickup'],
          changes: {
            pickup: {
              type: 'locker',
              name: 'Locker 1',
              url: null,
              address: { street: 'Musterstraße 1', zip_code: null },
            },
          },
        },
      },
    ]);
  });
});
