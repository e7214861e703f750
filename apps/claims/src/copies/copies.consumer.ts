import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import {
  type BatchContext,
  type BatchHandler,
  BatchServerKafka,
  createKafka,
  type FactsAlarm,
  type InputRecord,
  WatchedGroup,
} from '@waybill/messaging';
import { Lifecycle, ServiceMetrics } from '@waybill/service';
import type { Admin } from 'kafkajs';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type ClaimsConfig, claimsConfigToken, copiedTopics, copiesGroup } from '../claims.config';
import { CatchingUp } from './catching-up';
import { type Copies, copyHandlers, openCopies } from './copies';

/** Transport of the facts that the copies are made of. */
export const copiesTransport = Symbol('claims.copies');

interface Running {
  readonly copies: Copies;
  readonly catchingUp: CatchingUp;
  readonly handlers: Readonly<Record<string, BatchHandler>>;
  readonly watched: WatchedGroup;
}

/** Keeps the copies up to date, in a consumer group of its own: commands do not wait for facts, nor facts for commands. */
@Injectable()
export class CopiesConsumer implements OnApplicationShutdown {
  private readonly kafka;
  private readonly admin: Admin;
  private running: Running | undefined;

  constructor(
    @Inject(claimsConfigToken) private readonly config: ClaimsConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly metrics: ServiceMetrics,
    private readonly lifecycle: Lifecycle,
    private readonly log: PinoLogger,
  ) {
    this.kafka = { ...config.kafka, clientId: copiesGroup, log };
    this.admin = createKafka(this.kafka).admin();
  }

  /** The transport to consume with. Called again when the start is tried again. */
  async open(): Promise<BatchServerKafka> {
    const copies = await openCopies(this.connection);
    await this.admin.connect();
    this.running?.watched.stop();
    const { admin, kafka } = this;
    const group = { admin, groupId: copiesGroup, topics: copiedTopics };
    const watched = new WatchedGroup({
      ...group,
      kafka,
      sessionTimeoutMs: this.config.kafka.sessionTimeoutMs,
      reports: this.metrics.reports,
      onBroken: this.lifecycle.fail,
    });
    this.running = {
      copies,
      catchingUp: new CatchingUp({ ...group, holds: copies.holds }),
      handlers: copyHandlers(copies, (alarm) => this.alarm(alarm)),
      watched,
    };
    return new BatchServerKafka({ ...watched.transport, transportId: copiesTransport });
  }

  opened(): Copies {
    return this.whatRuns().copies;
  }

  /** Whether all is copied that was said before the process started, but for what is behind a gap. */
  isCaughtUp(): Promise<boolean> {
    return this.whatRuns().catchingUp.done();
  }

  async take(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    const handler = this.whatRuns().handlers[context.topic];
    if (!handler) throw new Error(`nobody copies facts of ${context.topic}`);
    await handler(records, context);
  }

  async onApplicationShutdown(): Promise<void> {
    this.running?.watched.stop();
    await this.admin.disconnect();
  }

  private whatRuns(): Running {
    if (!this.running) throw new Error('records came before the service was opened');
    return this.running;
  }

  /** Says where and which, and nothing of what a fact holds. */
  private alarm(alarm: FactsAlarm): void {
    const { kind, topic, partition, offset } = alarm;
    const missing =
      alarm.kind === 'gap'
        ? { aggregateId: alarm.aggregateId, expected: alarm.expected, got: alarm.got }
        : {};
    this.log.error({ kind, topic, partition, offset, ...missing }, 'facts are missing or unreadable');
    this.metrics.reports.alarm({ kind, topic, partition, offset });
  }
}
