import { topicManifest } from '@waybill/contracts';
import { applyTopicPlan, planTopics } from '@waybill/messaging';
import { connectKafka, withAdmin } from '../kafka/connect';

/** Creates what is missing, and says so. Never changes a topic that is there. */
export async function applyTopics(brokers: string, say: (line: string) => void): Promise<void> {
  const list = brokers.split(',');
  await withAdmin(connectKafka(list), list, async (admin) => {
    const plan = await planTopics(admin, topicManifest);
    await applyTopicPlan(admin, plan);
    say('topics are there');
  });
}
