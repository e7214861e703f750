import { Schema } from 'mongoose';

const newestFirst = { 'state.search.orderPlacedAt': -1, _id: 1 } as const;

/** Every search is inside one shop and shows the newest first. */
export const orderIndexes = [
  'state.orderNumber',
  'state.search.orderName',
  'state.search.externalId',
  'state.search.email',
  'state.search.zipCode',
  'state.status',
].map((field) => ({ 'state.shopSlug': 1, [field]: 1, ...newestFirst }) as const);

export interface OrderReadModel {
  readonly _id: string;
  /** Schema version of the state. */
  readonly v: number;
  readonly seq: number;
  /** Null: the engine keeps positions of an order that does not exist. */
  readonly state: Record<string, unknown> | null;
}

/** For reads only: the engine writes these documents. */
export const orderSchema = new Schema<OrderReadModel>(
  { _id: { type: String, required: true }, v: Number, seq: Number, state: Schema.Types.Mixed },
  { collection: 'orders', versionKey: false, autoCreate: false },
);

for (const fields of orderIndexes) orderSchema.index(fields);
orderSchema.index({ 'state.shopSlug': 1, ...newestFirst });
orderSchema.index({ 'state.shopSlug': 1, 'state.search.shipmentsUpdatedAt': 1, ...newestFirst });
