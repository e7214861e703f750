import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import EventEmitter from 'node:events';
import type { Admin, Kafka, Producer } from 'kafkajs';
import { createKafka, type KafkaSettings } from './kafka-client';

/** The broker that the test run started, with topics and groups of this file's own. */
export class TestBroker {
  readonly settings: KafkaSettings = {
    brokers: (process.env.KAFKA_BROKERS ?? '').split(','),
    clientId: 'messaging-spec',
  };
  readonly kafka: Kafka = createKafka(this.settings);
  readonly admin: Admin = this.kafka.admin();
  readonly producer: Producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  private readonly topics: string[] = [];

  async open(): Promise<void> {
    await Promise.all([this.admin.connect(), this.producer.connect()]);
  }

  async close(): Promise<void> {
    if (this.topics.length > 0) await this.admin.deleteTopics({ topics: this.topics });
    await Promise.all([this.admin.disconnect(), this.producer.disconnect()]);
  }

  name(what: string): string {
    return `spec.${what}.${randomUUID().slice(0, 8)}`;
  }

  async topic(what: string, partitions = 1, config: Record<string, string> = {}): Promise<string> {
    const topic = this.name(what);
    this.topics.push(topic);
    const configEntries = Object.entries({ 'max.message.bytes': '2097152', ...config }).map(
      ([name, value]) => ({ name, value }),
    );
    await this.admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
    });
    return topic;
  }

  /** Topics made by others, to be deleted at the end. */
  adopt(...topics: string[]): void {
    this.topics.push(...topics);
  }

  async write(topic: string, values: readonly (string | Buffer)[], partition = 0): Promise<void> {
    await this.producer.send({ topic, messages: values.map((value) => ({ partition, key: 'k', value })) });
  }

  async committed(groupId: string, topic: string): Promise<number[]> {
    const [group] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    return (group?.partitions ?? [])
      .toSorted((a, b) => a.partition - b.partition)
      .map(({ offset }) => Number(offset));
  }
}

/** Things that happened, and a way to wait for them without sleeping. */
export class Seen<T> {
  readonly all: T[] = [];
  private readonly events = new EventEmitter();

  add(one: T): void {
    this.all.push(one);
    this.events.emit('one');
  }

  async until(reached: (all: readonly T[]) => boolean): Promise<readonly T[]> {
    while (!reached(this.all)) await once(this.events, 'one');
    return this.all;
  }

  count(n: number): Promise<readonly T[]> {
    return this.until((all) => all.length >= n);
  }
}
