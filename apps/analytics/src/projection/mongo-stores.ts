import type { Connection, mongo } from 'mongoose';
import { type Cell, type Contribution, groupKindOf, viewKindOf } from '../figures/cell';
import type { CellRange } from '../figures/report-query';
import { withoutZeros } from '../figures/tally';
import { rollupId } from './memory-stores';
import { incrementsOf, type StoredSums, storedMeasures } from './stored-sums';
import type {
  ComparableRollups,
  Rollup,
  RollupChange,
  RollupStore,
  SubjectDocument,
  SubjectStore,
} from './stores';

type StoredSubject<Kept> = Omit<SubjectDocument<Kept>, 'id'> & { readonly _id: string };

interface StoredRollup extends StoredSums {
  readonly _id: string;
  readonly offset: number;
  readonly cell: Cell;
  readonly viewKind: string;
  readonly groupKind: string;
}

/** A batch counts as finished once this is acknowledged, so a fail-over must not take it back. */
export const durable: mongo.CollectionOptions = {
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  writeConcern: { w: 'majority', journal: true },
};

export class MongoSubjectStore<Kept> implements SubjectStore<Kept> {
  private readonly collection: mongo.Collection<StoredSubject<Kept>>;

  constructor(connection: Connection, name: string) {
    this.collection = databaseOf(connection).collection<StoredSubject<Kept>>(name, durable);
  }

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, SubjectDocument<Kept>>> {
    const filter = { _id: { $in: [...ids] } } as mongo.Filter<StoredSubject<Kept>>;
    const found = (await this.collection.find(filter).toArray()) as StoredSubject<Kept>[];
    return new Map(found.map(({ _id, ...document }) => [_id, { id: _id, ...document }]));
  }

  /** For a server whose planner uses an index only if it covers the whole filter; MongoDB needs no help. */
  async indexGuard(): Promise<void> {
    await this.collection.createIndex({ _id: 1, rev: 1 }, { name: 'guard' });
  }

  write(documents: readonly SubjectDocument<Kept>[]): Promise<boolean> {
    const operations = documents.map(({ id, ...document }) => ({
      replaceOne: {
        filter: { _id: id, rev: document.rev - 1 },
        replacement: document,
        upsert: document.rev === 1,
      },
    }));
    return changedAll(this.collection, operations as mongo.AnyBulkWriteOperation<StoredSubject<Kept>>[]);
  }
}

export class MongoRollupStore implements RollupStore, ComparableRollups {
  private readonly collection: mongo.Collection<StoredRollup>;

  constructor(connection: Connection, name: string) {
    this.collection = databaseOf(connection).collection<StoredRollup>(name, durable);
  }

  async makeIndexes(): Promise<void> {
    await this.collection.createIndex(byQuestion, { name: 'by_question' });
    await this.collection.createIndex(byView, { name: 'by_view' });
  }

  /** As {@link MongoSubjectStore.indexGuard}. */
  async indexGuard(): Promise<void> {
    await this.collection.createIndex({ _id: 1, offset: 1 }, { name: 'guard' });
  }

  async offsets(stream: string, cells: readonly Cell[]): Promise<readonly (number | null)[]> {
    const ids = cells.map((cell) => rollupId(stream, cell));
    const found = await this.collection.find({ _id: { $in: ids } }, { projection: { offset: 1 } }).toArray();
    const offsets = new Map(found.map(({ _id, offset }) => [_id, offset]));
    return ids.map((id) => offsets.get(id) ?? null);
  }

  add(changes: readonly RollupChange[]): Promise<boolean> {
    const operations = changes.map((change) => ({ updateOne: additionOf(change) }));
    return changedAll(this.collection, operations as mongo.AnyBulkWriteOperation<StoredRollup>[]);
  }

  async read({
    shop,
    report,
    viewKind,
    view,
    groupKind,
    from,
    to,
  }: CellRange): Promise<readonly Contribution[]> {
    const question = {
      'cell.shop': shop,
      'cell.report': report,
      // a view says of which kind it is
      ...(view === null ? { viewKind } : { 'cell.view': view }),
      groupKind,
      'cell.day': { $gte: from, $lt: to },
    };
    const found = await this.collection
      .find(question, { projection: { cell: 1, sums: 1, high: 1 }, useBigInt64: true })
      .toArray();
    const cells = found.map(({ cell, ...stored }) => ({
      cell,
      measures: withoutZeros(storedMeasures(stored)),
    }));
    return cells.filter(({ measures }) => Object.keys(measures).length > 0);
  }

  async *scan(): AsyncGenerator<Rollup> {
    const found = this.collection.find({}, { useBigInt64: true, sort: byQuestion, allowDiskUse: true });
    for await (const { _id, offset, cell, ...stored } of found) {
      const stream = _id.slice(0, _id.indexOf(' '));
      yield { stream, offset, cell, measures: storedMeasures(stored) };
    }
  }
}

const byQuestion = { 'cell.shop': 1, 'cell.report': 1, viewKind: 1, groupKind: 1, 'cell.day': 1 } as const;
/** One view may be a small part of its kind: a segment of thousands. */
const byView = { 'cell.shop': 1, 'cell.report': 1, 'cell.view': 1, groupKind: 1, 'cell.day': 1 } as const;

/** A rollup that exists has no such offset, so that the insert of a second one fails on the id. */
const noOffset = -1;

function additionOf({ stream, cell, measures, expectedOffset, offset }: RollupChange) {
  const $inc = incrementsOf(measures);
  const made = { cell, viewKind: viewKindOf(cell.view), groupKind: groupKindOf(cell.group) };
  return {
    filter: { _id: rollupId(stream, cell), offset: expectedOffset ?? noOffset },
    update: {
      $set: { offset },
      ...(Object.keys($inc).length === 0 ? {} : { $inc }),
      ...(expectedOffset === null ? { $setOnInsert: made } : {}),
    },
    upsert: expectedOffset === null,
  };
}

/** Whether all guards held. An insert where there is one already has lost, like any other guard. */
async function changedAll<Document extends mongo.Document>(
  collection: mongo.Collection<Document>,
  operations: readonly mongo.AnyBulkWriteOperation<Document>[],
): Promise<boolean> {
  try {
    const { matchedCount, upsertedCount } = await collection.bulkWrite(operations, { ordered: false });
    return matchedCount + upsertedCount === operations.length;
  } catch (error) {
    const { writeErrors } = error as { readonly writeErrors?: unknown };
    const errors = (Array.isArray(writeErrors) ? writeErrors : [writeErrors]) as (
      | { code?: unknown }
      | undefined
    )[];
    if (errors.length > 0 && errors.every((one) => one?.code === 11000)) return false;
    throw error;
  }
}

export function databaseOf({ db }: Connection): mongo.Db {
  if (!db) throw new Error('the MongoDB connection is not open');
  return db;
}
