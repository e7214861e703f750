import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { commandTransport, retryPattern, retryTransport } from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { type BatchContext, BatchErrorFilter, type InputRecord } from '@waybill/messaging';
import { ClaimCommandService } from './claim.command-service';

/** Commands on claims, in batches of one partition. */
@Controller()
@UseFilters(BatchErrorFilter)
export class ClaimController {
  constructor(private readonly commands: ClaimCommandService) {}

  @EventPattern([serviceTopics('claims').commands], commandTransport)
  handle(@Payload() records: InputRecord[], @Ctx() context: BatchContext): Promise<void> {
    return this.commands.handle(records, context);
  }
}

/** Claims that wait for their parcel to become known, from all retry topics. */
@Controller()
@UseFilters(BatchErrorFilter)
export class ClaimRetryController {
  constructor(private readonly commands: ClaimCommandService) {}

  @EventPattern([retryPattern], retryTransport)
  handle(@Payload() records: InputRecord[]): Promise<void> {
    return this.commands.handleRetries(records);
  }
}
