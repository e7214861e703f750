import { setTimeout as pause } from 'node:timers/promises';
import { AssignerProtocol } from 'kafkajs';
import { commandTopic, type Stage } from '../stage';

/** Who reads the commands of orders, at one moment. */
interface Membership {
  readonly isStable: boolean;
  /** How many partitions each member has. */
  readonly partitions: readonly number[];
}

async function membershipOf({ admin }: Stage): Promise<Membership> {
  const { groups } = await admin.describeGroups(['orders']);
  const members = groups[0]?.members ?? [];
  return {
    isStable: groups[0]?.state === 'Stable',
    partitions: members.map(({ memberAssignment }) => {
      const decoded =
        memberAssignment.length > 0 ? AssignerProtocol.MemberAssignment.decode(memberAssignment) : null;
      return decoded?.assignment[commandTopic]?.length ?? 0;
    }),
  };
}

export interface Sharing {
  /** Since when the group was no longer what it had been, and when all had partitions; by `performance.now()`. */
  readonly sinceMs: number;
  readonly atMs: number;
  /** How many instances have partitions: less than wanted when patience was over. */
  readonly instances: number;
}

const lookEveryMs = 20;
const patienceMs = 60_000;

/** Waits until so many instances of orders have partitions. */
export async function untilShared(stage: Stage, wanted: number): Promise<Sharing> {
  const deadline = performance.now() + patienceMs;
  let sinceMs: number | undefined;
  for (;;) {
    const { isStable, partitions } = await membershipOf(stage);
    const atMs = performance.now();
    if (!isStable || partitions.length === wanted) sinceMs ??= atMs;
    const instances = partitions.filter((count) => count > 0).length;
    const isShared = isStable && instances === wanted;
    if (isShared || atMs > deadline) return { sinceMs: sinceMs ?? atMs, atMs, instances };
    await pause(lookEveryMs);
  }
}
