import { shipmentCommand } from './shipment-command';
import { shipmentReaction } from './shipment-reaction';

export const whenOrderIsDispatchedFulfilShipment = shipmentReaction(
  'orders.order-shipment-dispatched.v1',
  ({ data: order }) => [
    shipmentCommand('shipments.fulfil-shipment.v1', order, order.shipment_id, {
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
  ],
);
