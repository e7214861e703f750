import type { CountedClaim, CountedOrder, CountedSlot } from './counted';
import { recount } from './recount';

const slot = (more: Partial<CountedSlot> = {}): CountedSlot => ({
  status: 'fulfilled',
  direction: 'merchant_customer',
  carrier_reference: 'dhl',
  tracking_placed_at: '2026-01-12T08:30:00.000Z',
  picked_up_at: '2026-01-12T17:05:00.000Z',
  phase: 'delivered',
  // 5 days, 2 hours and 24 minutes after the order, on a Thursday
  phase_since: '2026-01-15T10:24:00.000Z',
  flag: 'normal',
  had_delay: false,
  estimated_arrival: { to: '2026-01-14T18:00:00.000Z' },
  ...more,
});

const order = (uuid: string, more: Partial<CountedOrder> = {}): CountedOrder => ({
  uuid,
  shop_slug: 'demo-shop',
  status: 'fulfilled',
  order_placed_at: '2026-01-10T08:00:00.000Z',
  first_dispatched_at: '2026-01-12T08:30:00.000Z',
  currency: 'EUR',
  total_order_price: 76.88,
  sub_total_price: null,
  shipping_price: null,
  discount_price: 0,
  products: [{ sku: 'TEE-L', title: 'Shirt', quantity: 2, price: 29.99 }],
  campaign_segments: ['default', 'b2b'],
  address: { country_code: 'DE' },
  order_analytics: { campaign: 'Winter drop', source: 'newsletter' },
  shipments: [slot()],
  ...more,
});

const priced = order('2', {
  status: 'placed',
  order_placed_at: '2026-01-16T07:30:00.000Z',
  first_dispatched_at: null,
  total_order_price: null,
  shipping_price: 3.9,
  products: [{ sku: null, title: 'Mug', quantity: 1, price: 12.5 }],
  campaign_segments: ['default'],
  address: { country_code: null },
  order_analytics: { campaign_code: 'REF-77' },
  shipments: [],
});
const cancelled = order('3', { status: 'cancelled', first_dispatched_at: null, shipments: [] });
const orders = [order('1'), priced, cancelled];

const claim = (more: Partial<CountedClaim> = {}): CountedClaim => ({
  shop_slug: 'demo-shop',
  order_id: '1',
  created_at: '2026-01-20T12:00:00.000Z',
  deleted_at: null,
  reason: 'damage',
  flow: 'defective',
  resolution_preference: null,
  status: 'accepted',
  shipment_phase: 'delivered',
  carrier_reference: 'dhl',
  address: { country_code: 'DE' },
  selected_items: [{ sku: 'TEE-L', title: null }],
  ...more,
});

const rows = (report: string, query: Record<string, string>, claims: readonly CountedClaim[] = []) =>
  recount({ report, query }, orders, claims);

test('orders are counted on the day they were placed, and their value where they are not cancelled', () => {
  const [first, second, ...rest] = rows('orders', { bucket: 'day', group_by: 'country_code' });
  expect(rest).toEqual([]);
  expect(first).toMatchObject({
    bucket: '2026-01-10',
    group: 'DE',
    currency: 'EUR',
    orders: 2,
    orders_cancelled: 1,
    orders_fulfilled: 1,
    revenue: 76.88,
    average_order_value: { average: 76.88, sum: 76.88, count: 1 },
    time_to_dispatch: { average: 48.5, sum: 48.5, count: 1 },
    units: { 'TEE-L': 2 },
    revenue_by_product: { 'TEE-L': 59.98 },
  });
  expect(second).toMatchObject({ bucket: '2026-01-16', group: 'unknown', orders: 1, revenue: 16.4 });
});

test('an order counts once in each of its segments', () => {
  const found = rows('orders', { group_by: 'segment' });
  expect(found).toEqual([
    expect.objectContaining({ group: 'default', orders: 3, revenue: 93.28 }),
    expect.objectContaining({ group: 'b2b', orders: 2, revenue: 76.88 }),
  ]);
});

test('weeks begin on Monday', () => {
  expect(rows('orders', { bucket: 'week' })).toEqual([
    expect.objectContaining({ bucket: '2026-01-05', orders: 2 }),
    expect.objectContaining({ bucket: '2026-01-12', orders: 1 }),
  ]);
});

test('a campaign has the orders that are credited to it', () => {
  const found = rows('campaigns', {});
  expect(found).toEqual([
    expect.objectContaining({ campaign: 'Winter drop', method: 'api', conversions: 1, revenue: 76.88 }),
    expect.objectContaining({ campaign: 'REF-77', method: 'referral', conversions: 1, revenue: 16.4 }),
  ]);
  expect(found[0]).toMatchObject({ by_source: { newsletter: { conversions: 1 } }, by_medium: {} });
});

test('parcels are late, delayed, returned', () => {
  const back = slot({ direction: 'customer_merchant', phase: 'return_created' });
  const overdue = slot({ phase: 'in_transit', estimated_arrival: { to: '2026-01-14T18:00:00.000Z' } });
  const counted = [order('1', { shipments: [slot(), overdue, back, slot({ status: 'draft' })] })];
  const question = { report: 'shipments', query: { as_of: '2026-01-20' } };
  expect(recount(question, counted, [])).toEqual([
    {
      bucket: null,
      group: null,
      shipments: 2,
      delivery_rate: { share: 0.5, count: 1, of: 2 },
      delayed: { share: 1, count: 2, of: 2 },
      late: { share: 1, count: 1, of: 1 },
      by_phase: { delivered: 1, in_transit: 1 },
      by_flag: { normal: 2 },
      returns: 1,
    },
  ]);
});

test('delivery times are in days, and in days on which one works', () => {
  expect(rows('delivery-times', { target_days: '5' })).toEqual([
    expect.objectContaining({
      placed_to_delivered: {
        average: 5.1,
        sum: 5.1,
        count: 1,
        business_days: { average: 4, sum: 4, count: 1 },
        invalid: 0,
      },
      above_target: { share: 1, count: 1, of: 1 },
    }),
  ]);
});

test('what ends before it begins is invalid', () => {
  const early = [order('1', { shipments: [slot({ phase_since: '2026-01-09T10:00:00.000Z' })] })];
  const [row] = recount({ report: 'delivery-times', query: { target_days: '5' } }, early, []);
  expect(row).toMatchObject({
    placed_to_delivered: { average: null, count: 0, invalid: 1 },
    above_target: { share: null, count: 0, of: 0 },
  });
});

test('an order is affected once, on the day of its first claim that is not deleted', () => {
  const claims = [
    claim({ created_at: '2026-01-18T12:00:00.000Z', deleted_at: '2026-01-19T12:00:00.000Z' }),
    claim(),
    claim({ created_at: '2026-01-21T12:00:00.000Z', reason: 'return' }),
  ];
  const found = rows('claims', { bucket: 'day' }, claims);
  expect(found).toEqual([
    expect.objectContaining({ bucket: '2026-01-20', claims: 1, affected_orders: 1 }),
    expect.objectContaining({ bucket: '2026-01-21', claims: 1, affected_orders: 0 }),
    expect.objectContaining({ bucket: '2026-01-12', claims: 0, claim_rate: { share: 0, count: 0, of: 1 } }),
  ]);
});
