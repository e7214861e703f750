import { isDeepStrictEqual } from 'node:util';
import type { Facts } from './facts';
import type { Verdict } from './verdict';

interface Parcel {
  readonly shipment_id: string;
  readonly order_id: string;
  readonly status: string;
  readonly [member: string]: unknown;
}

/** What an order decides of a parcel, and what it shows of it; neither may differ when all reactions are done. */
const shared = [
  'status',
  'direction',
  'tracking_number',
  'tracking_url',
  'tracking_placed_at',
  'external_shipment_id',
  'products',
  'phase',
  'phase_since',
  'flag',
  'estimated_arrival',
  'picked_up_at',
  'had_delay',
] as const;

/** Checks that orders and parcels agree: each slot has its parcel, each parcel without a slot was withdrawn. */
export function checkReactions(orders: Facts, shipments: Facts, verdict: Verdict): void {
  const parcels = new Map<string, Parcel>(
    [...shipments].flatMap(([id, own]) => (own.length > 0 ? [[id, own.at(-1)?.data.shipment] as const] : [])),
  );
  const slots = new Set<string>();
  for (const own of orders.values()) {
    const order = own.at(-1)?.data.order as { shipments: Parcel[]; uuid: string } | undefined;
    for (const slot of order?.shipments ?? []) {
      slots.add(slot.shipment_id);
      const parcel = parcels.get(slot.shipment_id);
      if (parcel) compare(slot, parcel, verdict);
      else verdict.say('lost', `the slot ${slot.shipment_id} of order ${order?.uuid} has no parcel`);
    }
  }
  for (const [id, { order_id: order, status }] of parcels) {
    if (!orders.has(order)) verdict.say('wrong', `the parcel ${id} belongs to ${order}, which is no order`);
    else if (!slots.has(id) && status !== 'withdrawn')
      verdict.say('lost', `the parcel ${id} is ${status}, but its order ${order} has no slot for it`);
  }
}

function compare(slot: Parcel, parcel: Parcel, verdict: Verdict): void {
  const differing = shared.filter((member) => !isDeepStrictEqual(slot[member], parcel[member]));
  const carrier = slot['carrier_reference'];
  // a carrier that belongs to another order's parcel already stays unknown to the order (domain 3.7)
  if (carrier !== 'unknown' && carrier !== parcel['carrier_reference'])
    differing.push('carrier_reference' as never);
  if (differing.length === 0) return;
  const said = differing.map(
    (name) => `${name} ${JSON.stringify(slot[name])} and ${JSON.stringify(parcel[name])}`,
  );
  verdict.say('lost', `order and parcel differ in ${slot.shipment_id}: ${said.join(', ')}`);
}
