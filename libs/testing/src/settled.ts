import { setTimeout as pause } from 'node:timers/promises';
import type { OrdersClient } from './orders-client';
import type { OrdersService } from './orders-service';

const lookEveryMs = 200;

/** Waits until the orders service has finished with everything that waits for it, in its retry topics too. */
export async function untilSettled(client: OrdersClient, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  // twice in a row: between two looks something may be on its way from one topic to another
  for (let quiet = 0; quiet < 2;) {
    const lag = await lagOf(client).catch(() => Number.NaN);
    quiet = lag === 0 ? quiet + 1 : 0;
    if (Date.now() > deadline) throw new Error(`${lag} records still wait after ${withinMs / 1000} s`);
    await pause(lookEveryMs);
  }
}

/** Waits until `/health/ready` answers with this status. */
export async function untilReadiness(
  service: OrdersService,
  status: 200 | 503,
  withinMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await service.status('/health/ready');
    if (seen === status) return;
    if (Date.now() > deadline)
      throw new Error(`/health/ready says ${seen} and not ${status} for ${withinMs / 1000} s`);
    await pause(lookEveryMs);
  }
}

/** How many records wait for the orders service. */
export async function lagOf({ admin, topics }: OrdersClient): Promise<number> {
  const groups = [
    { groupId: 'orders', topics: [topics.commands] },
    { groupId: 'orders.retry', topics: topics.retry.map(({ topic }) => topic) },
  ];
  let lag = 0;
  for (const group of groups)
    for (const { topic, partitions } of await admin.fetchOffsets(group)) {
      const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        lag += Number(high) - Math.max(Number(low), committed.get(partition) ?? 0);
    }
  return lag;
}
