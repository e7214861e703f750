import { phases } from '@waybill/contracts';
import * as fc from 'fast-check';
import { ask, claim, order, product, slot } from './figures.samples.spec-data';
import { queryIssues, reports } from './report-query';

/** Printed in the title of every property, so that a red run can be repeated: `WAYBILL_SEED=… jest …`. */
export const seed = Number(process.env['WAYBILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How often a property is tried; `WAYBILL_RUNS=20` looks twenty times as long. */
export const runs = (often: number) => ({ seed, numRuns: often * Number(process.env['WAYBILL_RUNS'] ?? 1) });

const start = Date.parse('2026-01-24T00:00:00Z');
const hours = fc.integer({ min: 0, max: 14 * 24 });
const time = hours.map((count) => new Date(start + count * 3_600_000).toISOString());
const day = fc
  .integer({ min: 0, max: 15 })
  .map((count) => new Date(start + count * 86_400_000).toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const amount = fc.integer({ min: 0, max: 300 });
const country = maybe(fc.constantFrom('DE', 'AT'));
const province = maybe(fc.constantFrom('BE', 'TI'));
const segments = fc.uniqueArray(fc.constantFrom('a', 'b', 'a:b'), { maxLength: 2 });
const carrier = fc.constantFrom('dhl', 'ups');
const phase = fc.oneof(fc.constant('delivered' as const), fc.constantFrom(...phases));
const flag = fc.constantFrom('normal', 'delay', 'error');

const parcel = fc
  .record({
    status: fc.constantFrom('fulfilled', 'fulfilled', 'draft'),
    direction: fc.constantFrom('merchant_customer', 'merchant_customer', 'customer_merchant'),
    carrier_reference: carrier,
    tracking_placed_at: time,
    phase,
    phase_since: time,
    flag,
    estimated_arrival: maybe(time.map((to) => ({ from: null, to, predicted_at: to }))),
    picked_up_at: maybe(time),
    had_delay: fc.boolean(),
  })
  .map((change) => slot(change as Parameters<typeof slot>[0]));

const line = fc
  .record({
    sku: maybe(fc.constantFrom('TEE-L', 'a/b.$')),
    title: maybe(fc.constant('Mug')),
    quantity: fc.integer({ min: 1, max: 3 }),
    price: maybe(amount),
  })
  .map((change) => product(change));

const word = fc.constantFrom('x', 'y/z');
const analytics = fc.record(
  {
    campaign_id: word,
    campaign: word,
    campaign_code: word,
    source: word,
    medium: word,
    affiliate_code: word,
  },
  { requiredKeys: [] },
);

const orderId = fc.constantFrom('1', '2', '3', '4');

/** Any snapshot of one of four orders; what belongs together in a real one need not here. */
export const anyOrder = fc
  .record({
    uuid: orderId,
    order_placed_at: time,
    total_order_price: maybe(amount),
    sub_total_price: maybe(amount),
    shipping_price: maybe(amount),
    discount_price: amount,
    currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
    products: fc.array(line, { maxLength: 3 }),
    campaign_segments: segments,
    order_analytics: analytics,
    status: fc.constantFrom('placed', 'partially_fulfilled', 'fulfilled', 'cancelled'),
    first_dispatched_at: maybe(time),
    shipments: fc.array(parcel, { maxLength: 3 }),
    country,
    province,
  })
  .map((change) => order(change as Parameters<typeof order>[0]));

export const anyClaim = fc
  .record({
    claim: fc.constantFrom('A', 'B', 'C'),
    // few orders, so that most have several claims
    order_id: fc.constantFrom('1', '2'),
    reason: fc.constantFrom('damage', 'return'),
    flow: maybe(fc.constantFrom('defective', 'return')),
    resolution_preference: maybe(fc.constantFrom('refund', 'reorder')),
    status: fc.constantFrom('pending', 'closed'),
    carrier_reference: carrier,
    shipment_phase: fc.constantFrom('delivered', 'in_transit'),
    campaign_segments: segments,
    created_at: time,
    deleted_at: fc.option(time, { nil: null, freq: 3 }),
    selected_items: fc.array(
      fc
        .constantFrom('TEE-L', 'a/b.$')
        .map((sku) => ({ quantity: 2, sku, title: null, net_price: null, image_urls: [] })),
      { maxLength: 2 },
    ),
    country,
    province,
  })
  .map(({ claim: name, ...change }) => claim({ ...change, claim_id: `${change.order_id}/${name}` }));

/** A query that can be answered. */
export const anyQuery = fc
  .record({
    report: fc.constantFrom(...reports),
    from: day,
    to: day,
    bucket: fc.constantFrom('day', 'week', 'month', 'total'),
    groupBy: maybe(
      fc.constantFrom('country_code', 'province_code', 'carrier_reference', 'segment', 'campaign'),
    ),
    filters: fc.oneof(
      fc.constant({}),
      fc.record(
        {
          segment: fc.constantFrom('a', 'b', 'a:b'),
          carrier,
          phase: fc.constantFrom('delivered', 'in_transit'),
          flag,
          country: fc.constantFrom('DE', 'unknown'),
        },
        { requiredKeys: [] },
      ),
    ),
    targetDays: fc.integer({ min: 1, max: 10 }),
    asOf: day,
  })
  .map(({ from, to, ...query }) => {
    const [first = from, last = to] = [from, to].toSorted();
    return ask({ ...query, from: first, to: last });
  })
  .filter((query) => queryIssues(query).length === 0);
