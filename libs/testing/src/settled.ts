import { setTimeout as pause } from 'node:timers/promises';
import { topicManifest } from '@waybill/contracts';
import type { Admin } from 'kafkajs';
import type { ServiceClient } from './service-client';
import type { ServiceProcess } from './service-process';

const lookEveryMs = 200;

/** Waits until services have finished with everything that waits for them, in their retry topics too. */
export async function untilSettled(
  clients: ServiceClient | readonly ServiceClient[],
  withinMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  // twice in a row: between two looks something may be on its way from one topic to another
  for (let quiet = 0; quiet < 2;) {
    const lag = await lagOfAll([clients].flat()).catch(() => Number.NaN);
    quiet = lag === 0 ? quiet + 1 : 0;
    if (Date.now() > deadline) throw new Error(`${lag} records still wait after ${withinMs / 1000} s`);
    await pause(lookEveryMs);
  }
}

/** Waits until analytics has counted all facts that are there, in the first generation of its figures. */
export async function untilCounted(admin: Admin, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const lag = await groupLag(admin, 'analytics.g1', upstream('analytics'));
    if (lag === 0) return;
    if (Date.now() > deadline) throw new Error(`${lag} facts are not counted after ${withinMs / 1000} s`);
    await pause(lookEveryMs);
  }
}

/** Waits until `/health/ready` answers with this status. */
export async function untilReadiness(
  service: ServiceProcess,
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

async function lagOfAll(clients: readonly ServiceClient[]): Promise<number> {
  let lag = 0;
  for (const client of clients) lag += await lagOf(client);
  return lag;
}

/** How many records wait for a service: commands, retries, and facts of others that it reads. */
export async function lagOf({ name, admin, topics }: ServiceClient): Promise<number> {
  const groups: [groupId: string, topics: string[]][] = [
    [name, [topics.commands]],
    [`${name}.retry`, topics.retry.map(({ topic }) => topic)],
    [`${name}.${name === 'claims' ? 'copies' : 'reactions'}`, upstream(name)],
  ];
  let lag = 0;
  for (const [groupId, read] of groups) lag += await groupLag(admin, groupId, read);
  return lag;
}

async function groupLag(admin: Admin, groupId: string, topics: string[]): Promise<number> {
  let lag = 0;
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics })) {
    const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      lag += Number(high) - Math.max(Number(low), committed.get(partition) ?? 0);
  }
  return lag;
}

/** The event topics of others that a service reads. */
const upstream = (name: string): string[] =>
  topicManifest
    .filter(
      ({ name: topic, owner, readers }) =>
        topic.endsWith('.events') && owner !== name && readers.includes(name),
    )
    .map(({ name: topic }) => topic);
