import { shipmentCommand } from './shipment-command';
import { shipmentReaction } from './shipment-reaction';

/** Only what a caller changed: what a parcel itself said needs not be said to it again. */
export const whenOrderChangesParcelUpdateShipment = shipmentReaction(
  'orders.order-updated.v1',
  ({ data: order }) => {
    const { shipments = [] } = order.origin === 'caller' ? order.changes : {};
    return shipments.map(({ shipment_id, carrier_reference, tracking_url, external_shipment_id, products }) =>
      shipmentCommand('shipments.update-shipment-details.v1', order, shipment_id, {
        carrier_reference,
        tracking_url,
        external_shipment_id,
        products,
      }),
    );
  },
);
