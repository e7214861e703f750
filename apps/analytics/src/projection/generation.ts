import type { Connection } from 'mongoose';
import { claimsSubject } from '../figures/claims.subject';
import { orderSubject } from '../figures/order.subject';
import type { Projection } from './apply-batch';
import { databaseOf, MongoRollupStore, MongoSubjectStore } from './mongo-stores';
import type { RollupStore } from './stores';

type Kept<S> = S extends { apply(kept: (infer K) | null, fact: never): unknown } ? K : never;

/** One complete set of figures, filled by a consumer group of its own. */
export interface Generation {
  readonly number: number;
  readonly group: string;
  readonly orders: Projection<Kept<typeof orderSubject>>;
  readonly claims: Projection<Kept<typeof claimsSubject>>;
  readonly rollups: RollupStore;
}

interface GenerationsDocument {
  readonly _id: 'analytics';
  /** The one that answers. */
  readonly live: number;
}

/** The generation that answers; the first one where there is none yet. */
export async function openLiveGeneration(connection: Connection): Promise<Generation> {
  const generations = databaseOf(connection).collection<GenerationsDocument>('generations');
  const found = await generations.findOneAndUpdate(
    { _id: 'analytics' },
    { $setOnInsert: { live: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  return openGeneration(connection, found?.live ?? 1);
}

async function openGeneration(connection: Connection, number: number): Promise<Generation> {
  const named = (name: string) => `g${number}_${name}`;
  const rollups = new MongoRollupStore(connection, named('rollups'));
  await rollups.makeIndexes();
  return {
    number,
    group: `analytics.g${number}`,
    orders: {
      subject: orderSubject,
      subjects: new MongoSubjectStore(connection, named('subjects_orders')),
      rollups,
    },
    claims: {
      subject: claimsSubject,
      subjects: new MongoSubjectStore(connection, named('subjects_claims')),
      rollups,
    },
    rollups,
  };
}
