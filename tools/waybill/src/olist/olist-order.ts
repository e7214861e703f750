import { CommandFailure } from '../failure';
import type { OlistTables, Row } from './olist-tables';

export interface OlistItem {
  readonly productId: string;
  /** Decimal text, as in the file. */
  readonly price: string;
  readonly freight: string;
}

/** One order with its customer and items. Times are ISO 8601; the files give none an offset, they are read as UTC. */
export interface OlistOrder {
  readonly orderId: string;
  readonly status: string;
  readonly purchasedAt: string;
  readonly approvedAt: string | null;
  readonly handedOverAt: string | null;
  readonly deliveredAt: string | null;
  /** Until when the shop told the customer to expect it. */
  readonly estimatedAt: string | null;
  readonly customer: {
    readonly id: string;
    readonly zipPrefix: string;
    readonly city: string;
    readonly state: string;
  };
  readonly items: readonly OlistItem[];
}

/** Puts the rows of the three tables together. Fails when an order has no customer or no item. */
export function joinOrders(tables: OlistTables): OlistOrder[] {
  const items = Map.groupBy(tables.items, (row) => row['order_id'] ?? '');
  const customers = new Map(tables.customers.map((row) => [row['customer_id'], row]));
  return tables.orders.map((row) => {
    const orderId = row['order_id'] ?? '';
    const customer = customers.get(row['customer_id'] ?? '');
    const ordered = items.get(orderId);
    if (!customer || !ordered) {
      throw new CommandFailure(`order ${orderId} has no ${customer ? 'row in order_items.csv' : 'customer'}`);
    }
    return {
      orderId,
      status: row['order_status'] ?? '',
      purchasedAt: timeOf(row, 'order_purchase_timestamp') ?? missing(orderId, 'order_purchase_timestamp'),
      approvedAt: timeOf(row, 'order_approved_at'),
      handedOverAt: timeOf(row, 'order_delivered_carrier_date'),
      deliveredAt: timeOf(row, 'order_delivered_customer_date'),
      estimatedAt: timeOf(row, 'order_estimated_delivery_date'),
      customer: {
        id: customer['customer_unique_id'] ?? '',
        zipPrefix: customer['customer_zip_code_prefix'] ?? '',
        city: customer['customer_city'] ?? '',
        state: customer['customer_state'] ?? '',
      },
      items: ordered.map((item) => ({
        productId: item['product_id'] ?? '',
        price: item['price'] ?? '',
        freight: item['freight_value'] ?? '',
      })),
    };
  });
}

function timeOf(row: Row, column: string): string | null {
  const text = row[column] ?? '';
  if (text === '') return null;
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) {
    throw new CommandFailure(
      `order ${row['order_id']}: ${column} is "${text}", wanted a time such as 2025-09-01 07:07:50`,
    );
  }
  return `${text.replace(' ', 'T')}Z`;
}

function missing(orderId: string, column: string): never {
  throw new CommandFailure(`order ${orderId} has no ${column}`);
}

/** All times that a row tells. */
export const timesOf = ({
  purchasedAt,
  approvedAt,
  handedOverAt,
  deliveredAt,
  estimatedAt,
}: OlistOrder): string[] =>
  [purchasedAt, approvedAt, handedOverAt, deliveredAt, estimatedAt].filter((time) => time !== null);
