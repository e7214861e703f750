import { orderId, shipmentId } from '@waybill/contracts';
import { later, message, type MessageParts } from '../play/message';
import type { PlannedMessage } from '../play/planned-message';
import type { OlistItem, OlistOrder } from './olist-order';

/**
 * The commands that tell the life of one order and of its parcel, in order. Their ids are the same in every run. What a
 * carrier says names the parcel by its number, so it may come at any time, also before the number: as the estimates do.
 */
export function messagesOfRow(order: OlistOrder, shop: string): PlannedMessage[] {
  const { handedOverAt, deliveredAt, estimatedAt } = order;
  const cancelled = order.status === 'canceled' ? [cancel(order, shop)] : [];
  if (handedOverAt === null) return [place(order, shop), ...cancelled];
  return [
    place(order, shop),
    ...(estimatedAt === null ? [] : [estimateMessage(order, numberOf(order), estimatedAt, shop)]),
    handOver(order, handedOverAt, shop),
    scan(order, { name: 'CARRIER_PICKED_UP', at: handedOverAt, externalId: `P-${order.orderId}` }, shop),
    ...(deliveredAt === null ? [] : [scan(order, { name: 'SUCCESSFULLY_DELIVERED', at: deliveredAt }, shop)]),
    ...cancelled,
  ];
}

/** The estimate of a parcel that never got a number: it is named by its id, so its draft must be there already. */
export function draftEstimate(order: OlistOrder, shop: string): PlannedMessage[] {
  const { handedOverAt, estimatedAt, status } = order;
  if (handedOverAt !== null || estimatedAt === null || status === 'canceled') return [];
  return [estimateMessage(order, { shipment_id: parcelOf(order, shop) }, estimatedAt, shop)];
}

function place(order: OlistOrder, shop: string): PlannedMessage {
  return command(order, shop, {
    name: 'upsert-order',
    step: 'placed',
    at: order.purchasedAt,
    gist: `${counted(order.items.length, 'item')} for ${order.customer.city}`,
    data: { order: orderInput(order) },
  });
}

/** The order as the shop sends it, in the shape of the command. */
export function orderInput({ purchasedAt, customer, items }: OlistOrder): Record<string, unknown> {
  return {
    order_placed_at: purchasedAt,
    currency: 'BRL',
    external_customer_id: customer.id,
    shipping_price: decimalSum(items.map(({ freight }) => freight)),
    address: {
      zip_code: customer.zipPrefix.padStart(5, '0'),
      city: customer.city,
      province_code: customer.state,
      country_code: 'BR',
    },
    products: orderLines(items),
  };
}

function handOver(order: OlistOrder, handedOverAt: string, shop: string): PlannedMessage {
  const carrier = namesCarrier(order) ? { carrier_reference: carrierOf(order) } : {};
  const tracking_number = trackingNumber(order);
  return command(order, shop, {
    name: 'upsert-order',
    step: 'handed-over',
    // some rows say that the carrier came before the purchase: it was heard of after it all the same
    at: later(handedOverAt, order.purchasedAt),
    gist: `tracking ${tracking_number}`,
    givesNumberTo: parcelOf(order, shop),
    data: { trackings: [{ tracking_number, ...carrier, tracking_placed_at: handedOverAt }] },
  });
}

function cancel(order: OlistOrder, shop: string): PlannedMessage {
  const dispatched = order.handedOverAt !== null;
  return command(order, shop, {
    name: 'cancel-order',
    step: 'cancelled',
    at: [order.purchasedAt, order.approvedAt, order.handedOverAt].reduce<string>(
      (latest, time) => later(latest, time ?? latest),
      order.purchasedAt,
    ),
    gist: 'the shop cancels it',
    data: {},
    expected: dispatched ? { outcome: 'refused', key: 'order_already_dispatched' } : { outcome: 'accepted' },
  });
}

interface Scan {
  readonly name: string;
  readonly at: string;
  readonly externalId?: string;
}

function scan(order: OlistOrder, { name, at, externalId }: Scan, shop: string): PlannedMessage {
  return byCarrier(order, shop, {
    name: 'record-scan',
    step: name.toLowerCase().replaceAll('_', '-'),
    at,
    gist: name,
    // a carrier cannot scan what nobody has handed over to it
    needsNumberOf: parcelOf(order, shop),
    data: {
      ...numberOf(order),
      event_name: name,
      event_time: at,
      ...(externalId === undefined ? {} : { external_id: externalId }),
    },
  });
}

const estimateMessage = (
  order: OlistOrder,
  parcel: { readonly shipment_id: string } | CarrierNumber,
  to: string,
  shop: string,
): PlannedMessage =>
  byCarrier(order, shop, {
    name: 'update-estimated-arrival',
    step: 'estimated',
    at: order.purchasedAt,
    gist: `until ${to.slice(0, 10)}`,
    data: { ...parcel, to, predicted_at: order.purchasedAt },
  });

const parcelOf = (order: OlistOrder, shop: string): string => shipmentId(orderId(shop, order.orderId), 1);

/** The data set has no tracking numbers: one is made from the order's id. */
export function trackingNumber(order: OlistOrder): string {
  return `OL${order.orderId.toUpperCase()}`;
}

/** How a carrier names the parcel of an order. */
export interface CarrierNumber {
  readonly carrier_reference: string;
  readonly tracking_number: string;
}

export const numberOf = (order: OlistOrder): CarrierNumber => ({
  carrier_reference: carrierOf(order),
  tracking_number: trackingNumber(order),
});

const carriers = ['dhl', 'ups', 'fedex', 'gls', 'postnord', 'dpd', 'usps'] as const;

/** Nor has it carriers: each order has one of some, always the same one. */
const carrierOf = (order: OlistOrder): string => carriers[checkSum(order) % carriers.length] ?? 'dhl';

/** Of every third order the shop does not know the carrier: its first scan tells it. */
export const namesCarrier = (order: OlistOrder): boolean => checkSum(order) % 3 !== 0;

const checkSum = ({ orderId: id }: OlistOrder): number =>
  id.split('').reduce((sum, letter) => sum + letter.charCodeAt(0), 0);

interface RowParts extends Pick<MessageParts, 'name' | 'at' | 'gist' | 'data' | 'expected'> {
  readonly step: string;
  readonly needsNumberOf?: string;
  readonly givesNumberTo?: string;
}

function command(order: OlistOrder, shop: string, { step, data, ...parts }: RowParts): PlannedMessage {
  const key = `${shop}/${order.orderId}`;
  return message({
    service: 'orders',
    ...parts,
    key,
    commandId: `${order.orderId}/${step}`,
    data: { shop_slug: shop, id: order.orderId, ...data },
    orderNumber: order.orderId,
    purpose: 'row',
  });
}

// a carrier knows nothing of orders: its messages lie in whatever partition its own key says
function byCarrier(order: OlistOrder, shop: string, { step, data, ...parts }: RowParts): PlannedMessage {
  return message({
    service: 'shipments',
    ...parts,
    key: `${carrierOf(order)}/${trackingNumber(order)}`,
    commandId: `${order.orderId}/${step}`,
    data: { shop_slug: shop, ...data },
    orderNumber: order.orderId,
    purpose: 'row',
  });
}

// each row of the file is one unit: equal ones become one line with a quantity
function orderLines(items: readonly OlistItem[]): { product_id: string; quantity: number; price: number }[] {
  const lines = Map.groupBy(items, ({ productId, price }) => JSON.stringify([productId, price]));
  return [...lines.values()].flatMap(([first, ...others]) =>
    first ? [{ product_id: first.productId, quantity: 1 + others.length, price: Number(first.price) }] : [],
  );
}

/** Sum of decimal texts with at most two decimals, as the number that prints with the same digits. */
export function decimalSum(texts: readonly string[]): number {
  const hundredths = texts.reduce((sum, text) => sum + Math.round(Number(text) * 100), 0);
  return hundredths / 100;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
