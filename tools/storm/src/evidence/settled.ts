import { setTimeout as pause } from 'node:timers/promises';
import { createKafka } from '@waybill/messaging';
import type { Admin } from 'kafkajs';
import { retryDelays } from '../system/service-names';

const retryTopics = (service: string) => retryDelays.map((delay) => `${service}.retry.${delay}`);

/** Who reads what, and so who may be behind. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  orders: ['orders.commands'],
  'orders.retry': retryTopics('orders'),
  'orders.reactions': ['shipments.events'],
  shipments: ['shipments.commands'],
  'shipments.retry': retryTopics('shipments'),
  'shipments.reactions': ['orders.events'],
  claims: ['claims.commands'],
  'claims.retry': retryTopics('claims'),
  'claims.copies': ['orders.events', 'shipments.events'],
  'analytics.g1': ['orders.events', 'claims.events'],
};

const lookEveryMs = 500;
/** Longer than anything is under way from one topic to another, a sweep of kept scans included. */
const quietLooks = 12;

/** How many records wait, by group and topic; only those that do. */
export async function waiting(admin: Admin): Promise<Readonly<Record<string, number>>> {
  const all: Record<string, number> = {};
  for (const [groupId, topics] of Object.entries(groups))
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...topics] })) {
      const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      const ends = await admin.fetchTopicOffsets(topic);
      const lag = ends.reduce(
        (sum, { partition, low, high }) =>
          sum + Number(high) - Math.max(Number(low), committed.get(partition) ?? 0),
        0,
      );
      if (lag > 0) all[`${topic} for ${groupId}`] = lag;
    }
  return all;
}

/** Looks at what waits, over a connection of its own that comes back when the broker does. */
export class Waiting {
  private readonly admin: Admin;
  private connected: Promise<void> | undefined;

  constructor(brokers: readonly string[]) {
    this.admin = createKafka({ brokers, clientId: 'storm-lag' }).admin();
  }

  /** Rejects while the broker is away. */
  async look(): Promise<Readonly<Record<string, number>>> {
    this.connected ??= this.admin.connect();
    try {
      await this.connected;
      return await waiting(this.admin);
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
  }

  /** Waits until nothing waits any more, for a while; answers what still does when the time is up. */
  async untilNothing(withinMs: number, signal: AbortSignal): Promise<readonly string[]> {
    const deadline = Date.now() + withinMs;
    let rest: Readonly<Record<string, number>> = {};
    for (let quiet = 0; quiet < quietLooks;) {
      rest = await this.look().catch((error: unknown) => ({ [String(error)]: 1 }));
      quiet = Object.keys(rest).length === 0 ? quiet + 1 : 0;
      if (Date.now() > deadline) break;
      await pause(lookEveryMs, undefined, { signal });
    }
    return Object.entries(rest).map(([place, count]) => `${count} in ${place}`);
  }

  close(): Promise<void> {
    return this.admin.disconnect();
  }
}
