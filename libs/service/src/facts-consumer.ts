import {
  type BatchContext,
  type BatchHandler,
  BatchServerKafka,
  createKafka,
  type FactsAlarm,
  type InputRecord,
  WatchedGroup,
} from '@waybill/messaging';
import type { Admin } from 'kafkajs';
import type { PinoLogger } from 'nestjs-pino';
import type { Lifecycle } from './lifecycle';
import type { KafkaConfig } from './service-config';
import type { ServiceMetrics } from './service-metrics';

export interface FactsConsumerOptions {
  readonly kafka: KafkaConfig;
  readonly clientId: string;
  /** Of the controller that hands the records to {@link FactsConsumer.take}. */
  readonly transportId: symbol;
  readonly metrics: Pick<ServiceMetrics, 'reports'>;
  readonly lifecycle: Pick<Lifecycle, 'fail'>;
  readonly log: PinoLogger;
}

export interface FactsGroup {
  readonly groupId: string;
  /** By the name of the event topic. */
  readonly handlers: Readonly<Record<string, BatchHandler>>;
}

/** Reads facts of other services into something of one's own, in a consumer group of its own. */
export class FactsConsumer {
  private readonly kafka;
  private readonly admin: Admin;
  private running: FactsGroup | undefined;
  private watched: WatchedGroup | undefined;

  constructor(private readonly options: FactsConsumerOptions) {
    const { kafka, clientId, log } = options;
    this.kafka = { brokers: kafka.brokers, clientId, log };
    this.admin = createKafka(this.kafka).admin();
  }

  /** For what must be asked of the cluster before the group can be opened, and later. Belongs to this consumer. */
  async connect(): Promise<Admin> {
    await this.admin.connect();
    return this.admin;
  }

  /** The transport to consume with. May be called again when the start is tried again. */
  open(group: FactsGroup): BatchServerKafka {
    const { transportId, kafka, metrics, lifecycle } = this.options;
    this.running = group;
    this.watched?.stop();
    this.watched = new WatchedGroup({
      admin: this.admin,
      kafka: this.kafka,
      groupId: group.groupId,
      topics: Object.keys(group.handlers),
      sessionTimeoutMs: kafka.sessionTimeoutMs,
      reports: metrics.reports,
      onBroken: lifecycle.fail,
    });
    return new BatchServerKafka({ ...this.watched.transport, transportId });
  }

  /** For the controller. */
  async take(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    const handler = this.running?.handlers[context.topic];
    if (!handler) throw new Error(`facts of ${context.topic} came, and nobody takes them`);
    return handler(records, context);
  }

  /** For the handlers: what cannot be by construction goes to the log and to the metrics. */
  readonly alarm = (alarm: FactsAlarm): void => {
    const { kind, topic, partition, offset } = alarm;
    const place = { kind, topic, partition, offset };
    const missing =
      alarm.kind === 'gap'
        ? { aggregateId: alarm.aggregateId, expected: alarm.expected, got: alarm.got }
        : {};
    this.options.log.error({ ...place, ...missing }, 'facts are missing or unreadable');
    this.options.metrics.reports.alarm(place);
  };

  /** After the transport, which lets its running batches finish first. */
  async close(): Promise<void> {
    this.watched?.stop();
    await this.admin.disconnect();
  }
}
