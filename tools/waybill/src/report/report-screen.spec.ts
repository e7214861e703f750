import { plain } from '../screen/paint';
import type { ReportRow } from './read-report';
import { reportScreen, type ShownReport } from './report-screen';

const average = (value: number | null, count = 1) => ({ average: value, sum: (value ?? 0) * count, count });
const orders: ReportRow = {
  bucket: null,
  group: null,
  currency: 'EUR',
  orders: 4,
  orders_cancelled: 1,
  orders_fulfilled: 2,
  orders_partially_fulfilled: 1,
  revenue: 1183.2,
  average_order_value: average(61.08),
  time_to_dispatch: average(18.3333),
  units: { 'MUG-1': 1, 'TEE-M': 3, 'TEE-L': 2 },
  revenue_by_product: { 'TEE-M': 89.97 },
};
const screen = (shown: ShownReport, width = 80) => reportScreen(shown, width, plain);

describe('a report in a terminal', () => {
  it('is a table; breakdowns of a single row follow, the greatest first', () => {
    expect(screen({ report: 'orders', rows: [orders] })).toEqual([
      'ORDERS  CANCELLED  FULFILLED  PARTLY       REVENUE  AVERAGE  HOURS',
      '     4          1          2       1  1 183.20 EUR    61.08  18.33',
      'HOURS: average time until the first parcel left',
      '',
      'units               TEE-M 3, TEE-L 2, MUG-1 1',
      'revenue by product  TEE-M 89.97',
    ]);
  });

  it('names buckets and groups, and says where breakdowns of several rows are', () => {
    const rows = [
      { ...orders, bucket: '2026-01-01', group: 'SP' },
      { ...orders, bucket: '2026-02-01', group: 'RJ', currency: 'JPY', average_order_value: average(null) },
    ];
    const [head, first, second, , hint] = screen({
      report: 'orders',
      bucket: 'month',
      groupBy: 'province_code',
      rows,
    });
    expect(head).toMatch(/^MONTH {4}PROVINCE {2}ORDERS/);
    expect(first).toMatch(/^2026-01 {2}SP .* 1 183\.20 EUR +61\.08 /);
    expect(second).toMatch(/^2026-02 {2}RJ .* 1 183 JPY +– /);
    expect(hint).toBe('breakdowns and anomalies: with --json or --csv');
  });

  it('shows shares with their counts, and nothing where there is nothing to divide by', () => {
    const row = {
      bucket: null,
      group: null,
      shipments: 4,
      delivery_rate: { share: 0.3333, count: 1, of: 3 },
      delayed: { share: 0, count: 0, of: 4 },
      late: { share: null, count: 0, of: 0 },
      by_phase: { delivered: 1 },
      by_flag: {},
      returns: 0,
    };
    expect(screen({ report: 'shipments', rows: [row] })).toEqual([
      'SHIPMENTS      DELIVERED       DELAYED  LATE  RETURNS',
      '        4  33.33 % (1/3)  0.00 % (0/4)     –        0',
      '',
      'by phase  delivered 1',
    ]);
  });

  it('tells anomalies of a single row', () => {
    const anomaly = { day: '2026-01-30', carrier_reference: 'dhl', deliveries: 20, average: 4, baseline: 2 };
    const time = { ...average(5.1), business_days: average(4), invalid: 0 };
    const row = {
      bucket: null,
      group: null,
      placed_to_delivered: time,
      fulfilled_to_delivered: time,
      picked_up_to_delivered: time,
      above_target: { share: 1, count: 1, of: 1 },
      anomalies: [anomaly],
    };
    expect(screen({ report: 'delivery-times', rows: [row] })[4]).toBe(
      'anomalies  2026-01-30 dhl 4 days instead of 2',
    );
  });

  it('counts a breakdown of campaigns by conversions, and names who was credited to none', () => {
    const converted = { conversions: 2, revenue: 10, average_order_value: average(5, 2) };
    const row = {
      bucket: null,
      group: null,
      currency: 'EUR',
      campaign: null,
      method: 'none',
      ...converted,
      by_source: { newsletter: converted },
      by_medium: {},
    };
    expect(screen({ report: 'campaigns', rows: [row] })).toEqual([
      'CAMPAIGN  METHOD  CONVERSIONS    REVENUE  AVERAGE',
      '–         none              2  10.00 EUR     5.00',
      '',
      'by source  newsletter 2',
    ]);
  });

  it('cuts a breakdown that is too wide', () => {
    const units = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`PRODUCT-${i}`, i]));
    const wide = screen({ report: 'orders', rows: [{ ...orders, units }] });
    expect(wide.find((line) => line.startsWith('units'))).toMatch(/^units .{73}…$/);
  });

  it('says so where nothing was counted', () =>
    expect(screen({ report: 'orders', rows: [] })).toEqual(['nothing was counted in these days']));
});
