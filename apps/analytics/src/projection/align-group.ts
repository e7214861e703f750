import type { OffsetRange } from '@waybill/aggregates';
import type { Admin } from 'kafkajs';
import type { PositionStore } from './stores';

/** The database and the topic do not belong together. Nothing is counted; an operator decides. */
export class AlignmentError extends Error {
  override readonly name = 'AlignmentError';
}

export interface AlignmentOptions {
  readonly admin: Pick<Admin, 'describeGroups' | 'fetchOffsets' | 'fetchTopicOffsets' | 'setOffsets'>;
  readonly groupId: string;
  readonly topic: string;
  readonly positions: Pick<PositionStore, 'load'>;
  readonly streamOf: (partition: number) => string;
  /** The last record in each range; undefined where it holds none. */
  readonly read: (ranges: readonly OffsetRange[]) => Promise<readonly (object | undefined)[]>;
}

/** A partition that is counted again from where the database is. */
export interface Rewound {
  readonly partition: number;
  readonly from: number;
  /** -1: the group had no offset. */
  readonly committed: number;
}

interface PartitionView extends Rewound {
  readonly low: number;
  readonly high: number;
  /** Undefined: the database has counted nothing of the stream. */
  readonly position: number | undefined;
}

/** What was committed last may be transaction markers, as many in a row as transactions were open at once. */
const markersInARow = 200;

/**
 * Before a generation is counted into: a group that is ahead of its database (one restored from a backup, or another
 * one) is taken back to where the database is. Counting again what is counted changes nothing. Rejects with an
 * {@link AlignmentError} where the topic has not got what the database lacks, or where members still run.
 */
export async function alignGroup(options: AlignmentOptions): Promise<readonly Rewound[]> {
  const { admin, groupId, topic } = options;
  const views = await look(options);
  const problems = views.flatMap((view) => rangeProblems(topic, view));
  if (problems.length > 0) throw new AlignmentError(problems.join('; '));
  const ahead = await aheadOf(options, views);
  const unset = views.filter(({ committed, from, low }) => committed < 0 && from > low);
  const rewound = [...ahead, ...unset].map(({ partition, from, committed }) => ({
    partition,
    from,
    committed,
  }));
  if (rewound.length === 0) return [];
  if (await hasMembers(options)) {
    // offsets that are missing are about to be committed by whoever runs
    if (ahead.length === 0) return [];
    const places = ahead.map(({ partition }) => `${topic}/${partition}`).join(', ');
    throw new AlignmentError(
      `${groupId} has committed more of ${places} than this database has counted (restored from a backup?), ` +
        'and other instances run: stop all of them first',
    );
  }
  const partitions = rewound.map(({ partition, from }) => ({ partition, offset: String(from) }));
  await admin.setOffsets({ groupId, topic, partitions });
  return rewound;
}

async function look({
  admin,
  groupId,
  topic,
  positions,
  streamOf,
}: AlignmentOptions): Promise<PartitionView[]> {
  // before the positions, which are always written first
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const committed = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  const known = await positions.load();
  return (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => {
    const position = known.get(streamOf(partition));
    return {
      partition,
      low: Number(low),
      high: Number(high),
      position,
      from: position ?? Number(low),
      committed: committed.get(partition) ?? -1,
    };
  });
}

function rangeProblems(topic: string, { partition, low, high, position }: PartitionView): string[] {
  const where = `${topic}/${partition}`;
  if (position === undefined) return [];
  if (low > position) return [`${where} begins at ${low}, but only what is below ${position} is counted`];
  if (high < position) return [`${where} ends at ${high}, but what is below ${position} is counted`];
  return [];
}

/** Those where a record, and not only markers, lies between the database and the group. */
async function aheadOf(
  { read }: AlignmentOptions,
  views: readonly PartitionView[],
): Promise<PartitionView[]> {
  const suspects = views.filter(({ committed, from }) => committed > from);
  if (suspects.length === 0) return [];
  const ranges = suspects.map(({ partition, from, committed }) => ({
    partition,
    from: Math.max(from, committed - markersInARow),
    to: committed - 1,
  }));
  const records = await read(ranges);
  return suspects.filter((_, i) => records[i] !== undefined);
}

async function hasMembers({ admin, groupId }: AlignmentOptions): Promise<boolean> {
  const { groups } = await admin.describeGroups([groupId]);
  return groups.some(({ members }) => members.length > 0);
}
