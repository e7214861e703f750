import type { PositionDocument, PositionStore } from '@waybill/aggregates';
import type { Admin } from 'kafkajs';

export interface RewindPlace {
  readonly admin: Pick<Admin, 'setOffsets'>;
  readonly store: Pick<PositionStore, 'rewind'>;
  readonly groupId: string;
  readonly topic: string;
}

export interface RewindablePartition {
  readonly partition: number;
  readonly document: PositionDocument;
  /** Where the topic begins: a database that has finished nothing goes back to there. */
  readonly low: number;
  /** Committed offset of the group; -1 when it has none. */
  readonly committed: number;
}

/**
 * Takes a partition back to where its database is. What lies between is applied again; it was handed on before, so that
 * is noted first: after a crash in between, doing it again comes to the same.
 *
 * @returns what was done, as a sentence
 */
export async function rewindPartition(
  place: RewindPlace,
  { partition, document, low, committed }: RewindablePartition,
): Promise<string> {
  const { admin, store, groupId, topic } = place;
  const where = `${topic}/${partition}`;
  const { _id: stream, handOnFrom = 0 } = document;
  const finished = document.finished?.offset ?? low;
  if (committed <= finished) return `${where}: the database is not behind, nothing was done`;
  await store.rewind(stream, Math.max(committed, handOnFrom));
  await admin.setOffsets({ groupId, topic, partitions: [{ partition, offset: String(finished) }] });
  return `${where}: from ${finished} on again, hands on from ${committed}`;
}
