import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { OrderSnapshotDto } from '@waybill/contracts';
import { ApiError, Failures, PathUuid, ShopPath } from '@waybill/service';
import { OrderQueries } from './order.queries';
import { OrderSearch } from './order.search';

export class OrderPath extends ShopPath {
  @PathUuid('the order id')
  readonly order_id!: string;
}

const order = { $ref: '#/components/schemas/OrderSnapshot' };

@ApiTags('orders')
@Controller('v1/shops/:slug/orders')
export class OrderHttpController {
  constructor(private readonly queries: OrderQueries) {}

  @Get()
  @ApiOperation({
    summary: 'Search orders',
    description: 'Newest first by `order_placed_at`, the id as tie-break.',
  })
  @ApiOkResponse({ description: 'a page of orders', schema: { type: 'array', items: order } })
  @Failures()
  searchOrders(@Param() { slug }: ShopPath, @Query() search: OrderSearch): Promise<OrderSnapshotDto[]> {
    return this.queries.search(slug, search);
  }

  @Get(':order_id')
  @ApiOperation({ summary: 'Read order' })
  @ApiOkResponse({ description: 'the order', schema: order })
  @Failures('order_not_found')
  async readOrder(@Param() { slug, order_id }: OrderPath): Promise<OrderSnapshotDto> {
    const found = await this.queries.read(slug, order_id);
    if (found === null) throw new ApiError('order_not_found', `the shop has no order ${order_id}`);
    return found;
  }
}
