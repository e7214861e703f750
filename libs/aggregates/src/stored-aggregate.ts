import type { Outcome, ParkingPlace } from '@waybill/messaging';

/** How far an ordered stream was applied: the offset of the record (or the sequence of a fact) and the item within it. */
export type SourcePosition = readonly [stream: string, offset: number, item: number];

/** What became of a command. `failed` is answered by a dead letter, everything else by a reply or a dead letter. */
export type StoredOutcome =
  | Outcome
  | {
      readonly outcome: 'failed';
      readonly message: string;
      readonly stack: string;
      /** Its place in the line of its aggregate. */
      readonly parked?: ParkingPlace;
      /** It was not decided: it waits for its turn. */
      readonly waits?: true;
    };

/** What is said of a command that is kept, once and for all: when its place is taken, nobody is told again. */
export const keptOutcome: Outcome = { outcome: 'accepted', events: [], kept: true };

/** What became of a command that our own code could not deal with. A message may quote all that it stumbled over. */
export function failedBy(error: unknown): StoredOutcome & { readonly outcome: 'failed' } {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { outcome: 'failed', message: message.slice(0, 2048), stack: stack.slice(0, 8192) };
}

/** What the last write has to say to the outside: facts as their bytes, and the outcome of each command it folded. */
export interface Out {
  /** Partition key of the facts. */
  readonly key: string;
  readonly facts: readonly Buffer[];
  readonly outcomes: readonly (readonly [key: string, outcome: StoredOutcome])[];
}

/**
 * A line of commands behind one that failed. `first` of them has its turn, `next` is the number of whoever joins; where
 * both are the same nobody waits. It stays then, so that a number is never used twice.
 */
export interface ParkedMark {
  /** What began the count of the numbers: after a release without lines has lost the mark, they are counted anew. */
  readonly numbering: string;
  /** Id of the dead letter whose failure began the line. */
  readonly since: string;
  readonly first: number;
  readonly next: number;
}

/** State, input position and outgoing facts of one aggregate, written together under the guard `rev`. */
export interface StoredAggregate {
  readonly id: string;
  readonly version: number;
  readonly rev: number;
  /** Sequence of the last fact; 0 when there is none. */
  readonly seq: number;
  /** The last record of its own command partition that was folded when this was written. */
  readonly at: { readonly stream: string; readonly offset: number };
  readonly src: readonly SourcePosition[];
  /** Origins of those that come in any order; those that came out of keeping end with `,kept`. */
  readonly late: readonly string[];
  readonly ids: readonly string[];
  readonly out: Out;
  /** Session of the worker that wrote it. */
  readonly by: string;
  readonly keys: readonly string[];
  /** Left out while none of its commands was ever parked. */
  readonly parked?: ParkedMark;
  /** `null`: a shell, which remembers positions of an aggregate that does not exist. */
  readonly state: Record<string, unknown> | null;
}

export const lateKept = 256;
export const idsKept = 32;
/** Bound of `out` within one batch: 2 MiB, then it is written and published before the rest is folded. */
export const outBytes = 2 * 1024 * 1024;
/** A command whose facts alone are larger than this cannot be kept in a document of 16 MiB together with its state. */
export const commandFactsBytes = 8 * 1024 * 1024;
export const shellTtlMs = 30 * 24 * 3600 * 1000;

export const outSize = (out: Out): number => out.facts.reduce((sum, fact) => sum + fact.length, 0);
