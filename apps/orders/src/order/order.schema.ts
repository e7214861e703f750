import { Schema } from 'mongoose';

const newestFirst = { 'state.search.orderPlacedAt': -1, _id: 1 } as const;

/** Of these a shop has few orders with the same value, so what is found is put in order then. */
const few = ['state.search.orderName', 'state.search.externalId', 'state.search.email'];

/**
 * Every search is inside one shop and shows the newest first; the number needs no index, as the id is made of it. A database
 * pays for each index and each of its members with every order, so they have no more than a page needs.
 */
export const orderIndexes = [
  ...few.map((field) => ({ 'state.shopSlug': 1, [field]: 1 }) as const),
  { 'state.shopSlug': 1, 'state.search.zipCode': 1, ...newestFirst },
  { 'state.shopSlug': 1, 'state.status': 1, ...newestFirst },
  { 'state.shopSlug': 1, ...newestFirst },
  { 'state.shopSlug': 1, 'state.search.shipmentsUpdatedAt': 1 },
] as const;

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
