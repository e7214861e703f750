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
import { type ClaimsConfig, claimsConfigToken, copiedTopics, copiesGroup } from '../claims.config';
import { CatchingUp } from './catching-up';
import { type Copies, copyHandlers, type CopyHandlers, openCopies } from './copies';

/** Transport of the facts that the copies are made of. */
export const copiesTransport = Symbol('claims.copies');

/** Keeps the copies up to date, in a consumer group of its own: commands do not wait for facts, nor facts for commands. */
@Injectable()
export class CopiesConsumer implements OnApplicationShutdown {
  private readonly kafka;
  private readonly admin: Admin;
  private readonly failing = new Set<string>();
  private running: ({ readonly copies: Copies; readonly catchingUp: CatchingUp } & CopyHandlers) | undefined;
  private watchdog: ProgressWatchdog | undefined;

  constructor(
    @Inject(claimsConfigToken) private readonly config: ClaimsConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly metrics: ServiceMetrics,
    private readonly lifecycle: Lifecycle,
    private readonly log: PinoLogger,
  ) {
    this.kafka = { brokers: config.kafka.brokers, clientId: copiesGroup, log };
    this.admin = createKafka(this.kafka).admin();
  }

  async open(): Promise<BatchServerKafka> {
    const { reports } = this.metrics;
    const copies = await openCopies(this.connection);
    const handlers = copyHandlers(copies, ({ kind, topic, partition, offset }) => {
      this.log.error({ kind, topic, partition, offset }, 'facts are missing or unreadable');
      reports.alarm?.({ kind, topic, partition, offset });
    });
    await this.admin.connect();
    const catchingUp = new CatchingUp({ admin: this.admin, groupId: copiesGroup, topics: copiedTopics });
    this.running = { copies, catchingUp, ...handlers };
    const watchdog = new ProgressWatchdog(this.admin, {
      groupId: copiesGroup,
      topics: copiedTopics,
      isExcused: () => this.failing.size > 0,
      onStall: ({ topic, partition, offset }) =>
        this.lifecycle.fail(new Error(`${topic}/${partition} stands at ${offset}`)),
    });
    this.watchdog?.stop();
    this.watchdog = watchdog;
    watchdog.start();
    return new BatchServerKafka({
      kafka: this.kafka,
      groupId: copiesGroup,
      transportId: copiesTransport,
      sessionTimeoutMs: this.config.kafka.sessionTimeoutMs,
      drainMs,
      reports: { ...reports, backingOff: (report) => this.backingOff(report) },
      onDead: this.lifecycle.fail,
      onAssigned: (assignment) => watchdog.assigned(assignment),
      onProgress: (progress) => watchdog.progressed(progress),
    });
  }

  opened(): Copies {
    return this.whatRuns().copies;
  }

  /** Whether all is copied that was said before the process started. */
  isCaughtUp(): Promise<boolean> {
    return this.whatRuns().catchingUp.done();
  }

  takeOrders(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    return this.whatRuns().orders(records, context);
  }

  takeParcels(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    return this.whatRuns().parcels(records, context);
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
    this.metrics.reports.backingOff?.(report);
  }
}

/** Within the ten seconds that an orchestrator gives. */
const drainMs = 7000;
