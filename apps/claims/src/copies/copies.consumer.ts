import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { BatchContext, BatchServerKafka, InputRecord } from '@waybill/messaging';
import { FactsConsumer, Lifecycle, ServiceMetrics } from '@waybill/service';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type ClaimsConfig, claimsConfigToken, copiedTopics, copiesGroup } from '../claims.config';
import { CatchingUp } from './catching-up';
import { type Copies, copyHandlers, openCopies } from './copies';

/** Transport of the facts that the copies are made of. */
export const copiesTransport = Symbol('claims.copies');

/** Keeps the copies up to date, in a consumer group of its own: commands do not wait for facts, nor facts for commands. */
@Injectable()
export class CopiesConsumer implements OnApplicationShutdown {
  private readonly facts: FactsConsumer;
  private running: { readonly copies: Copies; readonly catchingUp: CatchingUp } | undefined;

  constructor(
    @Inject(claimsConfigToken) { kafka }: ClaimsConfig,
    @InjectConnection() private readonly connection: Connection,
    metrics: ServiceMetrics,
    lifecycle: Lifecycle,
    log: PinoLogger,
  ) {
    this.facts = new FactsConsumer({
      kafka,
      clientId: copiesGroup,
      transportId: copiesTransport,
      metrics,
      lifecycle,
      log,
    });
  }

  async open(): Promise<BatchServerKafka> {
    const copies = await openCopies(this.connection);
    const admin = await this.facts.connect();
    const { holds } = copies;
    const catchingUp = new CatchingUp({ admin, groupId: copiesGroup, topics: copiedTopics, holds });
    this.running = { copies, catchingUp };
    return this.facts.open({ groupId: copiesGroup, handlers: copyHandlers(copies, this.facts.alarm) });
  }

  opened(): Copies {
    return this.whatRuns().copies;
  }

  /** Whether all is copied that was said before the process started, but for what is behind a gap. */
  isCaughtUp(): Promise<boolean> {
    return this.whatRuns().catchingUp.done();
  }

  take(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    return this.facts.take(records, context);
  }

  onApplicationShutdown(): Promise<void> {
    return this.facts.close();
  }

  private whatRuns() {
    if (!this.running) throw new Error('records came before the service was opened');
    return this.running;
  }
}
