import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { CommandService } from '@waybill/aggregates';
import type { BatchContext, InputRecord } from '@waybill/messaging';
import { Lifecycle, ServiceMetrics, ServiceTracing } from '@waybill/service';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type ClaimsConfig, claimsConfigToken } from '../claims.config';
import { ClaimCopies } from '../copies/claim-copies';
import { CopiesConsumer } from '../copies/copies.consumer';
import { claimAggregate } from './claim.aggregate';
import type { ClaimTypes } from './claim.decider';
import { openHomes } from './claim.homes';
import { ClaimRouter } from './claim.router';

/** The engine and its transports, with the claim as its aggregate. */
@Injectable()
export class ClaimCommandService extends CommandService<ClaimTypes> implements OnApplicationShutdown {
  constructor(
    @Inject(claimsConfigToken) config: ClaimsConfig,
    @InjectConnection() connection: Connection,
    { reports }: ServiceMetrics,
    { messages: tracing }: ServiceTracing,
    { fail }: Lifecycle,
    private readonly consumer: CopiesConsumer,
    log: PinoLogger,
  ) {
    const copies = new ClaimCopies(consumer);
    super({
      type: claimAggregate,
      router: ({ aggregates }) => new ClaimRouter(aggregates, openHomes(connection), copies),
      copies,
      kafka: { ...config.kafka, clientId: config.name, log },
      connection,
      collection: 'claims',
      signingKey: config.signingKey,
      retryDelays: config.retryDelays,
      parksBehindFailed: config.parksBehindFailed,
      sessionTimeoutMs: config.kafka.sessionTimeoutMs,
      reports,
      tracing,
      onBroken: fail,
    });
  }

  /** While the copies show a past, commands wait where they are. */
  override async handle(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    if (await this.consumer.isCaughtUp()) return super.handle(records, context);
    context.holdFrom?.(records[0]?.offset ?? 0, lookAgainMs);
  }

  override async handleRetries(records: readonly InputRecord[]): Promise<void> {
    if (!(await this.consumer.isCaughtUp())) throw new Error('the copies are not caught up yet');
    return super.handleRetries(records);
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}

const lookAgainMs = 500;
