import { Schema } from 'mongoose';

const newestFirst = { 'state.createdAt': -1, _id: 1 } as const;

/** Every search is inside one shop and shows the newest first. */
export const shipmentIndexes = [
  'state.orderId',
  'state.trackingNumber',
  'state.carrier',
  'state.status',
  'state.search.phase',
  'state.search.flag',
  'state.direction',
].map((field) => ({ 'state.shopSlug': 1, [field]: 1, ...newestFirst }) as const);

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
shipmentSchema.index({ 'state.shopSlug': 1, ...newestFirst });
shipmentSchema.index({ 'state.shopSlug': 1, 'state.updatedAt': 1, ...newestFirst });
// a carrier's message looks its parcel up by this, with every scan
shipmentSchema.index({ 'state.search.numbers': 1 });
// the timer walks this, over all shops
shipmentSchema.index({ 'state.search.dueAt': 1, _id: 1 });

/** Shipments that a check at `asOf` would find overdue, as far as the database knows. */
export const dueFilter = (asOf: string) => ({ 'state.search.dueAt': { $lt: asOf } });
