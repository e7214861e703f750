import { partitionOfKey } from '@waybill/aggregates';
import { defaultPartitions } from '@waybill/contracts';
import type { mongo } from 'mongoose';
import type { Stage } from '../stage';
import { cloneOf, insertAll, type Names } from './clones';

/** Which orders documents are cloned from, and how a document of an order finds its partition. */
export interface Kind {
  /** The first one is the document's id. */
  readonly namesOf: (order: number) => readonly [id: string, ...more: Names];
  /** Key of the commands. */
  readonly keyOf: (order: number) => string;
}

const partitionOf = ({ keyOf }: Kind, order: number): number =>
  partitionOfKey(keyOf(order), defaultPartitions);

/**
 * One order of each partition, the first from `first` on. A document tells how far it is in its partition, so it is cloned
 * for orders of the same one only.
 */
export function templateOrders(kind: Kind, first: number): readonly number[] {
  const found: number[] = [];
  for (let order = first; found.filter(Number.isInteger).length < defaultPartitions; order++)
    found[partitionOf(kind, order)] ??= order;
  return found;
}

type Stored = mongo.Document & { readonly _id: string };

/** Stores so many further orders or parcels as the service would have, by way of those that it has made. */
export async function storeClones(
  stage: Stage,
  service: 'orders' | 'shipments',
  kind: Kind,
  templates: readonly number[],
  { first, count }: { readonly first: number; readonly count: number },
): Promise<void> {
  const collection = stage.mongo.db(service).collection<Stored>(service);
  const ids = templates.map((order) => kind.namesOf(order)[0]);
  const found = await collection.find({ _id: { $in: ids } }).toArray();
  const byId = new Map(
    found.map((document) => [document._id, document as mongo.OptionalUnlessRequiredId<Stored>]),
  );
  await insertAll(collection, clones());

  function* clones(): Iterable<mongo.OptionalUnlessRequiredId<Stored>> {
    for (let order = first; order < first + count; order++) {
      const names = kind.namesOf(templateOf(kind, templates, order));
      const document = byId.get(names[0]);
      if (!document) throw new Error(`the service has made no ${names[0]}`);
      yield cloneOf<mongo.OptionalUnlessRequiredId<Stored>>(document, names, kind.namesOf(order));
    }
  }
}

/** Which of them an order is cloned from. */
export function templateOf(kind: Kind, templates: readonly number[], order: number): number {
  const template = templates[partitionOf(kind, order)];
  if (template === undefined) throw new Error('a partition has no template');
  return template;
}
