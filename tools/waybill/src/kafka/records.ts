import { randomUUID } from 'node:crypto';
import type { InputRecord } from '@waybill/messaging';
import type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';

/** Reads a topic from its beginning to where it ends now, in the order of each partition. */
export async function scanTopic(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  visit: (record: InputRecord) => void,
  partitions?: readonly number[],
): Promise<void> {
  const open = new Map(
    (await admin.fetchTopicOffsets(topic))
      .filter(
        ({ partition, low, high }) => BigInt(low) < BigInt(high) && (partitions?.includes(partition) ?? true),
      )
      .map(({ partition, high }) => [partition, BigInt(high) - 1n]),
  );
  if (open.size === 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const consumer = lookingConsumer(kafka);
  const read = async ({ batch }: EachBatchPayload) => {
    const last = open.get(batch.partition);
    if (last === undefined) return;
    for (const message of batch.messages) {
      if (BigInt(message.offset) <= last) visit(toRecord(topic, batch.partition, message));
    }
    if (BigInt(batch.lastOffset()) >= last) open.delete(batch.partition);
    if (open.size === 0) resolve();
  };
  consumer.on('consumer.crash', ({ payload }) => {
    if (!payload.restart) reject(payload.error);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: read });
    await promise;
  } finally {
    await consumer.disconnect();
    await forgetGroup(admin, consumer);
  }
}

/** Hears every record of a topic that is written from now on, until `stop`. */
export async function tailTopic(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  hear: (record: InputRecord) => void,
): Promise<{ stop(): Promise<void> }> {
  const consumer = lookingConsumer(kafka);
  const ends = await admin.fetchTopicOffsets(topic);
  // committed first: the group then starts here, however long it takes to join
  await admin.setOffsets({
    groupId: groupOf(consumer),
    topic,
    partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const message of batch.messages) hear(toRecord(topic, batch.partition, message));
    },
  });
  return {
    stop: async () => {
      await consumer.disconnect();
      await forgetGroup(admin, consumer);
    },
  };
}

const groups = new WeakMap<Consumer, string>();

// kafkajs cannot read without a group: each of ours is used once and deleted
function lookingConsumer(kafka: Kafka): Consumer {
  const groupId = `waybill-look-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
  groups.set(consumer, groupId);
  return consumer;
}

function groupOf(consumer: Consumer): string {
  return groups.get(consumer) ?? '';
}

async function forgetGroup(admin: Admin, consumer: Consumer): Promise<void> {
  await admin.deleteGroups([groupOf(consumer)]).catch(() => undefined);
}

function toRecord(topic: string, partition: number, message: KafkaMessage): InputRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    timestampMs: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  };
}
