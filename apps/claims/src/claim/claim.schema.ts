import { Schema } from 'mongoose';

const newestFirst = { 'state.createdAt': -1, _id: 1 } as const;

/** Every search is inside one shop and shows the newest first. */
export const claimIndexes = [
  'state.orderId',
  'state.shipmentId',
  'state.reason',
  'state.status',
  'state.resolutionPreference',
].map((field) => ({ 'state.shopSlug': 1, [field]: 1, ...newestFirst }) as const);

export interface ClaimReadModel {
  readonly _id: string;
  /** Schema version of the state. */
  readonly v: number;
  readonly seq: number;
  /** Null: the engine keeps positions of a claim that does not exist. */
  readonly state: Record<string, unknown> | null;
}

/** For reads only: the engine writes these documents. */
export const claimSchema = new Schema<ClaimReadModel>(
  { _id: { type: String, required: true }, v: Number, seq: Number, state: Schema.Types.Mixed },
  { collection: 'claims', versionKey: false, autoCreate: false },
);

for (const fields of claimIndexes) claimSchema.index(fields);
claimSchema.index({ 'state.shopSlug': 1, ...newestFirst });
