import type { Reaction } from '@waybill/aggregates';
import type { OrderShipmentDispatchedDto } from '@waybill/contracts';
import { shipmentCommand } from './shipment-command';

export const whenOrderIsDispatchedFulfilShipment: Reaction = {
  on: 'orders.order-shipment-dispatched.v1',
  react({ data }) {
    const order = data as OrderShipmentDispatchedDto;
    return [
      shipmentCommand('fulfil-shipment', order, order.shipment_id, {
        ordinal: order.ordinal,
        direction: order.direction,
        tracking_number: order.tracking_number,
        carrier_reference: order.carrier_reference,
        tracking_url: order.tracking_url,
        tracking_placed_at: order.tracking_placed_at,
        external_shipment_id: order.external_shipment_id,
        products: order.products,
        appended: order.appended,
      }),
    ];
  },
};
