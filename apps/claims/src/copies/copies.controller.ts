import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { serviceTopics } from '@waybill/contracts';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
import { CopiesConsumer, copiesTransport } from './copies.consumer';

/** Facts of orders and shipments, which become copies. */
@Controller()
@UseFilters(BatchErrorFilter)
export class CopiesController {
  constructor(private readonly copies: CopiesConsumer) {}

  @EventPattern([serviceTopics('orders').events], copiesTransport)
  takeOrders(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.copies.takeOrders(records, context);
  }

  @EventPattern([serviceTopics('shipments').events], copiesTransport)
  takeShipments(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.copies.takeParcels(records, context);
  }
}
