import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { CommandFailure } from '../failure';

/** A consumer group, and a topic that it reads. */
export interface Reading {
  readonly group: string;
  readonly topic: string;
}

/** One look: where topics end, and what groups have finished. Both by partition, as `topic/partition` and `group/topic/partition`. */
export interface Look {
  readonly ends: ReadonlyMap<string, number>;
  readonly done: ReadonlyMap<string, number>;
}

const lookEveryMs = 150;

/**
 * Waits until nothing is on its way any more: every group has finished with all that its topic holds, and nothing has
 * been written since. Groups finish a record after they have published what came of it. `signal` gives the wait up.
 */
export async function untilAtRest(
  admin: Admin,
  readings: readonly Reading[],
  signal: AbortSignal,
): Promise<void> {
  let before: Look | undefined;
  while (!signal.aborted) {
    const now = await look(admin, readings);
    if (before && isAtRest(before, now, readings)) return;
    before = now;
    await pause(lookEveryMs);
  }
  const reason = signal.reason as Error;
  if (reason.name !== 'TimeoutError' || !before) throw reason;
  throw new CommandFailure(`it took too long: ${busyIn(before, readings)}`);
}

/** Whether between two looks there was a moment at which everything that was written had been read. */
export function isAtRest(before: Look, now: Look, readings: readonly Reading[]): boolean {
  return readings.every(({ group, topic }) =>
    partitionsOf(topic, now.ends).every(
      ([partition, end]) =>
        // the first look saw ends before positions, so only an end that has not moved since tells something
        before.ends.get(partition) === end &&
        (end === 0 || (before.done.get(`${group}/${partition}`) ?? -1) >= end),
    ),
  );
}

/** Who is behind, and where; a group that has never read anything is all behind. */
export function busyIn({ ends, done }: Look, readings: readonly Reading[]): string {
  const behind = readings.flatMap(({ group, topic }) => {
    const waiting = partitionsOf(topic, ends).reduce(
      (sum, [partition, end]) => sum + Math.max(0, end - (done.get(`${group}/${partition}`) ?? 0)),
      0,
    );
    return waiting > 0 ? [`${group} is ${waiting} messages behind in ${topic}`] : [];
  });
  return behind.length > 0 ? behind.join(', ') : 'messages keep coming';
}

const partitionsOf = (topic: string, ends: Look['ends']): [partition: string, end: number][] =>
  [...ends].filter(([partition]) => partition.slice(0, partition.lastIndexOf('/')) === topic);

async function look(admin: Admin, readings: readonly Reading[]): Promise<Look> {
  const topics = [...new Set(readings.map(({ topic }) => topic))];
  const ends = await endsOf(admin, topics);
  const done = await Promise.all(
    readings.map(async ({ group, topic }) => {
      const [fetched] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return (fetched?.partitions ?? []).map(({ partition, offset }): [string, number] => [
        `${group}/${topic}/${partition}`,
        Number(offset),
      ]);
    }),
  );
  return { ends, done: new Map(done.flat()) };
}

/** Where each partition of some topics ends now, by `topic/partition`. */
export async function endsOf(admin: Admin, topics: readonly string[]): Promise<Map<string, number>> {
  const ends = await Promise.all(
    topics.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).map(({ partition, high }): [string, number] => [
        `${topic}/${partition}`,
        Number(high),
      ]),
    ),
  );
  return new Map(ends.flat());
}
