import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { CommandService } from '@waybill/aggregates';
import { Lifecycle, ServiceMetrics, ServiceTracing } from '@waybill/service';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { orderReactions } from '../reactions/order-reactions';
import { type ShipmentsConfig, shipmentsConfigToken, upstreamTopics } from '../shipments.config';
import { shipmentAggregate } from './shipment.aggregate';
import type { ShipmentTypes } from './shipment.decider';
import { ShipmentRouter } from './shipment.router';

/** The engine and its transports, with the shipment as its aggregate and orders' facts as its cause. */
@Injectable()
export class ShipmentCommandService extends CommandService<ShipmentTypes> implements OnApplicationShutdown {
  constructor(
    @Inject(shipmentsConfigToken) config: ShipmentsConfig,
    @InjectConnection() connection: Connection,
    { reports }: ServiceMetrics,
    { messages: tracing }: ServiceTracing,
    { fail }: Lifecycle,
    log: PinoLogger,
  ) {
    super({
      type: shipmentAggregate,
      router: ({ aggregates }) => new ShipmentRouter(aggregates),
      kafka: { ...config.kafka, clientId: config.name, log },
      connection,
      collection: 'shipments',
      signingKey: config.signingKey,
      retryDelays: config.retryDelays,
      parksBehindFailed: config.parksBehindFailed,
      sessionTimeoutMs: config.kafka.sessionTimeoutMs,
      keeping: { keepForMs: config.keepScansForMs, sweepEveryMs: config.sweepEveryMs },
      reactions: { topics: upstreamTopics, reactions: orderReactions },
      reports,
      tracing,
      onBroken: fail,
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
