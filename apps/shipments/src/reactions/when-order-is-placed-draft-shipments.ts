import type { Reaction } from '@waybill/aggregates';
import type { OrderPlacedDto } from '@waybill/contracts';
import { shipmentCommand } from './shipment-command';

export const whenOrderIsPlacedDraftShipments: Reaction = {
  on: 'orders.order-placed.v1',
  react({ data }) {
    const order = data as OrderPlacedDto;
    const { placed_at } = order;
    return order.shipments.map(({ shipment_id, ordinal }) =>
      shipmentCommand('draft-shipment', order, shipment_id, { ordinal, placed_at }),
    );
  },
};
