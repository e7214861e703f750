import { shipmentCommand } from './shipment-command';
import { shipmentReaction } from './shipment-reaction';

export const whenOrderIsCancelledWithdrawShipments = shipmentReaction(
  'orders.order-cancelled.v1',
  ({ data: order }) =>
    order.shipments.map(({ shipment_id }) =>
      shipmentCommand('shipments.withdraw-shipment.v1', order, shipment_id, {
        cause: 'order_cancelled',
        at: order.cancelled_at,
      }),
    ),
);
