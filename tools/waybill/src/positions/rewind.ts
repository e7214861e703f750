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
 * Takes partitions back to where their database is. What lies between is applied again; it was handed on before, so that
 * is noted first: after a crash in between, doing it again comes to the same. All go back in one request, as kafkajs
 * takes five seconds for each.
 *
 * @returns what was done, a sentence for each partition
 */
export async function rewindPartitions(
  { admin, store, groupId, topic }: RewindPlace,
  partitions: readonly RewindablePartition[],
): Promise<string[]> {
  const behind = partitions.filter((one) => one.committed > startOf(one));
  for (const { document, committed } of behind)
    await store.rewind(document._id, Math.max(committed, document.handOnFrom ?? 0));
  const offsets = behind.map((one) => ({ partition: one.partition, offset: String(startOf(one)) }));
  if (offsets.length > 0) await admin.setOffsets({ groupId, topic, partitions: offsets });
  return partitions.map((one) => {
    const where = `${topic}/${one.partition}`;
    if (!behind.includes(one)) return `${where}: the database is not behind, nothing was done`;
    return `${where}: from ${startOf(one)} on again, hands on from ${one.committed}`;
  });
}

const startOf = ({ document, low }: RewindablePartition): number => document.finished?.offset ?? low;
