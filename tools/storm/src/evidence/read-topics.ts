import { randomUUID } from 'node:crypto';
import { createKafka } from '@waybill/messaging';
import type { EachBatchPayload, IHeaders, KafkaMessage } from 'kafkajs';
import type { TopicRecord } from './topic-record';

/** Reads topics from their first record to what is their last one now, in the order of each partition. */
export async function readTopics(
  brokers: readonly string[],
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly TopicRecord[]>> {
  const kafka = createKafka({ brokers, clientId: 'storm-audit' });
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId: `storm-audit-${randomUUID()}`, maxWaitTimeInMs: 50 });
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const ends = new Map<string, number>();
    for (const topic of topics)
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        if (Number(high) > 0) ends.set(`${topic}/${partition}`, Number(high));
    const reading = new Reading(topics, ends);
    if (reading.isDone) return reading.records;
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
      const eachBatch = (payload: EachBatchPayload) => {
        reading.take(payload);
        if (reading.isDone) resolve();
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
    return reading.records;
  } finally {
    await Promise.all([consumer.disconnect(), admin.disconnect()]);
  }
}

/** What was read so far, of each partition up to its end. */
class Reading {
  readonly records: ReadonlyMap<string, TopicRecord[]>;
  private readonly next = new Map<string, number>();

  constructor(
    topics: readonly string[],
    private readonly ends: Map<string, number>,
  ) {
    this.records = new Map(topics.map((topic) => [topic, []]));
  }

  get isDone(): boolean {
    return this.ends.size === 0;
  }

  take({ batch }: EachBatchPayload): void {
    const { topic, partition, messages } = batch;
    const place = `${topic}/${partition}`;
    for (const message of messages) {
      const offset = Number(message.offset);
      const end = this.ends.get(place);
      // a consumer that joins again begins again, as nothing is committed
      if (end === undefined || offset < (this.next.get(place) ?? 0)) continue;
      this.records.get(topic)?.push(recordOf(topic, partition, message));
      this.next.set(place, offset + 1);
      if (offset + 1 >= end) this.ends.delete(place);
    }
  }
}

const recordOf = (topic: string, partition: number, message: KafkaMessage): TopicRecord => ({
  topic,
  partition,
  offset: Number(message.offset),
  timestampMs: Number(message.timestamp),
  key: message.key === null ? null : String(message.key),
  value: message.value ?? Buffer.alloc(0),
  headers: textsOf(message.headers ?? {}),
});

const textsOf = (headers: IHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      String(Array.isArray(value) ? value.at(-1) : value),
    ]),
  );
