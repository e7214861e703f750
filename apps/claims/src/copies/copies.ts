import {
  type Constructor,
  OrderSnapshotDto,
  ShipmentSnapshotDto,
  type Validator,
  validatorOfClass,
} from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import { type BatchHandler, type Fact, type FactsAlarm, factsHandler } from '@waybill/messaging';
import type { Connection, mongo } from 'mongoose';
import type { KnownOrder } from '../claim/claim.knowledge';
import { Copy } from './copy';
import { type KnownDocument, storedOrder, type StoredParcel, storedParcel } from './known.documents';

/** What claims know of orders and shipments: read-only copies, made of their facts alone. */
export interface Copies {
  readonly orders: Copy<KnownOrder>;
  readonly parcels: Copy<StoredParcel>;
}

export const copyCollections = { orders: 'known_orders', parcels: 'known_shipments' } as const;

/** Opens the copies in the connection's database and makes what searches need. */
export async function openCopies({ db }: Connection): Promise<Copies> {
  if (!db) throw new Error('the MongoDB connection is not open');
  const orders = db.collection<KnownDocument<KnownOrder>>(copyCollections.orders, primary);
  const parcels = db.collection<KnownDocument<StoredParcel>>(copyCollections.parcels, primary);
  // sparse would do, but no planner uses it for a search that does not say that the field exists
  await parcels.createIndex({ 'known.number': 1 }, { name: 'by_number' });
  return {
    orders: new Copy(orders, ({ data }) => storedOrder((data as OrderFact).order)),
    parcels: new Copy(parcels, ({ data }) => storedParcel((data as ShipmentFact).shipment)),
  };
}

/** A command is judged by what is certain: a copy that a fail-over takes back would be missing facts that are committed. */
const primary: mongo.CollectionOptions = {
  readPreference: 'primary',
  ignoreUndefined: true,
  writeConcern: { w: 'majority', journal: true },
};

type OrderFact = { readonly order: OrderSnapshotDto };
type ShipmentFact = { readonly shipment: ShipmentSnapshotDto };

export interface CopyHandlers {
  readonly orders: BatchHandler;
  readonly parcels: BatchHandler;
}

/** Handlers that keep the copies up to date, one for each event topic. A gap holds its partition. */
export function copyHandlers(
  { orders, parcels }: Copies,
  onAlarm: (alarm: FactsAlarm) => void,
): CopyHandlers {
  const handler = <Known>(copy: Copy<Known>, faultsOf: (fact: Fact) => readonly Issue[]) =>
    factsHandler({ sequences: copy, handle: (facts) => copy.take(facts), faultsOf, onAlarm });
  return {
    orders: handler(orders, faultsIn('orders', 'order', 'uuid', OrderSnapshotDto)),
    parcels: handler(parcels, faultsIn('shipments', 'shipment', 'shipment_id', ShipmentSnapshotDto)),
  };
}

/** A fact of any type will do, as long as its owner wrote it and its snapshot is one of its subject. */
function faultsIn(source: string, member: string, idMember: string, snapshot: Constructor) {
  const validate: Validator = validatorOfClass(snapshot, 'tolerated');
  return (fact: Fact): readonly Issue[] => {
    const value = (fact.data as Record<string, unknown> | null)?.[member];
    const issues = validate(value, ['data', member]);
    if (issues.length > 0) return issues;
    if (fact.source !== source) return [fault(['source'], `must be ${source}`)];
    const id = (value as Record<string, unknown>)[idMember];
    return id === fact.aggregateId ? [] : [fault(['data', member, idMember], 'must be the subject')];
  };
}

const fault = (loc: readonly string[], msg: string): Issue => ({
  loc,
  field: loc.slice(1).join('.'),
  msg,
  type: 'foreign',
});
