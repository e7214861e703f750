import type { Admin, Kafka, Producer } from 'kafkajs';
import type { Publisher } from './publisher';
import type { OutgoingMessage } from './record';
import type { UndeliverableReason } from './reports';
import { isRejection, SerialProducer } from './serial-producer';
import { TopicDirectory } from './topic-directory';

export interface KafkaPublisherOptions {
  /** Called for what was published, by topic; not for replies. */
  readonly onPublished?: (published: { topic: string; messages: number }) => void;
  /** Called for each reply that has nowhere to go. */
  readonly onUndeliverable?: (reply: { reason: UndeliverableReason; topic: string }) => void;
}

/**
 * Publishes over two idempotent producers, one for replies: a reply topic that somebody deleted or closed to us must not
 * hold up facts. Both connect when they are first used.
 */
export class KafkaPublisher implements Publisher {
  private readonly facts: SerialProducer;
  private readonly replies: SerialProducer;
  private readonly admin: Admin;
  private readonly topics: TopicDirectory;
  private adminConnected: Promise<void> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: KafkaPublisherOptions = {},
  ) {
    this.facts = new SerialProducer({ create: () => this.createProducer() });
    this.replies = new SerialProducer({ create: () => this.createProducer() });
    this.admin = kafka.admin();
    this.topics = new TopicDirectory(this.admin);
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    await this.facts.send(messages);
    const { onPublished } = this.options;
    if (!onPublished) return;
    for (const [topic, own] of Map.groupBy(messages, (message) => message.topic))
      onPublished({ topic, messages: own.length });
  }

  async reply(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.connectAdmin();
    await this.deliver(messages);
  }

  /** Sends what waits, then disconnects. */
  async close(): Promise<void> {
    await Promise.all([this.facts.close(), this.replies.close()]);
    await this.adminConnected?.catch(() => undefined);
    await this.admin.disconnect();
  }

  private async deliver(messages: readonly OutgoingMessage[]): Promise<void> {
    const deliverable: OutgoingMessage[] = [];
    for (const message of messages) {
      const partitions = await this.topics.partitionsOf(message.topic);
      if (partitions !== undefined && (message.partition ?? 0) < partitions) deliverable.push(message);
      else this.undeliverable(message);
    }
    try {
      await this.replies.send(deliverable);
    } catch (error) {
      if (!isRejection(error)) throw error;
      this.topics.forget();
      // one reply topic that vanished or is closed to us is no reason to withhold the other replies
      const byTopic = [...Map.groupBy(deliverable, ({ topic }) => topic).values()];
      if (byTopic.length > 1) for (const own of byTopic) await this.deliver(own);
      else for (const message of deliverable) this.undeliverable(message);
    }
  }

  private undeliverable({ topic }: OutgoingMessage): void {
    this.options.onUndeliverable?.({ reason: 'no_such_topic', topic });
  }

  private async connectAdmin(): Promise<void> {
    this.adminConnected ??= this.admin.connect();
    try {
      await this.adminConnected;
    } catch (error) {
      this.adminConnected = undefined;
      throw error;
    }
  }

  private createProducer(): Producer {
    return this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 200, multiplier: 2, maxRetryTime: 2000, retries: 5 },
    });
  }
}
