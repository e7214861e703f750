import type { mongo } from 'mongoose';
import {
  type AggregateStore,
  type GuardedWrite,
  NewerVersionError,
  type WriteResult,
} from './aggregate-store';
import {
  shellTtlMs,
  type SourcePosition,
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
    for await (const document of cursor) {
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
    const { matched, errors } = await this.bulk(operations);
    const results: WriteResult[] = writes.map((_, i) => (errors.has(i) ? 'taken' : 'written'));
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

  private async bulk(
    operations: mongo.AnyBulkWriteOperation<AggregateDocument>[],
  ): Promise<{ matched: number; errors: Set<number> }> {
    try {
      const { matchedCount } = await this.collection.bulkWrite(operations, { ordered: false });
      return { matched: matchedCount, errors: new Set() };
    } catch (error) {
      const writeErrors = writeErrorsOf(error);
      if (!writeErrors || writeErrors.some(({ code }) => code !== duplicateKey)) throw error;
      const { matchedCount } = error as { matchedCount?: number };
      return { matched: matchedCount ?? 0, errors: new Set(writeErrors.map(({ index }) => index)) };
    }
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

function writeErrorsOf(error: unknown): { index: number; code: number }[] | undefined {
  const { writeErrors } = error as { writeErrors?: unknown };
  if (writeErrors === undefined) return undefined;
  return (Array.isArray(writeErrors) ? writeErrors : [writeErrors]) as { index: number; code: number }[];
}

function toDocument(aggregate: StoredAggregate): AggregateDocument {
  const { id, version, at, keys, out, state, ...rest } = aggregate;
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
    state,
    ...(state === null ? { expires: new Date(Date.now() + shellTtlMs) } : {}),
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
    state: document.state,
  };
}

const toBuffer = (bytes: mongo.Binary | Uint8Array): Buffer =>
  Buffer.from(bytes instanceof Uint8Array ? bytes : bytes.buffer);
