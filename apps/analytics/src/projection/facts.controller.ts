import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { serviceTopics } from '@waybill/contracts';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
import { factsTransport, ProjectionConsumer } from './projection.consumer';

/** Facts of orders and claims, which become figures. */
@Controller()
@UseFilters(BatchErrorFilter)
export class FactsController {
  constructor(private readonly projection: ProjectionConsumer) {}

  @EventPattern([serviceTopics('orders').events], factsTransport)
  takeOrders(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.projection.takeOrders(records, context);
  }

  @EventPattern([serviceTopics('claims').events], factsTransport)
  takeClaims(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.projection.takeClaims(records, context);
  }
}
