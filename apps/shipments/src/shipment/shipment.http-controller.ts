import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ShipmentEventDto } from '@waybill/contracts';
import { ApiError, Failures, Paging, PathUuid, ShopPath } from '@waybill/service';
import { ShipmentQueries } from './shipment.queries';
import { ShipmentSearch } from './shipment.search';
import type { ReadShipment } from './shipment.snapshot';

export class ShipmentPath extends ShopPath {
  @PathUuid('the shipment id')
  readonly shipment_id!: string;
}

const shipment = { $ref: '#/components/schemas/Shipment' };
const event = { $ref: '#/components/schemas/ShipmentEvent' };

@ApiTags('shipments')
@Controller('v1/shops/:slug/shipments')
export class ShipmentHttpController {
  constructor(private readonly queries: ShipmentQueries) {}

  @Get()
  @ApiOperation({
    summary: 'Search shipments',
    description: 'Newest first by `created_at`, the id as tie-break.',
  })
  @ApiOkResponse({ description: 'a page of shipments', schema: { type: 'array', items: shipment } })
  @Failures()
  searchShipments(@Param() { slug }: ShopPath, @Query() search: ShipmentSearch): Promise<ReadShipment[]> {
    return this.queries.search(slug, search, Date.now());
  }

  @Get(':shipment_id')
  @ApiOperation({ summary: 'Read shipment' })
  @ApiOkResponse({ description: 'the shipment', schema: shipment })
  @Failures('shipment_not_found')
  async readShipment(@Param() { slug, shipment_id }: ShipmentPath): Promise<ReadShipment> {
    return (await this.queries.read(slug, shipment_id, Date.now())) ?? notFound(shipment_id);
  }

  @Get(':shipment_id/events')
  @ApiOperation({
    summary: 'Read events',
    description: 'Newest first by `event_time`, then by phase, then by `event_id`.',
  })
  @ApiOkResponse({ description: 'a page of its events', schema: { type: 'array', items: event } })
  @Failures('shipment_not_found')
  async readEvents(
    @Param() { slug, shipment_id }: ShipmentPath,
    @Query() paging: Paging,
  ): Promise<ShipmentEventDto[]> {
    return (await this.queries.readEvents(slug, shipment_id, paging)) ?? notFound(shipment_id);
  }
}

function notFound(shipmentId: string): never {
  throw new ApiError('shipment_not_found', `the shop has no shipment ${shipmentId}`);
}
