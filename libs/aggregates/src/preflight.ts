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
/** What was committed last may be transaction markers, as many in a row as transactions were open at once. */
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
  const partitions = unset.map(({ partition, finished }) => ({
    partition,
    offset: String(finished?.offset ?? 0),
  }));
  const { admin, groupId, topic } = options;
  await admin.setOffsets({ groupId, topic, partitions }).catch(async (error: unknown) => {
    // somebody else of the group works already: what was not committed by then is for who has it to commit
    if (!(await hasMembers(admin, groupId))) throw error;
  });
}

async function hasMembers(admin: Admin, groupId: string): Promise<boolean> {
  const { groups } = await admin.describeGroups([groupId]);
  return groups.some(({ members }) => members.length > 0);
}

/**
 * Others of the group may be at work meanwhile. They save a position before they commit, and both lie in the topic: what
 * is looked at in this order does not seem to be ahead of what it must not be ahead of.
 */
async function look({
  admin,
  groupId,
  topic,
  positions,
  stream,
}: PreflightOptions): Promise<PartitionView[]> {
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const known = await Promise.all(
    (group?.partitions ?? []).map(async ({ partition, offset }) => ({
      partition,
      committed: Number(offset),
      finished: (await positions.load(stream(partition))).finished,
    })),
  );
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
  return known.flatMap(({ partition, committed, finished }) => {
    const end = ends.get(partition);
    if (!end) return [];
    const view = { partition, committed, low: Number(end.low), high: Number(end.high) };
    return [finished ? { ...view, finished } : view];
  });
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
  const lastFinished = await readLast(views.flatMap(finishedRange), read);
  const lastCommitted = await readLast(views.flatMap(committedRange), read);
  return views.flatMap((view) => {
    const { partition, finished } = view;
    const last = lastFinished.get(partition);
    if (finished && last && fingerprintOf(last) !== finished.fingerprint)
      return [
        `${topic}/${partition}: the record at ${last.offset} is another one than was finished (recreated topic?)`,
      ];
    return aheadProblems(topic, view, lastCommitted.get(partition));
  });
}

function aheadProblems(
  topic: string,
  { partition, committed, finished }: PartitionView,
  ahead: ReadRecord | undefined,
): string[] {
  if (!ahead) return [];
  const where = `${topic}/${partition}: the group has committed ${committed}`;
  const remedy = `Rewind with: waybill positions rewind --topic ${topic} --partition ${partition}`;
  // a position is saved before the first commit, so this database was not there then
  if (!finished)
    return [`${where}, but this database has finished nothing (another or an empty one?). ${remedy}`];
  const aheadMs = ahead.timestampMs - finished.timestampMs;
  if (aheadMs <= maxAheadMs) return [];
  return [
    `${where}, ${Math.round(aheadMs / 1000)} s of records beyond ${finished.offset} that this database finished ` +
      `(restored from a backup?). ${remedy}`,
  ];
}

async function readLast(
  ranges: readonly OffsetRange[],
  read: PreflightOptions['read'],
): Promise<Map<number, ReadRecord>> {
  const records = await read(ranges);
  return new Map(records.flatMap((record) => (record ? [[record.partition, record]] : [])));
}

function finishedRange({ partition, low, finished }: PartitionView): OffsetRange[] {
  if (!finished || finished.offset <= low) return [];
  return [{ partition, from: finished.offset - 1, to: finished.offset - 1 }];
}

function committedRange({ partition, low, committed, finished }: PartitionView): OffsetRange[] {
  const from = Math.max(low, finished?.offset ?? 0, committed - markersInARow);
  return committed > from ? [{ partition, from, to: committed - 1 }] : [];
}
