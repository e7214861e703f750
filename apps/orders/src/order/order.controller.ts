import { Controller, type Type, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { commandTransport, retryTransport } from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
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

/** Commands that have waited for their order. The delays, and with them the topics, are a matter of configuration. */
export function orderRetryController(retryDelays: readonly string[]): Type {
  const topics = serviceTopics('orders', retryDelays).retry.map(({ topic }) => topic);

  @Controller()
  @UseFilters(BatchErrorFilter)
  class OrderRetryController {
    constructor(private readonly commands: OrderCommandService) {}

    @EventPattern(topics, retryTransport)
    handle(@Payload() records: InputRecord[]): Promise<void> {
      return this.commands.handleRetries(records);
    }
  }
  return OrderRetryController;
}
