import { orderId, shipmentId } from '@waybill/contracts';
import * as fc from 'fast-check';
import type { Sent } from './order.book.spec-data';

/** Printed in the title of every property, so that a red run can be repeated: `WAYBILL_SEED=… jest …`. */
export const seed = Number(process.env['WAYBILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How often a property is tried; `WAYBILL_RUNS=20` looks twenty times as long. */
export const runs = (often: number) => ({ seed, numRuns: often * Number(process.env['WAYBILL_RUNS'] ?? 1) });

const shop = fc.oneof(
  { weight: 9, arbitrary: fc.constant('demo-shop') },
  { weight: 1, arbitrary: fc.constant('other-shop') },
);
const orderNumber = fc.oneof(
  { weight: 6, arbitrary: fc.constant('10001') },
  { weight: 3, arbitrary: fc.constant('10002') },
  { weight: 1, arbitrary: fc.constant('10003') },
);
const externalId = fc.constantFrom('E-1', 'E-2', '10001');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const amount = fc.integer({ min: 0, max: 99_999_999 }).map((units) => units / 10_000);
const productName = fc.constantFrom(
  { sku: 'TEE-L' },
  { sku: 'MUG-1', title: 'Mug' },
  { title: 'Care set' },
  { variant_id: 'v-101' },
);
const taxLine = fc.record({ price: amount, currency: optional(fc.constantFrom('EUR', null)) });
const item = fc
  .record({
    names: productName,
    quantity: optional(fc.integer({ min: 1, max: 3 })),
    price: optional(amount),
    tax_lines: fc.array(taxLine, { maxLength: 1 }),
  })
  .map(({ names, ...rest }) => ({ ...names, ...rest }));
const product = fc.oneof(
  item,
  fc
    .record({ item, bundled_products: fc.array(item, { maxLength: 2 }) })
    .map(({ item: line, ...rest }) => ({ ...line, ...rest, type: 'bundle' })),
);
const products = fc.array(product, { maxLength: 4, size: 'max' });

const address = fc.record({
  zip_code: fc.constantFrom('12345', '1099'),
  name: optional(fc.constantFrom('Alex Example', ' Sam Sample ', null)),
  address_line_1: optional(fc.constantFrom('Musterstraße 1', '', null)),
  address_line_2: optional(fc.constantFrom('2. OG', null)),
  street: optional(fc.constantFrom('Beispielgasse 2', null)),
  country_code: optional(fc.constantFrom('de', 'AT', null)),
});

const map = fc.dictionary(
  fc.constantFrom('campaign', 'source', 'a.b', '0'),
  fc.oneof(fc.constantFrom('x', 'y', null, true), fc.integer()),
  { maxKeys: 3 },
);
const expected = fc.integer({ min: 1, max: 5 });

const orderFields = fc.record(
  {
    order_name: fc.constantFrom('Gift', 'Gift 2', null),
    external_id: fc.constantFrom('E-1', 'E-2', null),
    external_customer_id: fc.constantFrom('cust-7', null),
    order_placed_at: fc.constantFrom('2026-01-10T09:00:00+01:00', '2026-01-09T08:00:00Z'),
    total_order_price: fc.oneof(amount, fc.constant(null)),
    shipping_price: amount,
    discount_price: amount.map((value) => -value),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'jpy', 'KWD'),
    products,
    discounts: fc.array(
      fc.record({ code: fc.constantFrom('WINTER10', ''), amount: fc.constantFrom('-10.0', 5, null) }),
      { maxLength: 2 },
    ),
    email_id: fc.constantFrom('alex@example.com', 'Kim@Example.com', null),
    segments: fc.array(fc.constantFrom('default', 'b2b', 'vip'), { maxLength: 3 }),
    weight: fc.constantFrom(100, 0.5, null),
    user_agent: fc.constantFrom('browser', null),
    order_analytics: map,
    expected_number_of_shipments: expected,
  },
  { requiredKeys: [] },
);

const trackingNumber = fc.constantFrom(
  '00340000000000010011',
  '1Z EXAMPLE000010012',
  '4711',
  '4712',
  '4713',
  '4714',
  '4715',
);

const tracking = fc.record(
  {
    tracking_number: trackingNumber,
    carrier_reference: fc.constantFrom('dpd', 'gls', 'unknown'),
    tracking_url: fc.constantFrom('https://carrier.example.com/1', null),
    tracking_placed_at: fc.constantFrom('2026-01-11T08:00:00Z', '2026-01-12T08:00:00Z'),
    external_shipment_id: fc.constantFrom('F-1', 'F-2', null),
    direction: fc.constantFrom('merchant_customer', 'merchant_customer', 'customer_merchant'),
    products: fc.oneof(fc.constant(null), fc.array(item, { maxLength: 1 })),
  },
  { requiredKeys: ['tracking_number'] },
);
const trackings = fc.array(tracking, { maxLength: 4 });

const reference = fc.oneof(
  { weight: 6, arbitrary: orderNumber.map((id) => ({ id, id_type: 'order_number' })) },
  { weight: 1, arbitrary: externalId.map((id) => ({ id, id_type: 'external_id' })) },
);

const newOrder = fc
  .record({ fields: orderFields, address, order_number: orderNumber })
  .map(({ fields, ...rest }) => ({ ...fields, ...rest }));
const wholeOrder = fc
  .record({ fields: orderFields, address })
  .map(({ fields, ...rest }) => ({ ...fields, ...rest }));
const order = fc.oneof(
  { weight: 1, arbitrary: newOrder },
  { weight: 2, arbitrary: wholeOrder },
  { weight: 4, arbitrary: orderFields },
);

const byNumber = orderNumber.map((id) => ({ id }));
const ordinal = fc.integer({ min: 1, max: 7 });

/** Commands by name; `ordinal` stands for the id of that slot, which the shop and the number give. */
const bodies: Readonly<Record<string, { readonly weight: number; readonly body: fc.Arbitrary<object> }>> = {
  'upsert-order': {
    weight: 8,
    body: fc.record({
      reference,
      order: optional(order),
      trackings: optional(trackings),
      order_analytics: optional(fc.oneof(map, fc.constant(null))),
    }),
  },
  'place-order': { weight: 2, body: fc.record({ order: newOrder, order_analytics: optional(map) }) },
  'update-order': {
    weight: 3,
    body: fc.record({
      reference,
      address: optional(
        fc.record({ name: fc.constantFrom('Kim Muster', null), city: optional(fc.constant('Musterstadt')) }),
      ),
      expected_number_of_shipments: expected,
    }),
  },
  'update-shipment': {
    weight: 2,
    body: fc.record({
      reference: byNumber,
      ordinal,
      products: fc.oneof(fc.constant(null), fc.array(item, { maxLength: 1 })),
      tracking_url: optional(fc.constantFrom('https://carrier.example.com/2', null)),
    }),
  },
  'upsert-order-analytics': { weight: 1, body: fc.record({ reference, order_analytics: map }) },
  'cancel-order': {
    weight: 1,
    body: fc.record({ reference, reason: optional(fc.constant('ordered twice')) }),
  },
  'record-shipment-progress': {
    weight: 3,
    body: fc.record({
      reference: byNumber,
      ordinal,
      shipment_sequence: fc.integer({ min: 1, max: 12 }),
      phase: fc.constantFrom('order_processed', 'in_transit', 'delivered'),
      phase_since: fc.constantFrom('2026-01-13T08:00:00Z', '2026-01-14T08:00:00Z'),
      flag: fc.constantFrom('normal', 'delay'),
      estimated_arrival: fc.constantFrom(null, {
        from: null,
        to: '2026-01-15T08:00:00Z',
        predicted_at: '2026-01-13T08:00:00Z',
      }),
      picked_up_at: fc.constantFrom(null, '2026-01-13T08:00:00Z'),
      had_delay: fc.boolean(),
      carrier_reference: fc.constantFrom(null, 'dpd', 'dhl'),
    }),
  },
};

interface Body {
  readonly reference?: { readonly id: string };
  readonly ordinal?: number;
  readonly order?: object;
}

function dataOf(shopSlug: string, { reference: named, ordinal: slot, ...rest }: Body): object {
  const shipment =
    slot === undefined ? {} : { shipment_id: shipmentId(orderId(shopSlug, named?.id ?? ''), slot) };
  // through JSON, because a message has no undefined members
  return JSON.parse(JSON.stringify({ shop_slug: shopSlug, ...named, ...shipment, ...rest }));
}

/** A command as it is sent; `id` and `time` are given by its place in the history. */
export type Unsent = Pick<Sent, 'type' | 'data'>;

export const anyCommand: fc.Arbitrary<Unsent> = fc.oneof(
  ...Object.entries(bodies).map(([name, { weight, body }]) => ({
    weight,
    arbitrary: fc
      .record({ shopSlug: shop, body })
      .map(({ shopSlug, body: members }) => ({ type: `orders.${name}.v1`, data: dataOf(shopSlug, members) })),
  })),
);

const opening = fc.tuple(wholeOrder, wholeOrder).map((orders) =>
  orders.map((input, i) => ({
    type: 'orders.upsert-order.v1',
    data: dataOf('demo-shop', { reference: { id: `1000${i + 1}` }, order: input }),
  })),
);

/** A history that begins with two orders, so that more than refusals happens. */
export const history: fc.Arbitrary<readonly Unsent[]> = fc
  .tuple(opening, fc.array(anyCommand, { minLength: 1, maxLength: 24, size: 'max' }))
  .map(([orders, commands]) => [...orders, ...commands]);

/** Commands sent one minute after the other. */
export const sentAt = (command: Unsent, minute: number): Sent => ({
  ...command,
  id: `m-${minute}`,
  source: 'shop-sync',
  time: new Date(Date.UTC(2026, 0, 10, 8, minute)).toISOString(),
});
