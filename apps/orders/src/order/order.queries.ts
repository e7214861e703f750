import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { stateOf } from '@waybill/aggregates';
import { orderId, type OrderSnapshotDto, timeMs, timeOf } from '@waybill/contracts';
import type { Model, QueryFilter } from 'mongoose';
import { orderAggregate } from './order.aggregate';
import type { OrderReadModel } from './order.schema';
import type { OrderSearch } from './order.search';
import { orderSnapshot } from './order.snapshot';

export const orderModel = 'Order';

/** The read side: what the engine has written, as facts show it. */
@Injectable()
export class OrderQueries {
  constructor(@InjectModel(orderModel) private readonly orders: Model<OrderReadModel>) {}

  /** Makes what searches need, where it is missing. */
  async makeIndexes(): Promise<void> {
    await this.orders.createIndexes();
  }

  /** One page, newest first by the time the order was placed, the id as tie-break. */
  async search(shopSlug: string, search: OrderSearch): Promise<OrderSnapshotDto[]> {
    const { page, per_page } = search;
    const found = await this.orders
      .find(orderFilter(shopSlug, search), { v: 1, state: 1 })
      .sort({ 'state.search.orderPlacedAt': -1, _id: 1 })
      .skip((page - 1) * per_page)
      .limit(per_page)
      .lean();
    return found.flatMap((document) => {
      const order = stateOf(orderAggregate, document);
      return order === null ? [] : [orderSnapshot(order)];
    });
  }

  /** The order, unless it does not exist or belongs to another shop. */
  async read(shopSlug: string, id: string): Promise<OrderSnapshotDto | null> {
    // the id alone finds it; the shop, a part of what the id is made of, is compared here and needs no index
    const found = await this.orders.findOne({ _id: id }, { v: 1, state: 1 }).lean();
    const order = found && stateOf(orderAggregate, found);
    return order?.shopSlug === shopSlug ? orderSnapshot(order) : null;
  }
}

/** All conditions of a search, inside one shop. Times are compared as texts: all of them are UTC with milliseconds. */
export function orderFilter(shopSlug: string, search: OrderSearch): QueryFilter<OrderReadModel> {
  const { order_placed_from: from, order_placed_to: to, shipment_updated_since: updatedSince } = search;
  // the shop is in the id already, and not every planner uses the index of the id for a filter that asks for more
  const isById = search.order_number !== undefined;
  const conditions = {
    _id: idFilter(shopSlug, search),
    'state.shopSlug': isById ? undefined : shopSlug,
    'state.search.orderName': search.order_name,
    'state.search.externalId': search.external_id,
    'state.search.email': search.email_id?.toLowerCase(),
    'state.search.zipCode': search.zip_code,
    'state.status': search.status,
    'state.search.orderPlacedAt':
      from === undefined && to === undefined
        ? undefined
        : { ...(from && { $gt: millisecondBefore(from) }), ...(to && { $lt: to }) },
    'state.search.shipmentsUpdatedAt': updatedSince && { $gte: updatedSince },
  };
  return Object.fromEntries(Object.entries(conditions).filter(([, condition]) => condition !== undefined));
}

/** The id is made of the number; nothing has two ids. */
function idFilter(shopSlug: string, { uuid, order_number: number }: OrderSearch) {
  const byNumber = number === undefined ? uuid : orderId(shopSlug, number);
  if (byNumber === undefined) return undefined;
  return uuid === undefined || uuid === byNumber ? byNumber : { $in: [] };
}

// the local stand-in of MongoDB loses what is equal to an inclusive lower bound on a descending field of an index
const millisecondBefore = (time: string): string => timeOf(timeMs(time) - 1);
