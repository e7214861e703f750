import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { stateOf } from '@waybill/aggregates';
import type { ShipmentEventDto } from '@waybill/contracts';
import type { Paging } from '@waybill/service';
import type { Model, QueryFilter } from 'mongoose';
import { shipmentAggregate } from './shipment.aggregate';
import type { ShipmentReadModel } from './shipment.schema';
import type { ShipmentSearch } from './shipment.search';
import { eventSnapshot, type ReadShipment, readShipment } from './shipment.snapshot';
import type { Shipment } from './shipment.state';

export const shipmentModel = 'Shipment';

/** The read side: what the engine has written, as facts show it, but for parcels that `nowMs` finds archived. */
@Injectable()
export class ShipmentQueries {
  constructor(@InjectModel(shipmentModel) private readonly shipments: Model<ShipmentReadModel>) {}

  /** Makes what searches and the timer need, where it is missing. */
  async makeIndexes(): Promise<void> {
    await this.shipments.createIndexes();
  }

  /** One page, newest first by the time the shipment was created, the id as tie-break. */
  async search(shopSlug: string, search: ShipmentSearch, nowMs: number): Promise<ReadShipment[]> {
    const { page, per_page } = search;
    const found = await this.shipments
      .find(shipmentFilter(shopSlug, search), { v: 1, state: 1 })
      .sort({ 'state.createdAt': -1, _id: 1 })
      .skip((page - 1) * per_page)
      .limit(per_page)
      .lean();
    return found.flatMap((document) => {
      const shipment = stateOf(shipmentAggregate, document);
      return shipment === null ? [] : [readShipment(shipment, nowMs)];
    });
  }

  /** The shipment, unless it does not exist or belongs to another shop. */
  async read(shopSlug: string, shipmentId: string, nowMs: number): Promise<ReadShipment | null> {
    const shipment = await this.find(shopSlug, shipmentId);
    return shipment && readShipment(shipment, nowMs);
  }

  /** One page of its history, newest first by event time, phase and event id; null: there is no such shipment. */
  async readEvents(
    shopSlug: string,
    shipmentId: string,
    { page, per_page }: Paging,
  ): Promise<ShipmentEventDto[] | null> {
    const shipment = await this.find(shopSlug, shipmentId);
    if (!shipment) return null;
    const newestFirst = shipment.events.toReversed().slice((page - 1) * per_page, page * per_page);
    return newestFirst.map((event) => eventSnapshot(event, shipment));
  }

  private async find(shopSlug: string, shipmentId: string): Promise<Shipment | null> {
    // the id alone finds it; the shop, a part of what the id is made of, is compared here and needs no index
    const found = await this.shipments.findOne({ _id: shipmentId }, { v: 1, state: 1 }).lean();
    const shipment = found && stateOf(shipmentAggregate, found);
    return shipment?.shopSlug === shopSlug ? shipment : null;
  }
}

/** All conditions of a search, inside one shop. Times are compared as texts: all of them are UTC with milliseconds. */
export function shipmentFilter(shopSlug: string, search: ShipmentSearch): QueryFilter<ShipmentReadModel> {
  const { updated_since: updatedSince } = search;
  const conditions = {
    'state.orderId': search.order_id,
    'state.trackingNumber': search.tracking_number,
    'state.carrier': search.carrier_reference,
    'state.status': search.status,
    'state.search.phase': search.phase,
    'state.search.flag': search.flag,
    'state.direction': search.direction,
    'state.updatedAt': updatedSince && { $gte: updatedSince },
  };
  const given = Object.entries(conditions).filter(([, condition]) => condition !== undefined);
  return { 'state.shopSlug': shopSlug, ...Object.fromEntries(given) };
}
