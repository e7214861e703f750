import { orderId, shipmentId } from '@waybill/contracts';
import * as fc from 'fast-check';
import { history } from '../../apps/orders/src/order/order.arbitraries.spec-data';
import { eventNames } from '../../apps/shipments/src/shipment/shipment.arbitraries.spec-data';
import type { Sent } from './two-services.spec-data';

const shop = 'demo-shop';
const time = fc.integer({ min: 0, max: 9 }).map((hour) => `2026-01-13T0${hour}:00:00Z`);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const estimate = fc.record({
  from: fc.constant(null),
  to: fc.constantFrom('2026-01-13T10:00:00Z', '2026-01-15T10:00:00Z'),
  predicted_at: fc.constantFrom('2026-01-13T01:00:00Z', '2026-01-13T02:00:00Z'),
});

/** Without what is undefined: a message has no such members. */
const message = (name: string, key: string, data: object): Sent =>
  JSON.parse(JSON.stringify({ type: `shipments.${name}.v1`, key, data: { shop_slug: shop, ...data } }));

// the numbers of orders' histories, with the carriers that these give them, and with wrong ones
const number = fc.record({
  tracking_number: fc.constantFrom('00340000000000010011', '1ZEXAMPLE000010012', '4711', '4712', '4713'),
  carrier_reference: fc.constantFrom('dhl', 'ups', 'dpd', 'gls'),
});

/** Under a key of their own: carriers know no order. */
const scan = fc
  .record({
    number,
    event_name: eventNames,
    event_time: time,
    external_id: optional(fc.constantFrom('S-1', 'S-2', 'S-3')),
    estimated_arrival: optional(estimate),
  })
  .map(({ number: named, ...data }) =>
    message('record-scan', `${named.carrier_reference} ${named.tracking_number}`, { ...named, ...data }),
  );

const parcel = fc
  .record({ order: fc.constantFrom('10001', '10002'), ordinal: fc.integer({ min: 1, max: 4 }) })
  .map(({ order, ordinal }) => ({
    key: orderId(shop, order),
    id: shipmentId(orderId(shop, order), ordinal),
  }));

const merchantEvent = fc
  .record({
    parcel,
    event_name: fc.constantFrom('ORDER_IN_PROCESSING', 'DELAYED', 'SUCCESSFULLY_DELIVERED', 'gift_wrapped'),
    event_time: time,
    external_id: fc.constantFrom('W-1', 'W-2', 'W-3'),
  })
  .map(({ parcel: { key, id }, ...data }) =>
    message('add-shipment-event', key, { shipment_id: id, ...data }),
  );

const prediction = fc
  .record({ parcel, estimate })
  .map(({ parcel: { key, id }, estimate: data }) =>
    message('update-estimated-arrival', key, { shipment_id: id, ...data }),
  );

const check = fc
  .record({ parcel, as_of: fc.constantFrom('2026-01-14T12:00:00Z', '2026-01-16T00:00:00Z') })
  .map(({ parcel: { key, id }, as_of }) =>
    message('check-estimated-arrival', key, { shipment_id: id, as_of }),
  );

const ofParcels = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: scan },
    { weight: 2, arbitrary: merchantEvent },
    { weight: 1, arbitrary: prediction },
    { weight: 1, arbitrary: check },
  ),
  { maxLength: 24, size: 'max' },
);

/** Commands about orders, keyed as producers key them; what shipments say of themselves is said by them alone. */
const ofOrders = history.map((commands) =>
  commands
    .filter(({ type }) => type !== 'orders.record-shipment-progress.v1')
    .map(({ type, data }): Sent => {
      const { shop_slug, id, order } = data as Record<string, string> & { order?: { order_number?: string } };
      return { type, data, key: `${shop_slug}/${id ?? order?.order_number}` };
    }),
);

/** Commands to both services, and how many others are produced before each. */
export const commands: fc.Arbitrary<readonly Sent[]> = fc
  .tuple(ofOrders, ofParcels, fc.infiniteStream(fc.boolean()))
  .map(([orders, parcels, turns]) => {
    const [toOrders, toParcels] = [[...orders], [...parcels]];
    const all: Sent[] = [];
    while (toOrders.length + toParcels.length > 0) {
      const isOrder = turns.next().value === true;
      all.push(
        ...((isOrder && toOrders.length > 0) || toParcels.length === 0 ? toOrders : toParcels).splice(0, 1),
      );
    }
    return all;
  });

const carrier = fc.constantFrom('dpd', 'gls');

const upsert = (id: string, data: object): Sent => ({
  type: 'orders.upsert-order.v1',
  key: `${shop}/${id}`,
  data: JSON.parse(JSON.stringify({ shop_slug: shop, id, ...data })),
});

const numbered = (data: object = {}) =>
  upsert('10001', { trackings: [{ tracking_number: '4711', ...data }] });

const spoken = carrier.map((carrier_reference) =>
  message('record-scan', `${carrier_reference} 4711`, {
    tracking_number: '4711',
    carrier_reference,
    event_name: 'CARRIER_PICKED_UP',
    event_time: '2026-01-13T08:00:00Z',
  }),
);

/** One number of one order, at first of a carrier that nobody knows; then the order and carriers say who carries it. */
export const oneNumber: fc.Arbitrary<readonly Sent[]> = fc
  .array(
    fc.oneof(
      carrier.map((carrier_reference) => numbered({ carrier_reference })),
      spoken,
    ),
    {
      minLength: 3,
      maxLength: 7,
      size: 'max',
    },
  )
  .map((all) => [
    upsert('10001', { order: { address: { zip_code: '12345' }, expected_number_of_shipments: 3 } }),
    numbered(),
    ...all,
  ]);
