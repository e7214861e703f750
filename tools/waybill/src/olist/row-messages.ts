import type { PlannedMessage } from '../play/planned-message';
import type { OlistItem, OlistOrder } from './olist-order';

export const source = 'waybill-replay';

/** The commands that tell the life of one order, in order. Their ids are the same in every run. */
export function messagesOfRow(order: OlistOrder, shop: string): PlannedMessage[] {
  const handedOver = order.handedOverAt === null ? [] : [handOver(order, order.handedOverAt, shop)];
  const cancelled = order.status === 'canceled' ? [cancel(order, shop)] : [];
  return [place(order, shop), ...handedOver, ...cancelled];
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
  return command(order, shop, {
    name: 'upsert-order',
    step: 'handed-over',
    // some rows say that the carrier came before the purchase: it was heard of after it all the same
    at: later(handedOverAt, order.purchasedAt),
    gist: `tracking ${trackingNumber(order)}`,
    data: { trackings: [{ tracking_number: trackingNumber(order), tracking_placed_at: handedOverAt }] },
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

/** The data set has no tracking numbers: one is made from the order's id. */
export function trackingNumber(order: OlistOrder): string {
  return `OL${order.orderId.toUpperCase()}`;
}

interface CommandParts {
  readonly name: string;
  readonly step: string;
  readonly at: string;
  readonly gist: string;
  readonly data: Record<string, unknown>;
  readonly expected?: PlannedMessage['expected'];
}

function command(order: OlistOrder, shop: string, parts: CommandParts): PlannedMessage {
  const { name, step, at, gist, data, expected = { outcome: 'accepted' } } = parts;
  const commandId = `${order.orderId}/${step}`;
  const key = `${shop}/${order.orderId}`;
  return {
    key,
    value: JSON.stringify({
      specversion: '1.0',
      id: commandId,
      type: `orders.${name}.v1`,
      source,
      subject: key,
      time: at,
      data: { shop_slug: shop, id: order.orderId, ...data },
    }),
    at,
    commandId,
    name,
    gist,
    orderNumber: order.orderId,
    purpose: 'row',
    expected,
  };
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

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
