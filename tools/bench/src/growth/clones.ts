import { mongo } from 'mongoose';

/** By what a document names the order or parcel that it is of, the same kinds of names in the same order. */
export type Names = readonly string[];

/**
 * The document of something else that everything happened to in the same way: other names, in texts and in bytes, and all
 * else as it is. Two names must not be part of each other.
 */
export function cloneOf<T>(value: T, from: Names, to: Names): T {
  return cloned(value, (text) => from.reduce((so, name, i) => so.replaceAll(name, to[i] ?? name), text)) as T;
}

function cloned(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === 'string') return rename(value);
  if (value instanceof mongo.Binary)
    return new mongo.Binary(Buffer.from(rename(bytesOf(value).toString('latin1')), 'latin1'), value.sub_type);
  if (Array.isArray(value)) return value.map((entry) => cloned(entry, rename));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cloned(member, rename)]));
}

// the buffer of a Binary may be longer than what it holds
const bytesOf = ({ buffer, position }: mongo.Binary): Buffer => Buffer.from(buffer.subarray(0, position));

const batchSize = 1000;

/** Inserts documents as they are. */
export async function insertAll<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  documents: Iterable<mongo.OptionalUnlessRequiredId<T>>,
): Promise<void> {
  let batch: mongo.OptionalUnlessRequiredId<T>[] = [];
  const flush = async () => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: false });
    batch = [];
  };
  for (const document of documents) {
    batch.push(document);
    if (batch.length === batchSize) await flush();
  }
  await flush();
}
