import { isDeepStrictEqual } from 'node:util';
import type { OrderSnapshot } from './order-figure';
import type { ParcelSnapshot } from './parcel-figure';

/** What an order must show of a parcel as the parcel itself shows it, once both are idle. */
const shared = [
  'status',
  'direction',
  'tracking_number',
  'carrier_reference',
  'tracking_placed_at',
  'phase',
  'phase_since',
  'flag',
  'estimated_arrival',
  'picked_up_at',
  'had_delay',
];

/** Where an order and its parcels say different things, one sentence each. Withdrawn parcels are no longer shown. */
export function slotDifferences(
  orders: Iterable<OrderSnapshot>,
  parcels: ReadonlyMap<string, ParcelSnapshot>,
): string[] {
  const left = new Map([...parcels].filter(([, { status }]) => status !== 'withdrawn'));
  const differences = [...orders].flatMap(({ order_number: number, shipments }) =>
    shipments.flatMap((slot) => {
      const parcel = left.get(slot.shipment_id);
      const name = `parcel ${slot.ordinal} of order ${number}`;
      left.delete(slot.shipment_id);
      if (!parcel) return [`${name} is missing in shipments`];
      const members = shared.filter(
        (member) => !isDeepStrictEqual(Reflect.get(slot, member), Reflect.get(parcel, member)),
      );
      return members.length === 0 ? [] : [`${name}: the order shows another ${members.join(', ')}`];
    }),
  );
  const forgotten = [...left.values()].map(
    ({ order_number: number, ordinal }) => `parcel ${ordinal} of order ${number} is missing in its order`,
  );
  return [...differences, ...forgotten];
}
