import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { commandTransport, reactionTransport, retryPattern, retryTransport } from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
import { upstreamTopics } from '../orders.config';
import { OrderCommandService } from './order.command-service';

/** Commands on orders, in batches of one partition. */
@Controller()
@UseFilters(BatchErrorFilter)
export class OrderController {
  constructor(private readonly commands: OrderCommandService) {}

  @EventPattern([serviceTopics('orders').commands], commandTransport)
  handle(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.commands.handle(records, context);
  }
}

/** Commands that have waited for their order, from all retry topics. */
@Controller()
@UseFilters(BatchErrorFilter)
export class OrderRetryController {
  constructor(private readonly commands: OrderCommandService) {}

  @EventPattern([retryPattern], retryTransport)
  handle(@Payload() records: InputRecord[]): Promise<void> {
    return this.commands.handleRetries(records);
  }
}

/** Facts of shipments, which become progress of their orders. */
@Controller()
@UseFilters(BatchErrorFilter)
export class OrderReactionController {
  constructor(private readonly commands: OrderCommandService) {}

  @EventPattern([...upstreamTopics], reactionTransport)
  handle(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.commands.react(records, context);
  }
}
