import { shipmentCommand, timeOf } from './shipment-command';
import { shipmentReaction } from './shipment-reaction';

export const whenOrderExpectsMoreDraftShipments = shipmentReaction(
  'orders.order-shipments-expected-changed.v1',
  (fact) =>
    fact.data.added.map(({ shipment_id, ordinal }) =>
      shipmentCommand('shipments.draft-shipment.v1', fact.data, shipment_id, {
        ordinal,
        placed_at: timeOf(fact),
      }),
    ),
);
