import type { StoredAggregate } from './stored-aggregate';

/** A document of a newer version than this code knows. It is not touched: the batch waits as if the database were away. */
export class NewerVersionError extends Error {
  override readonly name = 'NewerVersionError';
  /** For whoever asked over HTTP: there is an instance that could answer, or will be. */
  readonly statusCode = 503;

  constructor(id: string, found: number, known: number) {
    super(`aggregate ${id} has version ${found}, this release reads up to ${known}: deploy a newer release`);
  }
}

export interface GuardedWrite {
  readonly document: StoredAggregate;
  /** The document must still have this `rev`; 0: it must not exist. */
  readonly expectedRev: number;
}

/** `lost`: somebody else wrote first. `taken`: another document holds one of its unique keys. */
export type WriteResult = 'written' | 'lost' | 'taken';

/** One collection of aggregates. Every call may fail as a whole when the database is away; then nothing is known of its effect. */
export interface AggregateStore {
  load(ids: readonly string[]): Promise<ReadonlyMap<string, StoredAggregate>>;
  /** Unordered, one guarded operation for each document; results in the order of `writes`. */
  write(writes: readonly GuardedWrite[]): Promise<readonly WriteResult[]>;
  /** Which of `keys` another living document than `exceptId` holds now. */
  heldByOthers(keys: readonly string[], exceptId: string): Promise<ReadonlySet<string>>;
}
