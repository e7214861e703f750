import type { Reaction } from '@waybill/aggregates';
import type { OrderShipmentsExpectedChangedDto } from '@waybill/contracts';
import { shipmentCommand, timeOf } from './shipment-command';

export const whenOrderExpectsFewerWithdrawShipments: Reaction = {
  on: 'orders.order-shipments-expected-changed.v1',
  react(fact) {
    const order = fact.data as OrderShipmentsExpectedChangedDto;
    return order.removed.map(({ shipment_id }) =>
      shipmentCommand('withdraw-shipment', order, shipment_id, {
        cause: 'expected_lowered',
        at: timeOf(fact),
      }),
    );
  },
};
