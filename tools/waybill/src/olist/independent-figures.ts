import {
  independentParcels,
  type ParcelFigure,
  type ParcelFigures,
  parcelFiguresOf,
} from './independent-parcels';
import type { OlistTables, Row } from './olist-tables';

/** What the orders of a data set must come to. Money in cents. */
export interface OrderFigures {
  /** Number of facts besides progress: one for each order that was placed or cancelled, two for each dispatched one. */
  readonly facts: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Orders placed in a month (`2025-09`, UTC), and what those that are not cancelled are worth. */
  readonly byMonth: Readonly<Record<string, { readonly orders: number; readonly cents: number }>>;
  readonly byOrder: ReadonlyMap<string, OrderFigure>;
}

export interface OrderFigure {
  readonly status: string;
  readonly month: string;
  readonly cents: number;
}

export interface Figures {
  readonly orders: OrderFigures;
  readonly parcels: ParcelFigures;
}

/**
 * Computes the figures straight from the rows. It shares no code with the services, nor with the mapping of rows to
 * messages: an error in one of them must not be able to hide in the other. Parcels are looked at as of `asOf`.
 */
export function independentFigures({ orders, items }: OlistTables, asOf: string): Figures {
  const cents = new Map<string, number>();
  for (const item of items) {
    const id = field(item, 'order_id');
    const worth = centsOf(field(item, 'price')) + centsOf(field(item, 'freight_value'));
    cents.set(id, (cents.get(id) ?? 0) + worth);
  }
  const byOrder = new Map(
    orders.map((row): [string, OrderFigure] => [
      field(row, 'order_id'),
      {
        status: statusOf(row),
        month: field(row, 'order_purchase_timestamp').slice(0, 7),
        cents: cents.get(field(row, 'order_id')) ?? 0,
      },
    ]),
  );
  return figuresOf(byOrder, independentParcels(orders, asOf));
}

/** Adds the figures of single orders and parcels up. */
export function figuresOf(
  byOrder: ReadonlyMap<string, OrderFigure>,
  parcels: ReadonlyMap<string, ParcelFigure>,
): Figures {
  return { orders: orderFiguresOf(byOrder), parcels: parcelFiguresOf(parcels) };
}

function orderFiguresOf(byOrder: ReadonlyMap<string, OrderFigure>): OrderFigures {
  const byStatus: Record<string, number> = {};
  const byMonth: Record<string, { orders: number; cents: number }> = {};
  let facts = 0;
  for (const { status, month, cents } of byOrder.values()) {
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    const bucket = (byMonth[month] ??= { orders: 0, cents: 0 });
    bucket.orders += 1;
    if (status !== 'cancelled') bucket.cents += cents;
    facts += { placed: 1, cancelled: 2, fulfilled: 3 }[status] ?? 0;
  }
  return { facts, byStatus, byMonth, byOrder };
}

/** Cents of a decimal text such as `9`, `9.9` or `9.99`, without a binary fraction in between. */
export function centsOf(text: string): number {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`"${text}" is no amount with at most two decimals`);
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

// what a carrier has taken over can no longer be cancelled, whatever the shop's status says
function statusOf(row: Row): string {
  if (field(row, 'order_delivered_carrier_date') !== '') return 'fulfilled';
  return field(row, 'order_status') === 'canceled' ? 'cancelled' : 'placed';
}

function field(row: Row, name: string): string {
  return row[name] ?? '';
}
