import { setTimeout as pause } from 'node:timers/promises';
import { type TopicSpec, topicManifest } from '@waybill/contracts';
import { applyTopics, planTopics, type TopicPlan } from '@waybill/messaging';
import type { Admin } from 'kafkajs';
import { connectKafka, withAdmin } from '../kafka/connect';

/** What differs between the cluster and the manifest. */
export function planManifest(brokers: readonly string[]): Promise<TopicPlan> {
  return withAdmin(connectKafka(brokers), brokers, (admin) => planTopics(admin, topicManifest));
}

/** Brings the cluster to the manifest as far as that is safe; answers what was done and what was not. */
export async function applyManifest(
  brokers: readonly string[],
  replicationFactor?: number,
): Promise<TopicPlan> {
  return withAdmin(connectKafka(brokers), brokers, async (admin) => {
    const plan = await planTopics(admin, topicManifest);
    await applyTopics(admin, plan, replicationFactor === undefined ? {} : { replicationFactor });
    for (const { name } of topicManifest) await untilServed(admin, name);
    return plan;
  });
}

// a broker knows that it leads a topic a moment later than the controller says so, after its start and for a new one
async function untilServed(admin: Admin, topic: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (!(error as { retriable?: boolean }).retriable || Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}

/** A plan, line by line. */
export function planLines({ create, alter, refused, unchanged }: TopicPlan): string[] {
  return [
    ...create.map((spec) => `create  ${spec.name}: ${told(spec)}`),
    ...alter.flatMap(({ topic, changes }) =>
      changes.map(({ name, from, to }) => `change  ${topic}: ${name} from ${from} to ${to}`),
    ),
    ...refused.map(({ topic, reason }) => `differs ${topic}: ${reason}`),
    `${unchanged.length} topics are as the manifest wants them`,
  ];
}

function told({ partitions, retentionMs, timestampType }: TopicSpec): string {
  const days = retentionMs / 86_400_000;
  return `${partitions} partitions, kept ${retentionMs === -1 ? 'for ever' : `${days} days`}, ${timestampType}`;
}
