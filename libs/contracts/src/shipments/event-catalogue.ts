import type { Direction, Flag, Phase } from '../orders/vocabulary';
import type { EventGroup } from './event-groups';
import type { EventOrigin } from './vocabulary';

/** What an event name means. */
export interface CatalogueRow {
  readonly phase: Phase;
  /** Notification bucket by the shipment's direction; null: no notification. */
  readonly group: Readonly<Record<Direction, EventGroup | null>>;
  /** What the event says of the parcel's health; null: nothing. */
  readonly flag: Flag | null;
}

const row = (
  phase: Phase,
  forward: EventGroup | null,
  back: EventGroup | null,
  flag: Flag | null,
): CatalogueRow => ({ phase, group: { merchant_customer: forward, customer_merchant: back }, flag });

/** The event names that have a meaning (domain 5.2). Any other name is stored and shown and changes no phase. */
export const eventCatalogue = {
  ORDER_CREATED: row('order_created', 'shipment_pre_transit', null, null),
  ORDER_IN_PROCESSING: row('order_processed', 'shipment_pre_transit', null, null),
  ORDER_CANCELLED: row('order_created', 'shipment_order_cancelled', null, null),
  LABEL_CREATED: row('order_processed', 'shipment_pre_transit', 'return_shipment_created', null),
  READY_FOR_CARRIER_PICKUP: row('order_processed', 'shipment_pre_transit', null, null),
  CARRIER_PICKED_UP: row('in_transit', 'shipment_in_transit', 'return_shipment_in_transit', null),
  ARRIVAL_AT_TRANSPORT_HUB: row('in_transit', null, null, null),
  DEPARTURE_FROM_TRANSPORT_HUB: row('in_transit', 'shipment_in_transit', 'return_shipment_in_transit', null),
  IN_CUSTOMS: row('in_transit', null, null, null),
  CUSTOMS_CLEARED: row('in_transit', null, null, null),
  CARRIER_CHANGED: row('in_transit', 'shipment_carrier_changed', null, null),
  DELAYED: row('in_transit', 'shipment_carrier_delay', 'return_shipment_delayed', 'delay'),
  DAMAGED: row('in_transit', 'shipment_damaged', 'return_shipment_failed', 'error'),
  LOST: row('in_transit', 'shipment_damaged', 'return_shipment_failed', 'error'),
  CUSTOMER_REQUESTED_LATER_DELIVERY: row(
    'in_transit',
    'shipment_delayed_due_to_customer_request',
    null,
    'delay',
  ),
  ARRIVAL_AT_DELIVERY_DEPOT: row('in_transit', null, null, null),
  OUT_FOR_DELIVERY: row('in_delivery', 'shipment_out_for_delivery', null, 'normal'),
  DELIVERY_ATTEMPTED: row('in_delivery', 'shipment_delivery_failed', null, 'delay'),
  SECOND_DELIVERY_ATTEMPT: row('in_delivery', 'shipment_delivery_second_attempt', null, 'delay'),
  ADDRESS_ISSUE: row(
    'delivery_failed',
    'shipment_delivery_failed_address_issue',
    'return_shipment_failed',
    'error',
  ),
  DELIVERY_FAILED: row('delivery_failed', 'shipment_delivery_failed', 'return_shipment_failed', 'error'),
  FORWARDED_TO_PARCEL_SHOP: row(
    'collect',
    'shipment_delivery_failed_forwarded_to_parcel_shop',
    null,
    'delay',
  ),
  ARRIVED_AT_PARCEL_SHOP: row('collect', 'shipment_delivered_to_parcel_shop', null, 'normal'),
  ARRIVED_AT_PARCEL_LOCKER: row('collect', 'shipment_delivered_to_parcel_locker', null, 'normal'),
  PICKED_UP_BY_CUSTOMER: row('delivered', 'shipment_picked_up', null, 'normal'),
  SUCCESSFULLY_DELIVERED: row('delivered', 'shipment_delivered', 'return_shipment_delivered', 'normal'),
  DELIVERED_TO_NEIGHBOUR: row('delivered', 'shipment_delivered_to_neighbour', null, 'normal'),
  DELIVERED_TO_LETTERBOX: row('delivered', 'shipment_delivered_to_letterbox', null, 'normal'),
  REFUSED_BY_RECIPIENT: row('returned', 'shipment_refused_then_returned', null, 'error'),
  NOT_PICKED_UP: row('returned', 'shipment_not_picked_up_then_returned', null, 'error'),
  RETURNED_TO_SENDER: row('returned', 'shipment_failed_returned', null, 'error'),
  RETURN_REGISTERED: row('return_created', null, 'return_shipment_created', null),
  RETURN_IN_TRANSIT: row('return_transit', null, 'return_shipment_in_transit', null),
  RETURN_RECEIVED: row('return_received', null, 'return_shipment_delivered', 'normal'),
  RETURN_FAILED: row('return_failed', null, 'return_shipment_failed', 'error'),
} as const satisfies Readonly<Record<string, CatalogueRow>>;
export type CatalogueName = keyof typeof eventCatalogue;

/** Actions of claims and their groups. As the name of a scan they count as unknown. */
export const claimActions = {
  CLAIM_CREATED: { inPayloads: 'created', group: 'claim_created' },
  CLAIM_UPDATED: { inPayloads: 'updated', group: 'claim_updated' },
} as const satisfies Readonly<Record<string, { inPayloads: string; group: EventGroup }>>;

/** Catalogue names that `add-shipment-event` may tell of a draft, beside names outside the catalogue (domain 3.4). */
export const draftEventNames: readonly CatalogueName[] = [
  'ORDER_CREATED',
  'ORDER_IN_PROCESSING',
  'ORDER_CANCELLED',
];

const rows = new Map<string, CatalogueRow>(Object.entries(eventCatalogue));

/** The row of an event name, case-sensitively; `undefined` for a name outside the catalogue. */
export function catalogueRow(eventName: string): CatalogueRow | undefined {
  return rows.get(eventName);
}

/** Notification bucket of an event, null when nobody is notified. A merchant's own names have one for forward parcels. */
export function eventGroupOf(
  eventName: string,
  direction: Direction,
  origin: EventOrigin,
): EventGroup | null {
  const known = rows.get(eventName);
  if (known) return known.group[direction];
  return origin === 'merchant' && direction === 'merchant_customer' ? 'shipment_internal_trigger' : null;
}
