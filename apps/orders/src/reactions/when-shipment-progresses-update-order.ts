import { type CommandOf, type Reaction, reactionsOf } from '@waybill/aggregates';
import { ordersUses, type ReadBy } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';

type Uses = typeof ordersUses;

/** Fields of a `shipment-updated` that an order shows in its slot. */
const shownFields: readonly string[] = [
  'estimated_arrival',
  'carrier_reference',
  'phase_since',
  'picked_up_at',
  'had_delay',
];

const orderReaction = reactionsOf(ordersUses);

/** One reaction for each kind of fact that can change what an order shows of its parcel. */
export const whenShipmentProgressesUpdateOrder: readonly Reaction[] = [
  orderReaction('shipments.shipment-phase-changed.v1', progress),
  orderReaction('shipments.shipment-flagged.v1', progress),
  orderReaction('shipments.shipment-updated.v1', (fact) =>
    fact.data.changed.some((name) => shownFields.includes(name)) ? progress(fact) : [],
  ),
];

function progress({
  data,
  sequence,
}: Fact<ReadBy<Uses, 'shipments.shipment-flagged.v1'>>): CommandOf<Uses>[] {
  const { shop_slug, order_id, order_number, shipment } = data;
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
