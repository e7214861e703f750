import type { Reaction, ReactionCommand } from '@waybill/aggregates';
import type { ShipmentFactDto, ShipmentUpdatedDto } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';

/** Fields of a `shipment-updated` that an order shows in its slot. */
const shownFields: readonly string[] = [
  'estimated_arrival',
  'carrier_reference',
  'phase_since',
  'picked_up_at',
  'had_delay',
];

/** One reaction for each kind of fact that can change what an order shows of its parcel. */
export const whenShipmentProgressesUpdateOrder: readonly Reaction[] = [
  { on: 'shipments.shipment-phase-changed.v1', react: progress },
  { on: 'shipments.shipment-flagged.v1', react: progress },
  {
    on: 'shipments.shipment-updated.v1',
    react(fact) {
      const { changed } = fact.data as ShipmentUpdatedDto;
      return changed.some((name) => shownFields.includes(name)) ? progress(fact) : [];
    },
  },
];

function progress({ data, sequence }: Fact): ReactionCommand[] {
  const { shop_slug, order_id, order_number, shipment } = data as ShipmentFactDto;
  return [
    {
      type: 'orders.record-shipment-progress.v1',
      target: { aggregateId: order_id, key: `${shop_slug}/${order_number}` },
      data: {
        shop_slug,
        id: order_number,
        id_type: 'order_number',
        shipment_id: shipment.shipment_id,
        shipment_sequence: sequence,
        phase: shipment.phase,
        phase_since: shipment.phase_since,
        flag: shipment.flag,
        estimated_arrival: shipment.estimated_arrival,
        picked_up_at: shipment.picked_up_at,
        had_delay: shipment.had_delay,
        carrier_reference: shipment.carrier_reference,
      },
    },
  ];
}
