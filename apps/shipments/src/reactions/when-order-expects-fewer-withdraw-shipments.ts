import { shipmentCommand, timeOf } from './shipment-command';
import { shipmentReaction } from './shipment-reaction';

export const whenOrderExpectsFewerWithdrawShipments = shipmentReaction(
  'orders.order-shipments-expected-changed.v1',
  (fact) =>
    fact.data.removed.map(({ shipment_id }) =>
      shipmentCommand('shipments.withdraw-shipment.v1', fact.data, shipment_id, {
        cause: 'expected_lowered',
        at: timeOf(fact),
      }),
    ),
);
