import type { Admin } from 'kafkajs';

export interface PartitionLag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** Offset up to which the group has committed; null when it has committed nothing here. */
  readonly committed: number | null;
  readonly end: number;
  readonly messages: number;
}

/** How far consumer groups are behind in the given topics. Groups that read none of them are left out. */
export async function readLag(
  admin: Admin,
  topics: readonly string[],
  onlyGroup?: string,
): Promise<PartitionLag[]> {
  const existing = new Set(await admin.listTopics());
  const wanted = topics.filter((topic) => existing.has(topic));
  const ranges = await Promise.all(
    wanted.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const),
  );
  const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
  const lags: PartitionLag[] = [];
  for (const group of groups.filter((id) => onlyGroup === undefined || id === onlyGroup).toSorted()) {
    const committed = new Map(
      (await admin.fetchOffsets({ groupId: group, topics: wanted })).flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)] as const),
      ),
    );
    for (const [topic, partitions] of ranges) lags.push(...lagOf(group, topic, partitions, committed));
  }
  return lags;
}

/** The lag of one group in one topic, partition by partition; nothing when it never committed there. */
export function lagOf(
  group: string,
  topic: string,
  ranges: readonly { readonly partition: number; readonly low: string; readonly high: string }[],
  committed: ReadonlyMap<string, number>,
): PartitionLag[] {
  const offsetOf = (partition: number) => committed.get(`${topic}/${partition}`) ?? -1;
  if (ranges.every(({ partition }) => offsetOf(partition) < 0)) return [];
  return ranges
    .toSorted((a, b) => a.partition - b.partition)
    .map(({ partition, low, high }) => {
      const offset = offsetOf(partition);
      const from = Math.max(offset, Number(low));
      return {
        group,
        topic,
        partition,
        committed: offset < 0 ? null : offset,
        end: Number(high),
        messages: Math.max(0, Number(high) - from),
      };
    });
}
