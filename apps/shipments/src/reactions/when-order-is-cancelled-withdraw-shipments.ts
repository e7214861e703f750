import type { Reaction } from '@waybill/aggregates';
import type { OrderCancelledDto } from '@waybill/contracts';
import { shipmentCommand } from './shipment-command';

export const whenOrderIsCancelledWithdrawShipments: Reaction = {
  on: 'orders.order-cancelled.v1',
  react({ data }) {
    const order = data as OrderCancelledDto;
    return order.shipments.map(({ shipment_id }) =>
      shipmentCommand('withdraw-shipment', order, shipment_id, {
        cause: 'order_cancelled',
        at: order.cancelled_at,
      }),
    );
  },
};
