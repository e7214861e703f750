import { Schema } from 'mongoose';

const newestFirst = { 'state.createdAt': -1, _id: 1 } as const;

/** Of these a shop has few parcels with the same value, so what is found is put in order then. */
const few = ['state.orderId', 'state.trackingNumber'];

/**
 * Every search is inside one shop and shows the newest first. A database pays for each index and each of its members with
 * every scan, so they have no more than a page needs.
 */
export const shipmentIndexes = [
  ...few.map((field) => ({ 'state.shopSlug': 1, [field]: 1 }) as const),
  ...['state.carrier', 'state.status', 'state.search.phase', 'state.search.flag', 'state.direction'].map(
    (field) => ({ 'state.shopSlug': 1, [field]: 1, ...newestFirst }) as const,
  ),
  { 'state.shopSlug': 1, ...newestFirst },
  { 'state.shopSlug': 1, 'state.updatedAt': 1 },
] as const;

export interface ShipmentReadModel {
  readonly _id: string;
  /** Schema version of the state. */
  readonly v: number;
  readonly seq: number;
  /** Null: the engine keeps positions of a shipment that does not exist. */
  readonly state: Record<string, unknown> | null;
}

/** For reads only: the engine writes these documents. */
export const shipmentSchema = new Schema<ShipmentReadModel>(
  { _id: { type: String, required: true }, v: Number, seq: Number, state: Schema.Types.Mixed },
  { collection: 'shipments', versionKey: false, autoCreate: false },
);

for (const fields of shipmentIndexes) shipmentSchema.index(fields);
// a carrier's message looks its parcel up by this, with every scan
shipmentSchema.index({ 'state.search.numbers': 1 });
// the timer walks this, over all shops
shipmentSchema.index({ 'state.search.dueAt': 1, _id: 1 });

/** Shipments that a check at `asOf` would find overdue, as far as the database knows. */
export const dueFilter = (asOf: string) => ({ 'state.search.dueAt': { $lt: asOf } });
