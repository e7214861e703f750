import type { ReactionCommand } from '@waybill/aggregates';
import type { OrderFactDto } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';

/** A command to one parcel of the order that a fact tells of. All of an order's parcels share its key. */
export function shipmentCommand(
  name: string,
  { shop_slug, order_id, order_number }: OrderFactDto,
  shipmentId: string,
  members: object,
): ReactionCommand {
  return {
    type: `shipments.${name}.v1`,
    target: { aggregateId: shipmentId, key: order_id },
    data: { shop_slug, order_id, order_number, shipment_id: shipmentId, ...members },
  };
}

export function timeOf({ id, time }: Fact): string {
  if (time === undefined) throw new Error(`fact ${id} has no time`);
  return time;
}
