import type { Connection } from 'mongoose';
import { claimsSubject } from '../figures/claims.subject';
import { orderSubject } from '../figures/order.subject';
import type { Projection } from './apply-batch';
import { MongoPositionStore } from './mongo-positions';
import { databaseOf, MongoRollupStore, MongoSubjectStore } from './mongo-stores';
import type { ComparableRollups, PositionStore, RollupStore } from './stores';

type Kept<S> = S extends { apply(kept: (infer K) | null, fact: never): unknown } ? K : never;

/** One complete set of figures, filled by a consumer group of its own. */
export interface Generation {
  readonly number: number;
  readonly group: string;
  readonly orders: Projection<Kept<typeof orderSubject>>;
  readonly claims: Projection<Kept<typeof claimsSubject>>;
  readonly rollups: RollupStore;
  readonly positions: PositionStore;
}

export const groupOf = (number: number): string => `analytics.g${number}`;
const collectionOf = (number: number, name: string): string => `g${number}_${name}`;

/** The rollups of a generation, for reading. */
export const rollupsOf = (connection: Connection, number: number): ComparableRollups =>
  new MongoRollupStore(connection, collectionOf(number, 'rollups'));

/** The positions of a generation, for reading. */
export const positionsOf = (connection: Connection, number: number): PositionStore =>
  new MongoPositionStore(connection, collectionOf(number, 'positions'));

/** Opens a generation to count into it. */
export async function openGeneration(connection: Connection, number: number): Promise<Generation> {
  const rollups = new MongoRollupStore(connection, collectionOf(number, 'rollups'));
  const orders = new MongoSubjectStore<Kept<typeof orderSubject>>(
    connection,
    collectionOf(number, 'subjects_orders'),
  );
  const claims = new MongoSubjectStore<Kept<typeof claimsSubject>>(
    connection,
    collectionOf(number, 'subjects_claims'),
  );
  await rollups.makeIndexes();
  const hello = await databaseOf(connection).command({ hello: 1 });
  if (hello['setName'] === 'secantus')
    await Promise.all([rollups, orders, claims].map((store) => store.indexGuard()));
  return {
    number,
    group: groupOf(number),
    orders: { subject: orderSubject, subjects: orders, rollups },
    claims: { subject: claimsSubject, subjects: claims, rollups },
    rollups,
    positions: positionsOf(connection, number),
  };
}

/** Numbers of all generations that have collections. */
export async function storedGenerations(connection: Connection): Promise<number[]> {
  const names = await collectionNames(connection);
  const numbers = names.map((name) => Number(/^g(\d+)_/.exec(name)?.[1]));
  return [...new Set(numbers.filter((number) => !Number.isNaN(number)))];
}

/** Throws away what a generation has stored. */
export async function dropCollections(connection: Connection, number: number): Promise<void> {
  const names = await collectionNames(connection);
  for (const name of names.filter((one) => one.startsWith(collectionOf(number, ''))))
    await databaseOf(connection).dropCollection(name);
}

async function collectionNames(connection: Connection): Promise<string[]> {
  const found = await databaseOf(connection).listCollections({}, { nameOnly: true }).toArray();
  return found.map(({ name }) => name);
}
