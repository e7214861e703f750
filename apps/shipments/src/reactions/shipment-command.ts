import type { OrderFactDto, SentBy, shipmentsUses } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';

type Uses = typeof shipmentsUses;
type Reference = Pick<OrderFactDto, 'shop_slug' | 'order_id' | 'order_number'>;
/** Commands that name an order and one of its parcels. */
type ParcelCommand = Exclude<keyof Uses['sends'], 'shipments.check-estimated-arrival.v1'>;

/** A command to one parcel of the order that a fact tells of. All of an order's parcels share its key. */
export function shipmentCommand<Type extends ParcelCommand>(
  type: Type,
  { shop_slug, order_id, order_number }: Reference,
  shipmentId: string,
  members: Omit<SentBy<Uses, Type>, keyof Reference | 'shipment_id'>,
) {
  const data = { shop_slug, order_id, order_number, shipment_id: shipmentId, ...members };
  return {
    type,
    target: { aggregateId: shipmentId, key: order_id },
    // the compiler does not see that a type's rest and what was taken from it are the type again
    data: data as unknown as SentBy<Uses, Type>,
  };
}

export function timeOf({ id, time }: Fact): string {
  if (time === undefined) throw new Error(`fact ${id} has no time`);
  return time;
}
