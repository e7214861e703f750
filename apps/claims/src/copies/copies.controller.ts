import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
import { copiedTopics } from '../claims.config';
import { CopiesConsumer, copiesTransport } from './copies.consumer';

/** Facts of orders and shipments, which become copies. */
@Controller()
@UseFilters(BatchErrorFilter)
export class CopiesController {
  constructor(private readonly copies: CopiesConsumer) {}

  @EventPattern([...copiedTopics], copiesTransport)
  take(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.copies.take(records, context);
  }
}
