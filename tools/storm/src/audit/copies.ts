import { isDeepStrictEqual } from 'node:util';
import type { StoredCopy } from '../evidence/evidence';
import type { Facts } from './facts';
import type { Verdict } from './verdict';

/** What a copy calls a member, and what the snapshot calls it. */
type Names = Readonly<Record<string, string>>;

const orderNames: Names = {
  orderId: 'uuid',
  shopSlug: 'shop_slug',
  orderNumber: 'order_number',
  currency: 'currency',
  campaignSegments: 'campaign_segments',
};
const parcelNames: Names = {
  shipmentId: 'shipment_id',
  shopSlug: 'shop_slug',
  orderId: 'order_id',
  orderNumber: 'order_number',
  status: 'status',
  carrier: 'carrier_reference',
  trackingNumber: 'tracking_number',
  trackingPlacedAt: 'tracking_placed_at',
  phase: 'phase',
  pickedUpAt: 'picked_up_at',
};

/** Checks that claims know of orders and parcels what their last facts say. */
export function checkCopies(
  copies: Readonly<Record<'orders' | 'shipments', readonly StoredCopy[]>>,
  facts: Readonly<Record<'orders' | 'shipments', Facts>>,
  verdict: Verdict,
): void {
  check('order', copies.orders, facts.orders, orderNames, verdict);
  check('shipment', copies.shipments, facts.shipments, parcelNames, verdict);
}

function check(
  member: 'order' | 'shipment',
  copies: readonly StoredCopy[],
  facts: Facts,
  names: Names,
  verdict: Verdict,
): void {
  const byId = new Map(copies.map((copy) => [copy.id, copy]));
  for (const { id } of copies)
    if (!facts.has(id)) verdict.say('wrong', `claims have a copy of ${id}, which is no ${member}`);
  for (const [id, own] of facts) {
    const last = own.at(-1);
    const copy = byId.get(id);
    if (!last) continue;
    if (copy?.sequence !== last.sequence) {
      verdict.say(
        'lost',
        `claims know the ${member} ${id} as of ${copy?.sequence}, and there is ${last.sequence}`,
      );
      continue;
    }
    const snapshot = last.data[member] as Record<string, unknown>;
    const differing = Object.entries(names).filter(
      ([known, name]) => !isDeepStrictEqual(copy.known[known], snapshot[name]),
    );
    if (differing.length > 0)
      verdict.say(
        'wrong',
        `claims know the ${member} ${id} with another ${differing.map(([name]) => name).join(', ')}`,
      );
  }
}
