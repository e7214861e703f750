import type { Reaction } from '@waybill/aggregates';
import type { OrderShipmentsExpectedChangedDto } from '@waybill/contracts';
import { shipmentCommand, timeOf } from './shipment-command';

export const whenOrderExpectsMoreDraftShipments: Reaction = {
  on: 'orders.order-shipments-expected-changed.v1',
  react(fact) {
    const order = fact.data as OrderShipmentsExpectedChangedDto;
    return order.added.map(({ shipment_id, ordinal }) =>
      shipmentCommand('draft-shipment', order, shipment_id, { ordinal, placed_at: timeOf(fact) }),
    );
  },
};
