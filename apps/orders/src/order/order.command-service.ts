import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { CommandService } from '@waybill/aggregates';
import { Lifecycle, ServiceMetrics, ServiceTracing } from '@waybill/service';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type OrdersConfig, ordersConfigToken, upstreamTopics } from '../orders.config';
import { whenShipmentProgressesUpdateOrder } from '../reactions/when-shipment-progresses-update-order';
import { orderAggregate } from './order.aggregate';
import type { OrderTypes } from './order.decider';
import { OrderRouter } from './order.router';

/** The engine and its transports, with the order as its aggregate. */
@Injectable()
export class OrderCommandService extends CommandService<OrderTypes> implements OnApplicationShutdown {
  constructor(
    @Inject(ordersConfigToken) config: OrdersConfig,
    @InjectConnection() connection: Connection,
    { reports }: ServiceMetrics,
    { messages: tracing }: ServiceTracing,
    { fail }: Lifecycle,
    log: PinoLogger,
  ) {
    super({
      type: orderAggregate,
      router: ({ aggregates }) => new OrderRouter(aggregates),
      kafka: { ...config.kafka, clientId: config.name, log },
      connection,
      collection: 'orders',
      signingKey: config.signingKey,
      retryDelays: config.retryDelays,
      parksBehindFailed: config.parksBehindFailed,
      sessionTimeoutMs: config.kafka.sessionTimeoutMs,
      reactions: { topics: upstreamTopics, reactions: whenShipmentProgressesUpdateOrder },
      reports,
      tracing,
      onBroken: fail,
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
