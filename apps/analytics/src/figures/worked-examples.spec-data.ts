import type { ReportSearch } from '../report/report.search';
import type { Report } from './report-query';

/** A question of domain 12.10 beside its days, and its answer: whole rows, or what the domain shows of them. */
export interface WorkedAnswer {
  readonly report: Report;
  readonly ask: Partial<Omit<ReportSearch, 'from' | 'to'>>;
  readonly rows: readonly object[];
}

/** The days that all of them are about. */
export const workedDays = { from: '2026-01-01', to: '2026-02-01' };

/** The domain shows how many orders these rows count, and what they are worth. */
const extracts = (
  ...rows: readonly { bucket: string | null; group: string | null; orders: number; revenue: number }[]
) => rows.map((row): object => expect.objectContaining(row));
const oneOf = (average: number) => ({ average, sum: average, count: 1 });
const total = { bucket: null, group: null };
const converted = (revenue: number) => ({
  conversions: 1,
  revenue,
  average_order_value: oneOf(revenue),
});
const nothing = { by_source: {}, by_medium: {}, by_affiliate: {} };

export const workedAnswers: readonly WorkedAnswer[] = [
  {
    report: 'orders',
    ask: {},
    rows: [
      {
        ...total,
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
    ],
  },
  {
    report: 'orders',
    ask: { bucket: 'week' },
    rows: extracts(
      { bucket: '2026-01-05', group: null, orders: 1, revenue: 76.88 },
      { bucket: '2026-01-12', group: null, orders: 2, revenue: 106.37 },
      { bucket: '2026-01-19', group: null, orders: 1, revenue: 0 },
    ),
  },
  {
    report: 'orders',
    ask: { group_by: 'country_code' },
    rows: extracts(
      { bucket: null, group: 'AT', orders: 1, revenue: 16.4 },
      { bucket: null, group: 'DE', orders: 3, revenue: 166.85 },
    ),
  },
  {
    report: 'orders',
    ask: { group_by: 'segment' },
    rows: extracts(
      { bucket: null, group: 'b2b', orders: 1, revenue: 76.88 },
      { bucket: null, group: 'default', orders: 2, revenue: 93.28 },
    ),
  },
  {
    report: 'shipments',
    ask: { as_of: '2026-01-31' },
    rows: [
      {
        ...total,
        shipments: 4,
        delivery_rate: { share: 0.25, count: 1, of: 4 },
        delayed: { share: 0.25, count: 1, of: 4 },
        late: { share: 1, count: 1, of: 1 },
        by_phase: { delivered: 1, in_transit: 1, order_processed: 2 },
        by_flag: { normal: 4 },
        returns: 0,
      },
    ],
  },
  {
    report: 'delivery-times',
    ask: { target_days: 5 },
    rows: [
      {
        ...total,
        placed_to_delivered: { ...oneOf(5.1), business_days: oneOf(4), invalid: 0 },
        fulfilled_to_delivered: { ...oneOf(3.0792), business_days: oneOf(3), invalid: 0 },
        picked_up_to_delivered: { ...oneOf(2.7215), business_days: oneOf(3), invalid: 0 },
        above_target: { share: 1, count: 1, of: 1 },
        anomalies: [],
      },
    ],
  },
  {
    report: 'claims',
    ask: {},
    rows: [
      {
        ...total,
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
    ],
  },
  {
    report: 'campaigns',
    ask: {},
    rows: [
      { ...total, currency: 'EUR', campaign: 'REF-77', method: 'referral', ...converted(16.4), ...nothing },
      {
        ...total,
        currency: 'EUR',
        campaign: 'Winter drop',
        method: 'api',
        ...converted(76.88),
        by_source: { newsletter: converted(76.88) },
        by_medium: { email: converted(76.88) },
        by_affiliate: {},
      },
      { ...total, currency: 'EUR', campaign: null, method: 'none', ...converted(89.97), ...nothing },
    ],
  },
];
