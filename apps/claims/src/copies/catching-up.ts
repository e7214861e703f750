import type { Admin } from 'kafkajs';
import type { Holds } from './holds';

export interface CatchingUpOptions {
  readonly admin: Pick<Admin, 'fetchOffsets' | 'fetchTopicOffsets'>;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly holds: Pick<Holds, 'all'>;
}

/**
 * Whether a group has read all that was in its topics when the process started, or as far as a gap lets it. Until then
 * copies show a past: a parcel may look like a draft that has long been delivered, and a claim on it would be refused.
 */
export class CatchingUp {
  private ends: Map<string, number> | undefined;
  private isDone = false;

  constructor(private readonly options: CatchingUpOptions) {}

  /** Asks the cluster until it is done, then never again. */
  async done(): Promise<boolean> {
    if (this.isDone) return true;
    this.ends ??= await this.endsNow();
    const read = await this.committed();
    const behind = [...this.ends].filter(([place, end]) => (read.get(place) ?? 0) < end);
    const held = behind.length > 0 ? await this.options.holds.all() : new Map<string, number>();
    this.isDone = behind.every(([place]) => {
      const offset = held.get(place);
      return offset !== undefined && (read.get(place) ?? 0) <= offset;
    });
    return this.isDone;
  }

  /** Only where there is something to read. */
  private async endsNow(): Promise<Map<string, number>> {
    const { admin, topics } = this.options;
    const ends = new Map<string, number>();
    for (const topic of topics)
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        if (Number(high) > Number(low)) ends.set(`${topic}/${partition}`, Number(high));
    return ends;
  }

  private async committed(): Promise<Map<string, number>> {
    const { admin, groupId, topics } = this.options;
    const groups = await admin.fetchOffsets({ groupId, topics: [...topics] });
    return new Map(
      groups.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)] as const),
      ),
    );
  }
}
