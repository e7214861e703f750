import type { Direction, Phase } from '../orders/vocabulary';
import type { ShipmentState } from './vocabulary';

export interface PhaseInfo {
  /** Decides between events of the same time: the greater one is further. */
  readonly rank: number;
  /** An event of the same or an earlier time never leaves it for a phase that is no sink. */
  readonly isSink: boolean;
  readonly state: ShipmentState;
}

const row = (rank: number, state: ShipmentState, isSink = false): PhaseInfo => ({ rank, isSink, state });

/** What is known of each phase (domain 3.3). */
export const phaseInfo: Readonly<Record<Phase, PhaseInfo>> = {
  order_created: row(1, 'pending'),
  order_processed: row(2, 'pending'),
  return_created: row(3, 'returned'),
  in_transit: row(4, 'transit'),
  return_transit: row(5, 'returned'),
  in_delivery: row(6, 'transit'),
  delivery_failed: row(7, 'transit'),
  collect: row(8, 'collect'),
  return_failed: row(9, 'returned'),
  delivered: row(10, 'delivered', true),
  returned: row(11, 'returned', true),
  return_received: row(12, 'returned', true),
};

/** One usual step of a parcel. No scan is refused because it takes another one. */
export interface UsualEdge {
  readonly from: Phase | 'start';
  readonly to: Phase;
  readonly trigger: string;
}

const edge = (from: Phase | 'start', to: Phase, trigger: string): UsualEdge => ({ from, to, trigger });

/** The expected life of a parcel, for test data and display (domain 3.3). */
export const usualEdges: readonly UsualEdge[] = [
  edge('start', 'order_created', 'draft created'),
  edge('start', 'order_processed', 'appended and fulfilled at once'),
  edge('start', 'return_created', 'return parcel announced'),
  edge('order_created', 'order_processed', 'fulfilled'),
  edge('order_processed', 'in_transit', 'handed to the carrier'),
  edge('in_transit', 'in_delivery', 'out for delivery'),
  edge('in_transit', 'collect', 'arrived at a pickup point'),
  edge('in_delivery', 'delivered', 'delivered'),
  edge('in_delivery', 'delivery_failed', 'failed attempt, address problem'),
  edge('in_delivery', 'collect', 'forwarded to a pickup point'),
  edge('delivery_failed', 'in_delivery', 'second attempt'),
  edge('delivery_failed', 'collect', 'redirected'),
  edge('collect', 'delivered', 'picked up by the customer'),
  edge('in_transit', 'returned', 'refused, not picked up, undeliverable'),
  edge('delivery_failed', 'returned', 'refused, not picked up, undeliverable'),
  edge('collect', 'returned', 'refused, not picked up, undeliverable'),
  edge('return_created', 'return_transit', 'return handed to the carrier'),
  edge('return_transit', 'return_received', 'arrived at the merchant'),
  edge('return_transit', 'return_failed', 'lost or refused'),
];

/** Where a shipment without a scan that has a phase stands once it is fulfilled (domain 3.5). */
export const phaseAtFulfilment: Readonly<Record<Direction, Phase>> = {
  merchant_customer: 'order_processed',
  customer_merchant: 'return_created',
};
