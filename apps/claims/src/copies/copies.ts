import { claimsUses, readingOf, serviceTopics } from '@waybill/contracts';
import { type BatchHandler, type FactsAlarm, factsHandler } from '@waybill/messaging';
import { faultsIn, type SnapshotPlace } from '@waybill/service';
import type { Connection, mongo } from 'mongoose';
import type { KnownOrder } from '../claim/claim.knowledge';
import { Copy } from './copy';
import { Holds } from './holds';
import { type KnownDocument, storedOrder, type StoredParcel, storedParcel } from './known.documents';

/** What claims know of orders and shipments: read-only copies, made of their facts alone. */
export interface Copies {
  readonly orders: Copy<KnownOrder>;
  readonly parcels: Copy<StoredParcel>;
  readonly holds: Holds;
}

const names = { orders: 'known_orders', parcels: 'known_shipments', holds: 'copies_held' } as const;

/** Opens the copies in the connection's database and makes what searches need. */
export async function openCopies({ db }: Connection): Promise<Copies> {
  if (!db) throw new Error('the MongoDB connection is not open');
  const orders = db.collection<KnownDocument<KnownOrder>>(names.orders, primary);
  const parcels = db.collection<KnownDocument<StoredParcel>>(names.parcels, primary);
  // sparse would do, but no planner uses it for a search that does not say that the field exists
  await parcels.createIndex({ 'known.number': 1 }, { name: 'by_number' });
  return {
    orders: new Copy(orders, ({ data }) => storedOrder(ofOrders.see(data).order)),
    parcels: new Copy(parcels, ({ data }) => storedParcel(ofParcels.see(data).shipment)),
    holds: new Holds(db.collection(names.holds, primary)),
  };
}

/** A command is judged by what is certain: a copy that a fail-over takes back would be missing facts that are committed. */
const primary: mongo.CollectionOptions = {
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  ignoreUndefined: true,
  writeConcern: { w: 'majority', journal: true },
};

const ofOrders = readingOf(claimsUses, 'orders.events');
const ofParcels = readingOf(claimsUses, 'shipments.events');

/** By topic, handlers that keep the copies up to date. A gap holds its partition. */
export function copyHandlers(
  { orders, parcels, holds }: Copies,
  onAlarm: (alarm: FactsAlarm) => void,
): Readonly<Record<string, BatchHandler>> {
  const handler = <Known>(copy: Copy<Known>, place: SnapshotPlace) =>
    holds.remembering(
      factsHandler({
        sequences: copy,
        handle: (facts) => copy.take(facts),
        faultsOf: faultsIn(place),
        onAlarm,
      }),
    );
  return {
    [serviceTopics('orders').events]: handler(orders, ordersPlace),
    [serviceTopics('shipments').events]: handler(parcels, parcelsPlace),
  };
}

export const ordersPlace: SnapshotPlace = {
  source: 'orders',
  member: 'order',
  reading: ofOrders,
  same: [
    ['order_id', 'uuid'],
    ['shop_slug', 'shop_slug'],
  ],
};
export const parcelsPlace: SnapshotPlace = {
  source: 'shipments',
  member: 'shipment',
  reading: ofParcels,
  same: [
    ['shipment_id', 'shipment_id'],
    ['order_id', 'order_id'],
    ['shop_slug', 'shop_slug'],
  ],
};
