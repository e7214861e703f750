import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { InputRecord } from '@waybill/messaging';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';

/** Long enough for a group to form again after a restart; a test that waits longer than this waits in vain. */
const patienceMs = 45_000;

/**
 * Hears every record of some topics from their beginning, so that a test waits for a message and never for a while.
 * It stands outside of the system: a plain kafkajs consumer in a group of its own.
 */
export class TopicListener {
  private readonly heard = new Map<string, InputRecord[]>();
  private readonly next = new Map<string, number>();
  private readonly news = new EventEmitter().setMaxListeners(0);
  private dead: Error | undefined;

  private constructor(
    private readonly consumer: Consumer,
    private readonly admin: Admin,
  ) {}

  /** The topics must exist. `who` is how the name of its group begins. */
  static async open(
    kafka: Kafka,
    admin: Admin,
    topics: readonly string[],
    who = 'listener',
  ): Promise<TopicListener> {
    const consumer = kafka.consumer({
      groupId: `${who}-${randomUUID()}`,
      maxWaitTimeInMs: 50,
      allowAutoTopicCreation: false,
    });
    const listener = new TopicListener(consumer, admin);
    for (const topic of topics) listener.heard.set(topic, []);
    await listener.start(topics);
    return listener;
  }

  /** What was heard of a topic so far, in the order of each partition. */
  of(topic: string): readonly InputRecord[] {
    const records = this.heard.get(topic);
    if (!records) throw new Error(`nobody listens to ${topic}`);
    return records;
  }

  /** The first answer that is not `undefined`; asked again whenever something was heard. `what` is for the reader of a failure. */
  async until<T>(what: string, find: () => T | undefined): Promise<T> {
    const deadline = AbortSignal.timeout(patienceMs);
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.dead) throw this.dead;
      if (deadline.aborted) throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`);
      await this.nextNews(deadline);
    }
  }

  /** Resolves when everything that is in the topic now was heard, and answers it: what is not there was not written. */
  async all(topic: string): Promise<readonly InputRecord[]> {
    const ends = await this.admin.fetchTopicOffsets(topic);
    const isHeard = () =>
      ends.every(({ partition, high }) => (this.next.get(`${topic}/${partition}`) ?? 0) >= Number(high));
    return this.until(`the end of ${topic}`, () => (isHeard() ? this.of(topic) : undefined));
  }

  close(): Promise<void> {
    return this.consumer.disconnect();
  }

  private async start(topics: readonly string[]): Promise<void> {
    const { consumer } = this;
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
      if (restart) return;
      this.dead = error;
      this.news.emit('heard');
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: (payload) => this.hear(payload) });
  }

  private async hear({ batch }: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = batch;
    const records = this.heard.get(topic);
    const from = this.next.get(`${topic}/${partition}`) ?? 0;
    for (const { offset, timestamp, key, value, headers } of messages) {
      // a rebalance of the group makes kafkajs read again what was not committed
      if (Number(offset) < from) continue;
      records?.push({
        topic,
        partition,
        offset: Number(offset),
        timestampMs: Number(timestamp),
        key,
        value,
        headers: headers ?? {},
      });
    }
    this.next.set(`${topic}/${partition}`, Math.max(from, Number(batch.lastOffset()) + 1));
    this.news.emit('heard');
  }

  private nextNews(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.news.off('heard', done);
        deadline.removeEventListener('abort', done);
        resolve();
      };
      this.news.once('heard', done);
      deadline.addEventListener('abort', done, { once: true });
    });
  }
}
