import { topicMessageBytes } from '@waybill/contracts';
import type { ConsumerConfig } from 'kafkajs';

export interface ConsumerGroupSettings {
  readonly groupId: string;
  /** After this long without a heartbeat the broker gives the partitions to somebody else. */
  readonly sessionTimeoutMs?: number;
  /** How long the group waits for a member that still works on a batch. */
  readonly rebalanceTimeoutMs?: number;
  /** Also how late a member learns that another one joins. */
  readonly heartbeatIntervalMs?: number;
  /** How long a fetch waits for something to come; also how late a paused partition notices that it may go on. */
  readonly maxWaitMs?: number;
}

/**
 * The settings as kafkajs takes them. A fetch is bounded to 16 MiB, whatever the lag, as kafkajs holds it twice for a while;
 * it asks for the partitions in another order each time, so all get their turn.
 */
export function consumerConfig(settings: ConsumerGroupSettings): ConsumerConfig {
  const { groupId, sessionTimeoutMs = 30_000, rebalanceTimeoutMs = 60_000, maxWaitMs = 500 } = settings;
  return {
    groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: rebalanceTimeoutMs,
    heartbeatInterval: settings.heartbeatIntervalMs ?? Math.min(1000, Math.floor(sessionTimeoutMs / 5)),
    maxWaitTimeInMs: maxWaitMs,
    // less than the largest message, and a partition behind busy ones would never get its turn
    maxBytesPerPartition: topicMessageBytes,
    maxBytes: 8 * topicMessageBytes,
    // a topic that was just made may not show all its partitions yet; kafkajs would look again only after five minutes
    metadataMaxAge: 10_000,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 200, multiplier: 2, maxRetryTime: 5000, retries: 5 },
  };
}
