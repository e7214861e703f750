import { type MessageHandler, ServerKafka, type TransportId } from '@nestjs/microservices';
import type { Consumer, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BatchHandler } from './batch-context';
import { BatchLoop, type BatchLoopOptions } from './batch-loop';
import { consumerConfig, type ConsumerGroupSettings } from './consumer-group';
import { createKafka, type KafkaSettings } from './kafka-client';

export interface BatchServerKafkaOptions extends ConsumerGroupSettings, Omit<BatchLoopOptions, 'groupId'> {
  readonly kafka: KafkaSettings;
  /**
   * Only handlers with this transport belong to this server: `@EventPattern([topic], transportId)`. So several consumer
   * groups live in one application, each with its own symbol.
   */
  readonly transportId?: TransportId;
}

/**
 * Nest's Kafka transport, by batch: `app.connectMicroservice({ strategy: new BatchServerKafka({ … }) })`. A handler is an
 * ordinary `@EventPattern([topic], transportId)` method that takes `@Payload()` {@link InputRecord}s of one partition and the
 * `@Ctx()` {@link BatchContext}; see {@link BatchHandler} for what resolving and rejecting mean. Put
 * `@UseFilters(BatchErrorFilter)` on its controller, or the reason of a failure is lost on the way.
 */
export class BatchServerKafka extends ServerKafka {
  private readonly settings: BatchServerKafkaOptions;
  private loop: BatchLoop | undefined;

  constructor(options: BatchServerKafkaOptions) {
    const { brokers, clientId } = options.kafka;
    super({
      client: { brokers: [...brokers], clientId },
      consumer: { groupId: options.groupId },
      postfixId: '',
    });
    this.settings = options;
    if (options.transportId !== undefined) this.transportId = options.transportId;
  }

  // our own client instead of Nest's: codecs, logs, no idle timer
  override createClient<T = Kafka>(): Promise<T> {
    return Promise.resolve(createKafka(this.settings.kafka) as T);
  }

  // Nest's would connect a producer that nobody uses
  override async start(callback: () => void): Promise<void> {
    if (!this.client) throw new Error('start is called by listen');
    const consumer = (this.client as unknown as Kafka).consumer(consumerConfig(this.settings));
    this.consumer = consumer;
    this.registerConsumerEventListeners();
    await consumer.connect();
    await this.bindEvents(consumer);
    callback();
  }

  override async bindEvents(consumer: unknown): Promise<void> {
    const topics = this.topics();
    if (topics.length === 0) return;
    this.loop = new BatchLoop(consumer as Consumer, (topic) => this.batchHandler(topic), this.settings);
    await this.loop.run(topics);
  }

  /** Lets running batches finish and commit first, for at most `drainMs`. */
  override async close(): Promise<void> {
    await (this.loop ? this.loop.stop() : this.consumer?.disconnect());
    this.loop = undefined;
    this.consumer = null;
    this.client = null;
  }

  protected topics(): string[] {
    return [...this.messageHandlers.keys()];
  }

  protected batchHandler(topic: string): BatchHandler | undefined {
    const handler: MessageHandler | null = this.getHandlerByPattern(topic);
    if (!handler) return undefined;
    return async (records, context) => {
      const result: unknown = await handler(records, context);
      // a handler without a value gives an empty stream, which is a success
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    };
  }
}
