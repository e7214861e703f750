import { shipmentCommand } from './shipment-command';
import { shipmentReaction } from './shipment-reaction';

export const whenOrderIsPlacedDraftShipments = shipmentReaction('orders.order-placed.v1', ({ data: order }) =>
  order.shipments.map(({ shipment_id, ordinal }) =>
    shipmentCommand('shipments.draft-shipment.v1', order, shipment_id, {
      ordinal,
      placed_at: order.placed_at,
    }),
  ),
);
