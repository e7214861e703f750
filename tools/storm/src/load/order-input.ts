import { type LoadOrder, type LoadWorld, numberOf } from './load-world';

/** Far below the most that an order may have. */
const mostTrackings = 20;

/** All that a shop says of an order; a name that it has never had before is in it. */
export function orderInput(world: LoadWorld, order: LoadOrder): Record<string, unknown> {
  const { random } = world;
  return {
    order_number: order.number,
    order_name: world.unique(),
    external_id: `ext-${order.number}`,
    order_placed_at: dayOf(random.int(1, 28)),
    currency: 'EUR',
    ...(random.chance(0.7) ? { total_order_price: random.int(0, 20_000) / 100 } : { shipping_price: 3.9 }),
    address: {
      name: 'Ada Example',
      city: 'Berlin',
      zip_code: '10115',
      ...(random.chance(0.8) ? { country_code: random.pick(['DE', 'AT']) } : {}),
    },
    segments: random.chance(0.5) ? ['default'] : ['default', 'b2b'],
    products: [
      { sku: 'MUG-1', title: 'Mug', price: 12.9, quantity: random.int(1, 4), weight: 300 },
      ...(random.chance(0.3) ? [{ title: 'Card', quantity: 1 }] : []),
    ],
    ...(random.chance(0.3) ? { expected_number_of_shipments: random.int(1, 4) } : {}),
  };
}

/** The next parcel of an order; every fifth names no carrier. */
export function trackingOf(world: LoadWorld, order: LoadOrder): Record<string, unknown> {
  const { random } = world;
  const isNew = order.trackings < mostTrackings;
  const n = isNew ? (order.trackings += 1) : random.int(1, mostTrackings);
  return {
    tracking_number: numberOf(order, n),
    external_shipment_id: world.unique(),
    ...(random.chance(0.5) ? { tracking_placed_at: dayOf(random.int(5, 31)) } : {}),
    ...(n % 5 === 0 ? {} : { carrier_reference: 'dhl' }),
  };
}

/** A day of a month in the past, in which all that happens happens. */
export const dayOf = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T09:00:00.000Z`;
