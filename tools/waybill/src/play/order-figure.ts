import { centsOf, type OrderFigure } from '../olist/independent-figures';

/** As much of an order's snapshot as the figures need; the HTTP door shows the same shape. */
export interface OrderSnapshot {
  readonly order_number: string;
  readonly status: string;
  readonly order_placed_at: string;
  readonly shipping_price: number | null;
  readonly products: readonly { readonly price: number | null; readonly quantity: number }[];
  readonly shipments: readonly Slot[];
}

/** What an order shows of one of its parcels. */
export interface Slot {
  readonly shipment_id: string;
  readonly ordinal: number;
}

/** What an order is worth as it was published: its lines and its shipping. */
export function orderFigure(order: OrderSnapshot): OrderFigure {
  const lines = order.products.map(({ price, quantity }) => centsOfNumber(price) * quantity);
  return {
    status: order.status,
    month: order.order_placed_at.slice(0, 7),
    cents: lines.reduce((sum, line) => sum + line, centsOfNumber(order.shipping_price)),
  };
}

function centsOfNumber(amount: number | null): number {
  return amount === null ? 0 : centsOf(String(amount));
}
