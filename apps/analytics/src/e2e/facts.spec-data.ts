import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OrderSnapshotDto } from '@waybill/contracts';

interface Envelope {
  readonly [member: string]: unknown;
  readonly data: { readonly order: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;
}

const examples = resolve(__dirname, '../../../../docs/examples/orders.order-placed.v1.json');
const [{ payload }] = JSON.parse(readFileSync(examples, 'utf8')) as [{ payload: Envelope }];

/** A UUID that is the same for the same order number. */
export function orderId(orderNumber: string): string {
  const hex = createHash('sha256').update(orderNumber).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A fact of an order as the orders service writes it: the one of docs/examples, with another snapshot. */
export function orderFact(
  orderNumber: string,
  sequence: number,
  changes: Partial<OrderSnapshotDto>,
  attributes: Readonly<Record<string, unknown>> = {},
): Envelope {
  const id = orderId(orderNumber);
  const named = { order_number: orderNumber, shop_slug: 'demo-shop' };
  const order = { ...payload.data.order, ...named, uuid: id, ...changes };
  return {
    ...payload,
    id: `${id}/${sequence}`,
    subject: id,
    sequence,
    ...attributes,
    data: { ...payload.data, ...named, order_id: id, order },
  };
}

/** An order of January, worth `total` euros. */
export const january = (total: number): Partial<OrderSnapshotDto> => ({
  order_placed_at: '2026-01-10T08:00:00.000Z',
  total_order_price: total,
  currency: 'EUR',
});
