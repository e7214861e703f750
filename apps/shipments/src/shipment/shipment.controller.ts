import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { commandTransport, reactionTransport, retryPattern, retryTransport } from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
import { upstreamTopics } from '../shipments.config';
import { ShipmentCommandService } from './shipment.command-service';

/** Commands on shipments and scans of carriers, in batches of one partition. */
@Controller()
@UseFilters(BatchErrorFilter)
export class ShipmentController {
  constructor(private readonly commands: ShipmentCommandService) {}

  @EventPattern([serviceTopics('shipments').commands], commandTransport)
  handle(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.commands.handle(records, context);
  }
}

/** Commands that have waited, from all retry topics. */
@Controller()
@UseFilters(BatchErrorFilter)
export class ShipmentRetryController {
  constructor(private readonly commands: ShipmentCommandService) {}

  @EventPattern([retryPattern], retryTransport)
  handle(@Payload() records: InputRecord[]): Promise<void> {
    return this.commands.handleRetries(records);
  }
}

/** Facts of orders, which become commands on their parcels. */
@Controller()
@UseFilters(BatchErrorFilter)
export class ShipmentReactionController {
  constructor(private readonly commands: ShipmentCommandService) {}

  @EventPattern([...upstreamTopics], reactionTransport)
  handle(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.commands.react(records, context);
  }
}
