import { buildTopicManifest } from '@waybill/contracts';
import { applyTopics, createKafka, planTopics } from '@waybill/messaging';
import type { Servers } from '@waybill/testing';
import { retryDelays } from './service-names';

/** Makes all topics of the platform. */
export async function provision({ brokers }: Servers): Promise<void> {
  const admin = createKafka({ brokers, clientId: 'storm' }).admin();
  await admin.connect();
  try {
    await applyTopics(admin, await planTopics(admin, buildTopicManifest({ retryDelays })));
  } finally {
    await admin.disconnect();
  }
}
