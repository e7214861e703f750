import { ask, order, published, slot } from './figures.samples.spec-data';

const placed = Date.parse('2026-01-01T00:00:00Z');
const at = (days: number) => new Date(placed + days * 86_400_000).toISOString();

/** Deliveries on one day of January, each `days` after its order. */
const delivered = (count: number, onDay: number, days: number, carrier = 'dhl', country = 'DE') =>
  Array.from({ length: count }, (_, index) =>
    order({
      uuid: `${onDay} ${carrier} ${country} ${index}`,
      order_placed_at: at(onDay - 1 - days),
      campaign_segments: ['b2b'],
      shipments: [slot({ carrier_reference: carrier, phase: 'delivered', phase_since: at(onDay - 1) })],
      country,
    }),
  );

const anomalies = (orders: Parameters<typeof published>[1], query: Partial<Parameters<typeof ask>[0]> = {}) =>
  published(ask({ report: 'delivery-times', from: '2026-01-20', ...query }), orders).map((row) => [
    row.group,
    row['anomalies'],
  ]);

const slow = { day: '2026-01-30', deliveries: 20, average: 4, baseline: 2 };
const byCarrier = { ...slow, carrier_reference: 'dhl' };
const byCountry = { ...slow, country_code: 'DE' };
const example = [...delivered(1, 10, 2), ...delivered(20, 30, 4)];

describe('anomalies', () => {
  it.each([
    { about: 'a slow day', orders: example, found: true },
    { about: '19 deliveries', orders: [...delivered(1, 10, 2), ...delivered(19, 30, 4)], found: false },
    { about: 'exactly 1.5 times', orders: [...delivered(1, 10, 2), ...delivered(20, 30, 3)], found: false },
    { about: 'no day before', orders: delivered(20, 30, 4), found: false },
    {
      about: 'a baseline 28 days before',
      orders: [...delivered(1, 2, 2), ...delivered(20, 30, 4)],
      found: true,
    },
    {
      about: 'a baseline 29 days before',
      orders: [...delivered(1, 1, 2), ...delivered(20, 30, 4)],
      found: false,
    },
  ])('$about: $found', ({ orders, found }) => {
    expect(anomalies(orders)).toEqual([[null, found ? [byCarrier, byCountry] : []]]);
  });

  it('tells carriers and countries apart', () => {
    const orders = [...delivered(1, 10, 2, 'ups', 'AT'), ...delivered(20, 30, 4, 'dhl', 'AT')];
    expect(anomalies(orders)).toEqual([[null, [{ ...slow, country_code: 'AT' }]]]);
  });

  it.each([
    { query: { filters: { segment: 'b2b' } }, group: null, found: [byCountry] },
    { query: { groupBy: 'segment' }, group: 'b2b', found: [byCountry] },
    { query: { filters: { carrier: 'dhl' } }, group: null, found: [byCarrier, byCountry] },
    { query: { groupBy: 'carrier_reference' }, group: 'dhl', found: [byCarrier, byCountry] },
    { query: { groupBy: 'country_code' }, group: 'DE', found: [byCarrier, byCountry] },
  ] as const)('as far as the view of $query allows', ({ query, group, found }) => {
    expect(anomalies(example, query)).toEqual([[group, found]]);
  });

  it('are listed by the bucket of their day, and not outside of the range', () => {
    expect(anomalies(example, { bucket: 'day' })).toEqual([[null, [byCarrier, byCountry]]]);
    expect(anomalies(example, { to: '2026-01-30' })).toEqual([]);
  });
});
