import type { Connection, mongo } from 'mongoose';
import type { AggregateDocument } from './mongo-aggregate-store';
import type { KeptDocument } from './mongo-kept-store';
import type { PositionDocument } from './mongo-position-store';
import type { RouteDocument } from './mongo-route-store';

export interface EngineCollections {
  readonly aggregates: mongo.Collection<AggregateDocument>;
  readonly routes: mongo.Collection<RouteDocument>;
  readonly positions: mongo.Collection<PositionDocument>;
  readonly kept: mongo.Collection<KeptDocument>;
}

/**
 * Opens the engine's collections in the connection's database and makes their indexes.
 *
 * On a replica set everything is written and read with `majority`: an owner must not skip by a write that a fail-over
 * takes back. A single server journals each write. All is read from the primary, whatever the URI prefers for queries: a
 * secondary that is behind would have commands refused by a state of the past.
 */
export async function openEngineCollections(
  connection: Connection,
  name: string,
): Promise<EngineCollections> {
  const { db } = connection;
  if (!db) throw new Error('the MongoDB connection is not open');
  const server = await describeServer(db);
  const options: mongo.CollectionOptions = {
    readPreference: 'primary',
    ignoreUndefined: true,
    ...(server === 'replicated'
      ? { readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } }
      : { writeConcern: { w: 1, journal: true } }),
  };
  const collections = {
    aggregates: db.collection<AggregateDocument>(name, options),
    routes: db.collection<RouteDocument>('routes', options),
    positions: db.collection<PositionDocument>('positions', options),
    kept: db.collection<KeptDocument>('kept', options),
  };
  await makeIndexes(collections, server);
  return collections;
}

async function makeIndexes({ aggregates, routes, kept }: EngineCollections, server: Server): Promise<void> {
  const unique = { unique: true, partialFilterExpression: { keys: { $exists: true } } };
  await aggregates.createIndex({ keys: 1 }, { name: 'unique_keys', ...unique });
  // shells alone expire; without the condition each aggregate would have an entry here
  await aggregates.createIndex(
    { expires: 1 },
    {
      name: 'only_shells_expire',
      expireAfterSeconds: 0,
      partialFilterExpression: { expires: { $exists: true } },
    },
  );
  await routes.createIndex({ expires: 1 }, { name: 'routes_expire', expireAfterSeconds: 0 });
  await kept.createIndex({ place: 1 }, { name: 'kept_by_place' });
  await kept.createIndex({ removeAt: 1 }, { name: 'kept_expire', expireAfterSeconds: 0 });
  // its planner uses an index only if it covers the whole filter; MongoDB needs no help to guard by _id and rev
  if (server === 'stand-in') await aggregates.createIndex({ _id: 1, rev: 1 }, { name: 'guard' });
}

type Server = 'single' | 'replicated' | 'stand-in';

async function describeServer(db: mongo.Db): Promise<Server> {
  const hello = await db.command({ hello: 1 });
  if (hello['setName'] === 'secantus') return 'stand-in';
  const build = await db.command({ buildInfo: 1 });
  if (build['modules'] === undefined) return 'stand-in';
  // a router of a sharded cluster has no set of its own; each of its shards is one
  return hello['setName'] === undefined && hello['msg'] !== 'isdbgrid' ? 'single' : 'replicated';
}
