import type { Reaction } from '@waybill/aggregates';
import type { OrderUpdatedDto, SlotDto } from '@waybill/contracts';
import { shipmentCommand } from './shipment-command';

/** Only what a caller changed: what a parcel itself said needs not be said to it again. */
export const whenOrderChangesParcelUpdateShipment: Reaction = {
  on: 'orders.order-updated.v1',
  react({ data }) {
    const order = data as OrderUpdatedDto;
    if (order.origin !== 'caller') return [];
    const { shipments = [] } = order.changes as { readonly shipments?: readonly SlotDto[] };
    return shipments.map(({ shipment_id, carrier_reference, tracking_url, external_shipment_id, products }) =>
      shipmentCommand('update-shipment-details', order, shipment_id, {
        carrier_reference,
        tracking_url,
        external_shipment_id,
        products,
      }),
    );
  },
};
