import { type Figures, figuresOf } from '../olist/independent-figures';
import { type Comparison, compare } from './comparison';
import type { FactLog } from './fact-log';
import { type FinalState, finalState } from './final-state';
import { readAllOverHttp } from './http-reads';
import { orderFigure, type OrderSnapshot } from './order-figure';
import { parcelFigure, type ParcelSnapshot } from './parcel-figure';
import { slotDifferences } from './slot-differences';
import { snapshotDifferences } from './snapshot-differences';

export interface Examination {
  readonly check: Comparison;
  readonly finalState: FinalState;
  readonly problems: readonly string[];
  /** How many orders the shop has beside those of the rows. */
  readonly strangers: number;
}

export interface Doors {
  readonly shop: string;
  readonly ordersUrl: string;
  readonly shipmentsUrl: string;
  readonly signal: AbortSignal;
}

/** Compares what facts and HTTP doors say of the orders of the rows with what they must come to, and with each other. */
export async function examine(
  wanted: Figures,
  facts: FactLog,
  { shop, ordersUrl, shipmentsUrl, signal }: Doors,
): Promise<Examination> {
  const numbers = new Set(wanted.orders.byOrder.keys());
  const isOurs = ({ order_number: number }: { readonly order_number: string }) => numbers.has(number);
  const published = {
    orders: [...facts.orders.values()].filter(isOurs),
    parcels: [...facts.parcels.values()].filter(isOurs),
  };
  const orders = await readAllOverHttp<OrderSnapshot>(ordersUrl, shop, 'orders', signal);
  const read = {
    orders: orders.filter(isOurs),
    parcels: (await readAllOverHttp<ParcelSnapshot>(shipmentsUrl, shop, 'shipments', signal)).filter(isOurs),
  };
  return {
    check: compare(wanted, {
      facts: figuresOfSeen(published),
      factCounts: {
        orders: facts.countOf('orders', numbers),
        shipments: facts.countOf('shipments', numbers),
      },
      http: figuresOfSeen(read),
    }),
    finalState: finalState(published.orders, published.parcels),
    strangers: orders.length - read.orders.length,
    problems: [
      ...slotDifferences(published.orders, byId(published.parcels)),
      ...snapshotDifferences('order', byNumber(published.orders), byNumber(read.orders)),
      ...snapshotDifferences('parcel', byId(published.parcels), byId(read.parcels)),
    ],
  };
}

interface SeenState {
  readonly orders: readonly OrderSnapshot[];
  readonly parcels: readonly ParcelSnapshot[];
}

const figuresOfSeen = ({ orders, parcels }: SeenState): Figures =>
  figuresOf(
    new Map(orders.map((order) => [order.order_number, orderFigure(order)])),
    new Map(parcels.map((parcel) => [nameOf(parcel), parcelFigure(parcel)])),
  );

// an order of the rows has one parcel; were there a second one, it must not hide the first
const nameOf = ({ order_number: number, ordinal }: ParcelSnapshot): string =>
  ordinal === 1 ? number : `${number}, parcel ${ordinal}`;

const byNumber = (orders: readonly OrderSnapshot[]) =>
  new Map(orders.map((order) => [order.order_number, order]));
const byId = (parcels: readonly ParcelSnapshot[]) =>
  new Map(parcels.map((parcel) => [parcel.shipment_id, parcel]));
