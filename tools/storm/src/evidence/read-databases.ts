import { mongo } from 'mongoose';
import { type Owner, owners } from '../system/service-names';
import type { KeptCommand, StoredCopy, StoredDocument } from './evidence';

export interface DatabaseEvidence {
  readonly stored: Readonly<Record<Owner, readonly StoredDocument[]>>;
  readonly kept: Readonly<Record<Owner, readonly KeptCommand[]>>;
  readonly copies: Readonly<Record<'orders' | 'shipments', readonly StoredCopy[]>>;
}

/** Reads what lies in the databases of the services. Aggregates lie in a collection of their service's name. */
export async function readDatabases(mongoUri: string): Promise<DatabaseEvidence> {
  const client = new mongo.MongoClient(mongoUri);
  try {
    const claims = client.db('claims');
    return {
      stored: await ofAll((owner) => storedIn(client.db(owner).collection(owner))),
      kept: await ofAll((owner) => keptIn(client.db(owner).collection('kept'))),
      copies: {
        orders: await copiesIn(claims.collection('known_orders')),
        shipments: await copiesIn(claims.collection('known_shipments')),
      },
    };
  } finally {
    await client.close();
  }
}

async function ofAll<T>(read: (owner: Owner) => Promise<T>): Promise<Record<Owner, T>> {
  const all = await Promise.all(owners.map(async (owner) => [owner, await read(owner)] as const));
  return Object.fromEntries(all) as Record<Owner, T>;
}

async function storedIn(collection: mongo.Collection): Promise<StoredDocument[]> {
  const all = await collection.find({}, { projection: { seq: 1, state: 1 } }).toArray();
  // a document without state remembers positions of an aggregate that does not exist
  return all
    .filter(({ state }) => state !== null)
    .map(({ _id, seq }) => ({ id: String(_id), sequence: Number(seq) }));
}

async function keptIn(collection: mongo.Collection): Promise<KeptCommand[]> {
  const all = await collection.find({}, { projection: { messageId: 1, place: 1, mark: 1 } }).toArray();
  return all.map(({ messageId, place, mark }) => ({
    messageId: String(messageId),
    place: String(place),
    mark: mark === undefined ? null : String(mark),
  }));
}

async function copiesIn(collection: mongo.Collection): Promise<StoredCopy[]> {
  const all = await collection.find({}).toArray();
  return all.map(({ _id, sequence, known }) => ({
    id: String(_id),
    sequence: Number(sequence),
    known: known as StoredCopy['known'],
  }));
}
