import type { Admin } from 'kafkajs';
import { fingerprintOf } from './fingerprint';
import type { FinishedPosition, PositionStore } from './position-store';
import type { OffsetRange, ReadRecord } from './record-reader';

/** The database and the topic do not belong together. The service must not start; an operator decides. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';

  constructor(readonly problems: readonly string[]) {
    super(`input positions and topic disagree:\n  ${problems.join('\n  ')}`);
  }
}

export interface PreflightOptions {
  readonly admin: Admin;
  readonly groupId: string;
  readonly topic: string;
  readonly positions: PositionStore;
  /** Stream name of a partition. */
  readonly stream: (partition: number) => string;
  /** The last record in each range. */
  readonly read: (ranges: readonly OffsetRange[]) => Promise<readonly (ReadRecord | undefined)[]>;
}

interface PartitionView {
  readonly partition: number;
  readonly low: number;
  readonly high: number;
  /** -1: the group has none. */
  readonly committed: number;
  readonly finished?: FinishedPosition;
}

/** A commit runs at most some ten seconds ahead of the saved position, in record time. */
const maxAheadMs = 60_000;
/** The end of a topic may be transaction markers; there are as many in a row as transactions were open at once. */
const markersInARow = 200;

/**
 * Before a command group starts: compares committed offsets and the topic with the positions that the database
 * remembers. Sets the group's offsets where it has none; throws {@link PreflightError} where records would be skipped.
 */
export async function preflight(options: PreflightOptions): Promise<void> {
  const views = await look(options);
  const problems = views.flatMap((view) => rangeProblems(options.topic, view));
  if (problems.length === 0) problems.push(...(await recordProblems(options, views)));
  if (problems.length > 0) throw new PreflightError(problems);
  const unset = views.filter(({ committed, finished }) => committed < 0 && finished !== undefined);
  if (unset.length === 0) return;
  await options.admin.setOffsets({
    groupId: options.groupId,
    topic: options.topic,
    partitions: unset.map(({ partition, finished }) => ({
      partition,
      offset: String(finished?.offset ?? 0),
    })),
  });
}

async function look({
  admin,
  groupId,
  topic,
  positions,
  stream,
}: PreflightOptions): Promise<PartitionView[]> {
  const ends = await admin.fetchTopicOffsets(topic);
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const committed = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return Promise.all(
    ends.map(async ({ partition, low, high }) => {
      const { finished } = await positions.load(stream(partition));
      const view = {
        partition,
        low: Number(low),
        high: Number(high),
        committed: committed.get(partition) ?? -1,
      };
      return finished ? { ...view, finished } : view;
    }),
  );
}

function rangeProblems(topic: string, { partition, low, high, finished }: PartitionView): string[] {
  const where = `${topic}/${partition}`;
  if (!finished) return [];
  if (low > finished.offset)
    return [
      `${where}: begins at ${low}, but only records below ${finished.offset} are finished (truncated topic?)`,
    ];
  if (high < finished.offset)
    return [
      `${where}: ends at ${high}, but records below ${finished.offset} are finished (recreated topic?)`,
    ];
  return [];
}

async function recordProblems(
  { topic, read }: PreflightOptions,
  views: readonly PartitionView[],
): Promise<string[]> {
  const ranges = views.map(lastFinishedAndCommitted);
  const wanted = ranges.flatMap(({ finished, committed }) => [finished, committed]).filter((range) => range !== undefined);
  const read_ = await read(wanted);
  const records = new Map(wanted.map((range, i) => [range, read_[i]]));
  return views.flatMap(({ partition, committed, finished }, i) => {
    if (!finished) return [];
    const last = records.get(ranges[i]?.finished as OffsetRange);
    if (last && fingerprintOf(last) !== finished.fingerprint)
      return [
        `${topic}/${partition}: the record at ${last.offset} is another one than was finished (recreated topic?)`,
      ];
    const ahead = records.get(`${partition}/${committed - 1}`);
    const aheadMs = ahead ? ahead.timestampMs - finished.timestampMs : 0;
    if (committed > finished.offset && aheadMs > maxAheadMs)
      return [
        `${topic}/${partition}: the group has committed ${committed}, ${Math.round(aheadMs / 1000)} s of records beyond ` +
          `${finished.offset} that this database finished (restored from a backup?). ` +
          `Rewind with: waybill positions rewind --topic ${topic} --partition ${partition}`,
      ];
    return [];
  });
}
