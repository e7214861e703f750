import type { AggregateTypes } from '@waybill/decider';
import { NewerVersionError } from './aggregate-store';
import type { AggregateType } from './aggregate-type';

/** A state as it lies in a document. */
export type StateDocument = Record<string, unknown>;

/** Makes of a state of one version one of the next. */
export type Upcaster = (older: StateDocument) => StateDocument;

/** What a reader wants of an aggregate's document. */
export interface VersionedDocument {
  readonly _id: string;
  readonly v: number;
  readonly state: StateDocument | null;
}

/**
 * The state in a document, brought up from the version that it was written in; null where the aggregate does not exist.
 * Throws a {@link NewerVersionError} for a version that only a newer release reads.
 */
export function stateOf<T extends AggregateTypes>(
  type: AggregateType<T>,
  { _id, v, state }: VersionedDocument,
): T['state'] | null {
  if (v > type.version) throw new NewerVersionError(_id, v, type.version);
  if (state === null) return null;
  const newest = (type.upcasters ?? []).slice(v - 1).reduce((older, upcast) => upcast(older), state);
  return type.fromDocument(newest);
}

/**
 * The version that an aggregate is written in: never below the one that it has, so that a release which reads a version
 * and does not begin it yet loses nothing of what its successor has written.
 */
export function writtenVersion<T extends AggregateTypes>(type: AggregateType<T>, had: number): number {
  return Math.max(had, type.writes ?? type.version);
}
