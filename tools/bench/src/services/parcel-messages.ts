import { shipmentId, uuidV5 } from '@waybill/contracts';
import { type BenchMessage, idOf, orderMessage, shop } from '../order-message';

const firstMs = Date.UTC(2026, 0, 10, 8);
const hourMs = 3_600_000;
const carriers = ['dhl', 'dpd', 'gls'];

const timeOf = (ms: number): string => new Date(ms).toISOString();
const carrierOf = (order: number): string => carriers[order % carriers.length] ?? 'dhl';
const numberOfParcel = (order: number): string => `WB${1_000_000_000 + order}`;
const parcelId = (order: number): string => shipmentId(idOf(order), 1);

/** Every so many orders the same products come again: a shop of some hundred articles. */
const productsRepeat = 200;

/** Orders are placed evenly over this many days from the first one on, one after the other. */
const daysOfOrders = 30;
export const firstDay = '2026-01-10';
export const dayAfterLast = '2026-02-10';

const placedMsOf = (order: number, orders: number): number =>
  firstMs + Math.floor((order * daysOfOrders * 24 * hourMs) / orders);

const placed = (order: number, placedMs: number, trackings?: readonly object[]): BenchMessage =>
  orderMessage(order, 0, 'usual', {
    placedAt: timeOf(placedMs),
    productsOf: order % productsRepeat,
    ...(trackings && { trackings }),
  });

/** The command that places an order, of so many, and dispatches its one parcel two hours later. */
export function dispatchedOrder(order: number, orders: number): BenchMessage {
  const placedMs = placedMsOf(order, orders);
  const tracking = {
    tracking_number: numberOfParcel(order),
    carrier_reference: carrierOf(order),
    tracking_placed_at: timeOf(placedMs + 2 * hourMs),
  };
  return placed(order, placedMs, [tracking]);
}

export function* dispatchedOrders(orders: number): Iterable<BenchMessage> {
  for (let order = 0; order < orders; order++) yield dispatchedOrder(order, orders);
}

/** The same orders, none of them dispatched. */
export function* placedOrders(orders: number): Iterable<BenchMessage> {
  for (let order = 0; order < orders; order++) yield placed(order, placedMsOf(order, orders));
}

/** So many orders at a time go through all that happens to them: a window anywhere meets all of it. */
const together = 500;

/** Each step of each order, those of one order in their turn. */
export function* stepsOf(orders: number, steps: number): Iterable<{ order: number; nth: number }> {
  for (let from = 0; from < orders; from += together)
    for (let nth = 0; nth < steps; nth++)
      for (let order = from; order < Math.min(orders, from + together); order++) yield { order, nth };
}

/** What carriers send of the parcels of so many orders; the last scan delivers. */
export function* scans(orders: number, each: number): Iterable<BenchMessage> {
  for (const { order, nth } of stepsOf(orders, each))
    yield command('shipments.record-scan.v1', `scan-${order}-${nth}`, numberOfParcel(order), {
      shop_slug: shop,
      carrier_reference: carrierOf(order),
      tracking_number: numberOfParcel(order),
      event_name: scanName(nth, each),
      event_time: timeOf(firstMs + (nth + 3) * hourMs),
      external_id: `scan-${nth}`,
      location: { name: `Hub ${nth % 40}`, city: 'Musterstadt', country_code: 'DE' },
    });
}

function scanName(nth: number, each: number): string {
  if (nth === each - 1) return 'SUCCESSFULLY_DELIVERED';
  if (nth === each - 2) return 'OUT_FOR_DELIVERY';
  if (nth === 0) return 'CARRIER_PICKED_UP';
  return nth % 2 === 1 ? 'ARRIVAL_AT_TRANSPORT_HUB' : 'DEPARTURE_FROM_TRANSPORT_HUB';
}

/** What a claim goes through, one command for each step. */
export const claimSteps = ['pending', 'accepted', 'closed'] as const;

/** A claim on the parcel of each order, accepted and closed. */
export function* claimCommands(orders: number): Iterable<BenchMessage> {
  for (const { order, nth } of stepsOf(orders, claimSteps.length)) {
    const status = claimSteps[nth] ?? 'pending';
    const named = { shop_slug: shop, claim_id: uuidV5(idOf(order), 'bench claim') };
    const id = `claim-${order}-${status}`;
    if (nth === 0) yield command('claims.create-claim.v1', id, idOf(order), { ...named, ...claimOn(order) });
    else yield command('claims.update-claim.v1', id, idOf(order), { ...named, status });
  }
}

const claimOn = (order: number): object => ({
  shipment_id: parcelId(order),
  reason: 'damage',
  flow: 'defective',
  resolution_preference: 'refund',
  description: `The box of order ${order} was open and the bottle in it broken.`,
  selected_items: [{ quantity: 1, title: 'Bottle 0.75 l', net_price: 19.9 }],
  image_urls: [`https://cdn.example.com/claims/${order}.jpg`],
});

const command = (type: string, id: string, key: string, data: object): BenchMessage => ({
  key,
  value: Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id: `bench-${id}`,
      source: 'bench',
      type,
      time: timeOf(firstMs + 200 * 24 * hourMs),
      datacontenttype: 'application/json',
      data,
    }),
  ),
});
