import { ask, published } from './figures.samples.spec-data';
import { januaryClaim, januaryOrders } from './january.spec-data';

const figures = (query: Parameters<typeof ask>[0]) => published(ask(query), januaryOrders, [januaryClaim]);
const oneOf = (average: number) => ({ average, sum: average, count: 1 });

describe('what analytics answers (domain 12.10)', () => {
  it('orders', () => {
    expect(figures({ report: 'orders' })).toEqual([
      {
        bucket: null,
        group: null,
        currency: 'EUR',
        orders: 4,
        orders_cancelled: 1,
        orders_fulfilled: 2,
        orders_partially_fulfilled: 1,
        revenue: 183.25,
        average_order_value: { average: 61.08, sum: 183.25, count: 3 },
        time_to_dispatch: { average: 18.3333, sum: 55, count: 3 },
        units: { 'TEE-L': 2, 'SET-1': 1, 'MUG-1': 1, 'TEE-M': 3 },
        revenue_by_product: { 'TEE-L': 59.98, 'SET-1': 20, 'MUG-1': 12.5, 'TEE-M': 89.97 },
      },
    ]);
  });

  it.each([
    {
      by: { bucket: 'week' },
      rows: [
        ['2026-01-05', null, 1, 76.88],
        ['2026-01-12', null, 2, 106.37],
        ['2026-01-19', null, 1, 0],
      ],
    },
    {
      by: { groupBy: 'country_code' },
      rows: [
        [null, 'AT', 1, 16.4],
        [null, 'DE', 3, 166.85],
      ],
    },
    {
      by: { groupBy: 'segment' },
      rows: [
        [null, 'b2b', 1, 76.88],
        [null, 'default', 2, 93.28],
      ],
    },
  ] as const)('orders by $by', ({ by, rows }) => {
    const found = figures({ report: 'orders', ...by });
    expect(found.map(({ bucket, group, ...row }) => [bucket, group, row['orders'], row['revenue']])).toEqual(
      rows,
    );
  });

  it('shipments', () => {
    expect(figures({ report: 'shipments' })).toEqual([
      {
        bucket: null,
        group: null,
        shipments: 4,
        delivery_rate: { share: 0.25, count: 1, of: 4 },
        delayed: { share: 0.25, count: 1, of: 4 },
        late: { share: 1, count: 1, of: 1 },
        by_phase: { delivered: 1, in_transit: 1, order_processed: 2 },
        by_flag: { normal: 4 },
        returns: 0,
      },
    ]);
  });

  it('delivery-times', () => {
    expect(figures({ report: 'delivery-times' })).toEqual([
      {
        bucket: null,
        group: null,
        placed_to_delivered: { ...oneOf(5.1), business_days: oneOf(4), invalid: 0 },
        fulfilled_to_delivered: { ...oneOf(3.0792), business_days: oneOf(3), invalid: 0 },
        picked_up_to_delivered: { ...oneOf(2.7215), business_days: oneOf(3), invalid: 0 },
        above_target: { share: 1, count: 1, of: 1 },
        anomalies: [],
      },
    ]);
  });

  it('durations to the millisecond, for whoever asks for them', () => {
    const [times] = figures({ report: 'delivery-times', durations: 'ms' });
    expect(times).toMatchObject({
      placed_to_delivered: { ...oneOf(440_640_000), business_days: oneOf(4) },
      fulfilled_to_delivered: oneOf(266_040_000),
      picked_up_to_delivered: oneOf(235_140_000),
    });
    const [orders] = figures({ report: 'orders', durations: 'ms' });
    expect(orders?.['time_to_dispatch']).toEqual({ average: 66_000_000, sum: 198_000_000, count: 3 });
  });

  it('claims', () => {
    expect(figures({ report: 'claims' })).toEqual([
      {
        bucket: null,
        group: null,
        claims: 1,
        affected_orders: 1,
        by_reason: { damage: 1 },
        by_flow: { defective: 1 },
        by_resolution_preference: { refund: 1 },
        by_status: { accepted: 1 },
        by_shipment_phase: { delivered: 1 },
        by_country_code: { DE: 1 },
        by_carrier_reference: { dhl: 1 },
        by_product: { 'TEE-L': 1 },
        claim_rate: { share: 0.3333, count: 1, of: 3 },
      },
    ]);
  });

  it('campaigns: as many conversions as orders that are not cancelled', () => {
    const converted = (revenue: number) => ({
      conversions: 1,
      revenue,
      average_order_value: oneOf(revenue),
    });
    const total = { bucket: null, group: null, currency: 'EUR' };
    const nothing = { by_source: {}, by_medium: {}, by_affiliate: {} };
    expect(figures({ report: 'campaigns' })).toEqual([
      { ...total, campaign: 'REF-77', method: 'referral', ...converted(16.4), ...nothing },
      {
        ...total,
        campaign: 'Winter drop',
        method: 'api',
        ...converted(76.88),
        by_source: { newsletter: converted(76.88) },
        by_medium: { email: converted(76.88) },
        by_affiliate: {},
      },
      { ...total, campaign: null, method: 'none', ...converted(89.97), ...nothing },
    ]);
  });
});
