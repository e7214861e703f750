import { setTimeout as pause } from 'node:timers/promises';
import { buildTopicManifest, type ManifestOptions, serviceTopics, topicManifest } from '@waybill/contracts';
import { applyTopics, createKafka, planTopics } from '@waybill/messaging';
import { startLocalStack } from '@waybill/stack';
import type { Admin, Kafka } from 'kafkajs';
import { mongo } from 'mongoose';
import type { BenchMessage } from './order-message';

export const { commands: commandTopic, events: eventTopic } = serviceTopics('orders');
const preloadBatchBytes = 900_000;

/** A broker and a database of their own, new for each run: the database stand-in slows down with use. */
export interface Stage {
  readonly brokers: string;
  readonly mongoUri: string;
  readonly pids: { readonly kafka: number; readonly mongo: number };
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly mongo: mongo.MongoClient;
  end(): Promise<void>;
}

export async function setStage(topics: Pick<ManifestOptions, 'partitions'> = {}): Promise<Stage> {
  const stack = await startLocalStack({ say: () => {} });
  const kafka = createKafka({ brokers: stack.brokers.split(','), clientId: 'bench' });
  const admin = kafka.admin();
  await admin.connect();
  await applyTopics(admin, await planTopics(admin, buildTopicManifest(topics)));
  await untilServed(admin);
  const client = await new mongo.MongoClient(stack.mongoUri).connect();
  return {
    brokers: stack.brokers,
    mongoUri: stack.mongoUri,
    pids: stack.pids,
    kafka,
    admin,
    mongo: client,
    end: async () => {
      await Promise.all([admin.disconnect(), client.close()]);
      await stack.stop();
    },
  };
}

/** Puts messages on a topic, in order. */
export async function preload(
  { kafka }: Stage,
  messages: Iterable<BenchMessage>,
  topic = commandTopic,
): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  let batch: BenchMessage[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length > 0) await producer.send({ topic, acks: -1, messages: batch });
    batch = [];
    bytes = 0;
  };
  for (const message of messages) {
    batch.push(message);
    bytes += message.value.length;
    if (bytes >= preloadBatchBytes) await flush();
  }
  await flush();
  await producer.disconnect();
}

/** How many records a topic holds. */
export async function recordsIn({ admin }: Stage, topic: string): Promise<number> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
}

async function untilServed(admin: Admin): Promise<void> {
  for (const { name } of topicManifest)
    for (let attempt = 0; ; attempt++)
      try {
        await admin.fetchTopicOffsets(name);
        break;
      } catch (error) {
        if (attempt === 600) throw error;
        await pause(100);
      }
}
