import { setTimeout as pause } from 'node:timers/promises';
import { serviceTopics } from '@waybill/contracts';
import type { Kafka, Producer } from 'kafkajs';
import type { PlannedMessage } from './planned-message';

/** A message on its way: `correlationId` tells its reply, and marks its dead letter, in this run. */
export interface SentMessage {
  readonly message: PlannedMessage;
  readonly correlationId: string;
  sentMs: number;
}

export const runHeader = 'demo-run';

const batchSize = 100;

/** Sends messages through a plain kafkajs producer, one request at a time, as any other producer could. */
export class CommandSender {
  private readonly producer: Producer;
  readonly sent: SentMessage[] = [];

  constructor(
    kafka: Kafka,
    private readonly replyTopic: string,
    private readonly run: string,
  ) {
    this.producer = kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: true,
      maxInFlightRequests: 1,
    });
  }

  async connect(): Promise<void> {
    await this.producer.connect();
  }

  async disconnect(): Promise<void> {
    await this.producer.disconnect();
  }

  /** Sends in order; `perSecond` slows it down. */
  async send(
    messages: readonly PlannedMessage[],
    options: { readonly perSecond?: number; readonly signal: AbortSignal; readonly onSent: () => void },
  ): Promise<void> {
    const { perSecond = Infinity, signal, onSent } = options;
    // ten requests a second look like a steady flow
    const size = Math.max(1, Math.min(batchSize, Math.ceil(perSecond / 10)));
    for (let from = 0; from < messages.length; from += size) {
      signal.throwIfAborted();
      const startedMs = performance.now();
      await this.sendBatch(messages.slice(from, from + size));
      onSent();
      const dueMs = (size / perSecond) * 1000 - (performance.now() - startedMs);
      if (dueMs > 0) await pause(dueMs, undefined, { signal });
    }
  }

  private async sendBatch(messages: readonly PlannedMessage[]): Promise<void> {
    const sentMs = performance.now();
    const batch = messages.map((message, i) => ({
      message,
      correlationId: `${this.run}/${this.sent.length + i}`,
      sentMs,
    }));
    // noted before the broker has them: a reply can be faster than the acknowledgement
    this.sent.push(...batch);
    const byService = Map.groupBy(batch, ({ message }) => message.service);
    const topicMessages = [...byService].map(([service, sent]) => ({
      topic: serviceTopics(service).commands,
      messages: sent.map((one) => this.record(one)),
    }));
    await this.producer.sendBatch({ topicMessages });
  }

  private record({ message, correlationId }: SentMessage) {
    const asking = { kafka_replyTopic: this.replyTopic, kafka_correlationId: correlationId };
    return {
      key: message.key,
      value: message.value,
      headers: {
        [runHeader]: correlationId,
        ...(message.expected.outcome === 'dead-letter' ? {} : asking),
      },
    };
  }
}
