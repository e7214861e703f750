import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../delivered';
import type { Stage } from '../stage';

/** Who reads what. */
const groups: Readonly<Record<ServiceName, Readonly<Record<string, readonly string[]>>>> = {
  orders: { orders: ['orders.commands'], 'orders.reactions': ['shipments.events'] },
  shipments: { shipments: ['shipments.commands'], 'shipments.reactions': ['orders.events'] },
  claims: { claims: ['claims.commands'], 'claims.copies': ['orders.events', 'shipments.events'] },
  analytics: { 'analytics.g1': ['orders.events', 'claims.events'] },
};

const lookEveryMs = 250;
const patienceMs = 120_000;

/** How many records of these topics a group has not yet behind it. */
export async function waitingIn(
  { admin }: Stage,
  groupId: string,
  topics: readonly string[],
): Promise<number> {
  let waiting = 0;
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...topics] })) {
    const read = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    for (const { partition, high } of await admin.fetchTopicOffsets(topic))
      waiting += Number(high) - Math.max(0, read.get(partition) ?? 0);
  }
  return waiting;
}

async function waitingFor(stage: Stage, services: readonly ServiceName[]): Promise<number> {
  const all = services.flatMap((name) => Object.entries(groups[name]));
  const waiting = await Promise.all(all.map(([groupId, topics]) => waitingIn(stage, groupId, topics)));
  return waiting.reduce((sum, one) => sum + one);
}

/** Waits until services have finished with everything that waits for them. Rejects when they stand still. */
export async function untilIdle(stage: Stage, services: readonly ServiceName[]): Promise<void> {
  let before = Infinity;
  let movedAtMs = performance.now();
  // twice in a row: between two looks something may be on its way from one topic to another
  for (let quiet = 0; quiet < 2;) {
    const waiting = await waitingFor(stage, services);
    quiet = waiting === 0 ? quiet + 1 : 0;
    if (waiting !== before) movedAtMs = performance.now();
    before = waiting;
    if (performance.now() - movedAtMs > patienceMs)
      throw new Error(`${services.join(' and ')} stand still: ${waiting} records wait`);
    await pause(lookEveryMs);
  }
}
