import { randomUUID } from 'node:crypto';
import { serviceTopics } from '@waybill/contracts';
import { FactsReader } from '@waybill/messaging';
import { kafkaSecurity } from '@waybill/service/configuration';
import type { Admin } from 'kafkajs';
import { fromEnvironment } from '../connection';
import type { Arrivals } from './arrivals';
import type { FactLog } from './fact-log';
import { commandServices } from './planned-message';

export const eventTopics = commandServices.map((service) => serviceTopics(service).events);

export interface FactListener {
  /** Gaps and records that are no facts: must stay empty. */
  readonly alarms: readonly string[];
  readonly group: string;
  stop(): Promise<void>;
}

/** Reads all facts of orders and parcels from the first one on, as another team would: with the facts reader, in a group of its own. */
export async function listenToFacts(
  brokers: readonly string[],
  admin: Admin,
  facts: FactLog,
  arrivals: Arrivals,
): Promise<FactListener> {
  const groupId = `waybill-look-${randomUUID()}`;
  const alarms: string[] = [];
  const reader = new FactsReader({
    kafka: { ...fromEnvironment(kafkaSecurity), brokers, clientId: 'waybill-cli' },
    groupId,
    topics: eventTopics,
    handle: async (fresh) => {
      for (const fact of fresh) facts.hear(fact);
      arrivals.changed();
    },
    onAlarm: ({ kind, topic, partition, offset }) => {
      alarms.push(
        `facts: ${kind === 'gap' ? 'a gap' : 'an unreadable record'} at ${topic}/${partition}/${offset}`,
      );
    },
  });
  await reader.start();
  return {
    alarms,
    group: groupId,
    stop: async () => {
      await reader.stop();
      await admin.deleteGroups([groupId]).catch(() => undefined);
    },
  };
}
