import type { Connection, mongo } from 'mongoose';

interface HomeDocument {
  readonly _id: string;
  readonly order_id: string;
}

export interface Home {
  readonly claimId: string;
  readonly orderId: string;
}

/** What is asked of the collection of homes; MongoDB's own collection answers it. */
export type HomeCollection = Pick<mongo.Collection<HomeDocument>, 'bulkWrite' | 'find'>;

/**
 * Which order's key the commands on a claim travel under. A caller may give two orders' claims the same id; whichever
 * comes first settles it for ever, so that all inputs of one document come through one partition.
 */
export class ClaimHomes {
  constructor(private readonly collection: HomeCollection) {}

  /** The order under whose key each claim is at home, by claim id. */
  async reserve(wanted: readonly Home[]): Promise<ReadonlyMap<string, string>> {
    if (wanted.length === 0) return new Map();
    const operations = wanted.map(({ claimId, orderId }) => ({
      updateOne: { filter: { _id: claimId }, update: { $setOnInsert: { order_id: orderId } }, upsert: true },
    }));
    const write = () => this.collection.bulkWrite(operations, { ordered: true });
    await write().catch((error: unknown) => {
      // two upserts of one id may race; the second attempt finds the document
      if ((error as { code?: unknown }).code !== 11000) throw error;
      return write();
    });
    return this.find(wanted.map(({ claimId }) => claimId));
  }

  async find(claimIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (claimIds.length === 0) return new Map();
    const homes = await this.collection.find({ _id: { $in: [...new Set(claimIds)] } }).toArray();
    return new Map(homes.map(({ _id, order_id: orderId }) => [_id, orderId]));
  }
}

/** What was reserved must outlive a fail-over: commands are handed on by it at once. */
export function openHomes({ db }: Connection): ClaimHomes {
  if (!db) throw new Error('the MongoDB connection is not open');
  const options = {
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  } as const;
  return new ClaimHomes(db.collection<HomeDocument>('claim_homes', options));
}
