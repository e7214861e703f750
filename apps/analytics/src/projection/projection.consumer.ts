import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import {
  type BatchContext,
  BatchServerKafka,
  createKafka,
  type InputRecord,
  ProgressWatchdog,
} from '@waybill/messaging';
import { Lifecycle, ServiceMetrics } from '@waybill/service';
import type { Admin } from 'kafkajs';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type AnalyticsConfig, analyticsConfigToken, countedTopics } from '../analytics.config';
import { type Generation, openLiveGeneration } from './generation';
import { type GenerationHandlers, generationHandlers } from './generation-handlers';

/** Transport of the facts that the figures are made of. */
export const factsTransport = Symbol('analytics.facts');

/** Keeps the figures up to date. */
@Injectable()
export class ProjectionConsumer implements OnApplicationShutdown {
  private readonly kafka;
  private readonly admin: Admin;
  private readonly failing = new Set<string>();
  private running: ({ readonly generation: Generation } & GenerationHandlers) | undefined;
  private watchdog: ProgressWatchdog | undefined;

  constructor(
    @Inject(analyticsConfigToken) private readonly config: AnalyticsConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly metrics: ServiceMetrics,
    private readonly lifecycle: Lifecycle,
    private readonly log: PinoLogger,
  ) {
    this.kafka = { brokers: config.kafka.brokers, clientId: config.name, log };
    this.admin = createKafka(this.kafka).admin();
  }

  async open(): Promise<BatchServerKafka> {
    const { reports } = this.metrics;
    const generation = await openLiveGeneration(this.connection);
    await this.admin.connect();
    const { clusterId } = await this.admin.describeCluster();
    const handlers = generationHandlers(generation, clusterId, (alarm) => {
      const { kind, topic, partition, offset } = alarm;
      this.log.error({ kind, topic, partition, offset }, 'an event topic holds what cannot be');
      reports.alarm({ kind, topic, partition, offset });
    });
    this.running = { generation, ...handlers };
    const watchdog = new ProgressWatchdog(this.admin, {
      groupId: generation.group,
      topics: countedTopics,
      isExcused: () => this.failing.size > 0,
      onStall: ({ topic, partition, offset }) =>
        this.lifecycle.fail(new Error(`${topic}/${partition} stands at ${offset}`)),
    });
    this.watchdog?.stop();
    this.watchdog = watchdog;
    watchdog.start();
    return new BatchServerKafka({
      kafka: this.kafka,
      groupId: generation.group,
      transportId: factsTransport,
      sessionTimeoutMs: this.config.kafka.sessionTimeoutMs,
      drainMs,
      reports: { ...reports, backingOff: (report) => this.backingOff(report) },
      onDead: this.lifecycle.fail,
      onAssigned: (assignment) => watchdog.assigned(assignment),
      onProgress: (progress) => watchdog.progressed(progress),
    });
  }

  /** The figures that answer; undefined while the service starts. */
  get live(): Generation | undefined {
    return this.running?.generation;
  }

  takeOrders(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    return this.whatRuns().orders(records, context);
  }

  takeClaims(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    return this.whatRuns().claims(records, context);
  }

  async onApplicationShutdown(): Promise<void> {
    this.watchdog?.stop();
    await this.admin.disconnect();
  }

  private whatRuns() {
    if (!this.running) throw new Error('records came before the service was opened');
    return this.running;
  }

  private backingOff(report: { topic: string; partition: number; error: Error | null }): void {
    const { topic, partition, error } = report;
    const place = `${topic}/${partition}`;
    if (error && !this.failing.has(place))
      this.log.warn({ topic, partition, err: error }, 'a batch failed and is tried again');
    if (error) this.failing.add(place);
    else this.failing.delete(place);
    this.metrics.reports.backingOff(report);
  }
}

/** Within the ten seconds that an orchestrator gives. */
const drainMs = 7000;
