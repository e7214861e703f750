import type { Decision } from '@waybill/decider';
import { orderDecider } from './order.decider';
import type { OrderCommand } from './order.commands';
import type { OrderEvent } from './order.events';
import type { LiveOrder, Order } from './order.state';
import { live } from './order.evolve';
import { toCommand } from './order.to-command';

export const shop = 'demo-shop';
export const placedAt = '2026-01-10T08:00:05.000Z';
export const later = '2026-01-12T09:00:00.000Z';

/** A command to order 10001 of demo-shop, as it comes out of a valid message. */
export const command = (name: string, data: object = {}, time = later): OrderCommand =>
  toCommand({
    type: `orders.${name}.v1`,
    id: 'm-01',
    source: 'shop-sync',
    time,
    data: { shop_slug: shop, ...(name === 'place-order' ? {} : { id: '10001' }), ...data },
  });

export const decide = (
  order: Order | null,
  wanted: OrderCommand,
  taken: readonly string[] = [],
): Decision<OrderEvent> => orderDecider.decide(order, wanted, { taken: new Set(taken) });

/** The order after commands that must all be accepted. */
export const after = (...commands: readonly OrderCommand[]): Order | null =>
  commands.reduce<Order | null>((order, one) => apply(order, one), null);

export function apply(order: Order | null, wanted: OrderCommand): Order | null {
  const decision = decide(order, wanted);
  if (decision.outcome !== 'accepted') throw new Error(`${wanted.type} was ${JSON.stringify(decision)}`);
  return decision.events.reduce<Order | null>((state, event) => orderDecider.evolve(state, event), order);
}

export const alive = (...commands: readonly OrderCommand[]): LiveOrder => live(after(...commands));

export const address = { name: 'Alex Example', country_code: 'DE', zip_code: '12345' };

export const shirt = {
  title: 'Organic T-shirt',
  sku: 'TEE-L',
  variant_id: 'v-101',
  quantity: 2,
  price: 29.99,
};
export const careSet = {
  title: 'Care set',
  sku: 'SET-1',
  quantity: 2,
  price: 20,
  type: 'bundle',
  bundled_products: [{ title: 'Soap', sku: 'SOAP-1', quantity: 3 }],
};

export const orderInput = {
  order_number: '10001',
  order_placed_at: '2026-01-10T08:00:00Z',
  total_order_price: 76.88,
  address,
  products: [shirt, careSet],
  expected_number_of_shipments: 2,
};

export const first = { tracking_number: '00340000000000010011' };
export const second = { tracking_number: '1ZEXAMPLE000010012' };
export const back = { tracking_number: '00340000000000010099', direction: 'customer_merchant' };

/** Ids of demo-shop/10001 and of its first slots (domain 1.7). */
export const orderUuid = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
export const firstShipment = 'c376e889-76c9-5c95-ad8b-a381eae0408d';
export const secondShipment = 'd36f71f1-bd23-5f28-8ecc-1c6346607362';

export const place = command('upsert-order', { order: orderInput }, placedAt);
export const attach = (...trackings: readonly object[]): OrderCommand =>
  command('upsert-order', { trackings });
export const upsert = (order: object): OrderCommand => command('upsert-order', { order });
export const cancel = command('cancel-order', { reason: 'ordered twice' });

export const progress = (data: object = {}): OrderCommand =>
  command('record-shipment-progress', {
    shipment_id: firstShipment,
    shipment_sequence: 5,
    phase: 'in_transit',
    phase_since: '2026-01-12T17:05:00Z',
    flag: 'normal',
    estimated_arrival: null,
    picked_up_at: null,
    had_delay: false,
    carrier_reference: null,
    ...data,
  });

/** One order of each status, and the one that is not known. */
export const statuses = {
  'not known': null,
  placed: after(place),
  partially_fulfilled: after(place, attach(first)),
  fulfilled: after(place, attach(first, second)),
  cancelled: after(place, cancel),
} as const;
