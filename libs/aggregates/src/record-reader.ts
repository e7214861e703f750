import { randomUUID } from 'node:crypto';
import type { Admin, Kafka } from 'kafkajs';

export interface ReadRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampMs: number;
}

/**
 * Reads single records of a topic by partition and offset, outside of any real consumer group. Offsets must exist.
 * kafkajs cannot fetch without a group, so it joins one of its own and deletes it afterwards.
 */
export async function readRecords(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  wanted: readonly { readonly partition: number; readonly offset: number }[],
  timeoutMs = 30_000,
): Promise<ReadRecord[]> {
  if (wanted.length === 0) return [];
  const groupId = `waybill-look-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, allowAutoTopicCreation: false });
  const missing = new Map(wanted.map(({ partition, offset }) => [`${partition}/${offset}`, partition]));
  const found: ReadRecord[] = [];
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    reject(
      new Error(`${topic}: records ${[...missing.keys()].join(', ')} could not be read in ${timeoutMs} ms`),
    );
  }, timeoutMs);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        const offset = Number(message.offset);
        if (missing.delete(`${partition}/${offset}`)) {
          const { key, value, timestamp } = message;
          found.push({ partition, offset, key, value, timestampMs: Number(timestamp) });
        }
        if (missing.size === 0) resolve();
        return Promise.resolve();
      },
    });
    for (const { partition, offset } of wanted) consumer.seek({ topic, partition, offset: String(offset) });
    await done;
    return found;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined);
  }
}
