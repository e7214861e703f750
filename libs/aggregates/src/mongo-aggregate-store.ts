import type { mongo } from 'mongoose';
import {
  type AggregateStore,
  type GuardedWrite,
  NewerVersionError,
  type WriteResult,
} from './aggregate-store';
import { die, isReached } from './failpoint';
import {
  shellTtlMs,
  type SourcePosition,
  type ParkedMark,
  type StoredAggregate,
  type StoredOutcome,
} from './stored-aggregate';

/** An aggregate as MongoDB holds it. Outcomes are JSON texts and facts are bytes, because BSON does not keep a JSON number's text. */
export interface AggregateDocument {
  _id: string;
  v: number;
  rev: number;
  seq: number;
  at: { s: string; o: number };
  src: [string, number, number][];
  late: string[];
  ids: string[];
  out: { key: string; facts: (mongo.Binary | Uint8Array)[]; outcomes: [string, string][] };
  by: string;
  /** Left out where there is none: the partial unique index covers documents that have it. */
  keys?: string[];
  parked?: ParkedMark;
  state: Record<string, unknown> | null;
  expires?: Date;
}

const duplicateKey = 11000;

/** Aggregates in one MongoDB collection, one guarded replace or insert for each. */
export class MongoAggregateStore implements AggregateStore {
  constructor(
    private readonly collection: mongo.Collection<AggregateDocument>,
    private readonly version: number,
  ) {}

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, StoredAggregate>> {
    const found = new Map<string, StoredAggregate>();
    if (ids.length === 0) return found;
    const cursor = this.collection.find({ _id: { $in: [...ids] } }, { promoteBuffers: true });
    for (const document of await cursor.toArray()) {
      if (document.v > this.version) throw new NewerVersionError(document._id, document.v, this.version);
      found.set(document._id, fromDocument(document));
    }
    return found;
  }

  async write(writes: readonly GuardedWrite[]): Promise<readonly WriteResult[]> {
    const operations = writes.map(({ document, expectedRev }) =>
      expectedRev === 0
        ? { insertOne: { document: toDocument(document) } }
        : {
            replaceOne: { filter: { _id: document.id, rev: expectedRev }, replacement: toDocument(document) },
          },
    );
    if (operations.length > 1 && isReached('between-documents')) {
      await this.bulk(operations.slice(0, operations.length / 2));
      die('between-documents');
    }
    const { matched, errors, insertsFailed } = await this.bulk(operations);
    const results: WriteResult[] = writes.map((_, i) => (errors.has(i) ? 'taken' : 'written'));
    if (insertsFailed) await this.insertShells(writes, results);
    const replaced = writes.filter(({ expectedRev }, i) => expectedRev > 0 && !errors.has(i));
    // the driver only counts: where some replace found no match, the documents say which
    if (matched < replaced.length) await this.findLost(writes, results);
    return results;
  }

  async heldByOthers(keys: readonly string[], exceptId: string): Promise<ReadonlySet<string>> {
    // the index is partial, and not every planner sees that the filter implies its condition
    const holders = await this.collection
      .find({ keys: { $in: [...keys], $exists: true } }, { projection: { keys: 1 } })
      .toArray();
    const held = holders.filter(({ _id }) => _id !== exceptId).flatMap((holder) => holder.keys ?? []);
    return new Set(held.filter((key) => keys.includes(key)));
  }

  private async bulk(operations: mongo.AnyBulkWriteOperation<AggregateDocument>[]): Promise<BulkResult> {
    try {
      const { matchedCount } = await this.collection.bulkWrite(operations, { ordered: false });
      return { matched: matchedCount, errors: new Set(), insertsFailed: false };
    } catch (error) {
      const { code, matchedCount } = error as { code?: unknown; matchedCount?: number };
      const writeErrors = writeErrorsOf(error);
      // the command failed as a whole, by a broken connection for instance: what of it was done is not known
      const failed = writeErrors.length === 0;
      if (failed ? code !== duplicateKey : writeErrors.some((one) => one.code !== duplicateKey)) throw error;
      const errors = new Set(writeErrors.map(({ index }) => index));
      return { matched: matchedCount ?? 0, errors, insertsFailed: failed };
    }
  }

  /**
   * The stand-in fails a whole insert command over a unique key that another document was inserted with and has let go
   * since; a replace may take such a key. So the documents are made without keys, and the next round replaces them.
   */
  private async insertShells(writes: readonly GuardedWrite[], results: WriteResult[]): Promise<void> {
    const shells: AggregateDocument[] = [];
    writes.forEach(({ document: { id, version }, expectedRev }, i) => {
      if (expectedRev > 0) return;
      results[i] = 'lost';
      shells.push(emptyShell(id, version));
    });
    await this.bulk(shells.map((document) => ({ insertOne: { document } })));
  }

  private async findLost(writes: readonly GuardedWrite[], results: WriteResult[]): Promise<void> {
    const ids = writes.map(({ document }) => document.id);
    const now = await this.collection
      .find({ _id: { $in: ids } }, { projection: { rev: 1, by: 1 } })
      .toArray();
    const byId = new Map(now.map((document) => [document._id, document]));
    writes.forEach(({ document }, i) => {
      const current = byId.get(document.id);
      const ours = current?.rev === document.rev && current.by === document.by;
      if (results[i] === 'written' && !ours) results[i] = 'lost';
    });
  }
}

interface BulkResult {
  readonly matched: number;
  /** Indexes of the operations that met a unique key. */
  readonly errors: ReadonlySet<number>;
  readonly insertsFailed: boolean;
}

function writeErrorsOf(error: unknown): { index: number; code: number }[] {
  const { writeErrors = [] } = error as { writeErrors?: unknown };
  return (Array.isArray(writeErrors) ? writeErrors : [writeErrors]) as { index: number; code: number }[];
}

/** An aggregate that does not exist and of which nothing was folded. */
const emptyShell = (id: string, version: number): AggregateDocument =>
  toDocument({
    id,
    version,
    rev: 1,
    seq: 0,
    at: { stream: '', offset: -1 },
    src: [],
    late: [],
    ids: [],
    out: { key: id, facts: [], outcomes: [] },
    by: '',
    keys: [],
    state: null,
  });

function toDocument(aggregate: StoredAggregate): AggregateDocument {
  const { id, version, at, keys, out, parked, state, ...rest } = aggregate;
  const isParking = parked !== undefined && parked.first < parked.next;
  return {
    _id: id,
    v: version,
    rev: rest.rev,
    seq: rest.seq,
    at: { s: at.stream, o: at.offset },
    src: rest.src.map(([stream, offset, item]) => [stream, offset, item]),
    late: [...rest.late],
    ids: [...rest.ids],
    out: {
      key: out.key,
      facts: [...out.facts],
      outcomes: out.outcomes.map(([key, outcome]) => [key, JSON.stringify(outcome)]),
    },
    by: rest.by,
    ...(keys.length > 0 ? { keys: [...keys] } : {}),
    ...(parked ? { parked } : {}),
    state,
    // what waits in a line must find it, however long that takes
    ...(state === null && !isParking ? { expires: new Date(Date.now() + shellTtlMs) } : {}),
  };
}

function fromDocument(document: AggregateDocument): StoredAggregate {
  return {
    id: document._id,
    version: document.v,
    rev: document.rev,
    seq: document.seq,
    at: { stream: document.at.s, offset: document.at.o },
    src: document.src.map(([stream, offset, item]): SourcePosition => [stream, offset, item]),
    late: document.late,
    ids: document.ids,
    out: {
      key: document.out.key,
      facts: document.out.facts.map(toBuffer),
      outcomes: document.out.outcomes.map(([key, text]) => [key, JSON.parse(text) as StoredOutcome]),
    },
    by: document.by,
    keys: document.keys ?? [],
    ...(document.parked ? { parked: document.parked } : {}),
    state: document.state,
  };
}

/** The same bytes: a copy of what a whole batch has to say would be as large again. */
function toBuffer(stored: mongo.Binary | Uint8Array): Buffer {
  const bytes = stored instanceof Uint8Array ? stored : stored.buffer;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
