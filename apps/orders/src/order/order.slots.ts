import { shipmentId } from '@waybill/contracts';
import type { DraftSlot, FulfilledSlot, LiveOrder, Slot } from './order.state';

/** Most slots of one direction that an order may have. */
export const slotLimit = 100;

export interface SlotReference {
  readonly shipmentId: string;
  readonly ordinal: number;
}

export const referenceOf = (slot: Slot): SlotReference => ({
  shipmentId: slot.shipmentId,
  ordinal: slot.ordinal,
});

export const isForward = (slot: Slot): boolean => slot.direction === 'merchant_customer';

export const isDraft = (slot: Slot): slot is DraftSlot => slot.status === 'draft';

export const isFulfilled = (slot: Slot): slot is FulfilledSlot => slot.status === 'fulfilled';

/** Fulfilled forward slots and drafts; returns never count (domain 2.3). */
export function countSlots(slots: readonly Slot[]): { readonly fulfilled: number; readonly drafts: number } {
  const forward = slots.filter(isForward);
  const drafts = forward.filter(isDraft).length;
  return { fulfilled: forward.length - drafts, drafts };
}

export function statusOf(slots: readonly Slot[]): LiveOrder['status'] {
  const { fulfilled, drafts } = countSlots(slots);
  if (fulfilled === 0) return 'placed';
  return drafts > 0 ? 'partially_fulfilled' : 'fulfilled';
}

/** Name of the slot that comes after the greatest ordinal ever used. */
export const nextReference = (orderId: string, greatestOrdinal: number): SlotReference => ({
  shipmentId: shipmentId(orderId, greatestOrdinal + 1),
  ordinal: greatestOrdinal + 1,
});

/** Names of the `count` slots that come next. */
export const nextReferences = (orderId: string, greatestOrdinal: number, count: number): SlotReference[] =>
  Array.from({ length: count }, (_, i) => nextReference(orderId, greatestOrdinal + i));

export const draft = (reference: SlotReference, phaseSince: string): DraftSlot => ({
  ...reference,
  status: 'draft',
  direction: 'merchant_customer',
  products: null,
  ...newLife,
  phase: 'order_created',
  phaseSince,
});

const newLife = {
  flag: 'normal',
  estimatedArrival: null,
  pickedUpAt: null,
  hadDelay: false,
  shipmentSequence: 0,
} as const;

/** What a slot gets with its tracking number. */
export type Attachment = Pick<
  FulfilledSlot,
  'direction' | 'trackingNumber' | 'carrier' | 'trackingUrl' | 'trackingPlacedAt' | 'externalShipmentId'
>;

export const appendedSlot = (
  reference: SlotReference,
  attachment: Attachment,
  products: Slot['products'],
): FulfilledSlot => ({
  ...reference,
  status: 'fulfilled',
  ...attachment,
  products,
  ...newLife,
  phase: attachment.direction === 'merchant_customer' ? 'order_processed' : 'return_created',
  phaseSince: attachment.trackingPlacedAt,
});

/** A draft gets its number. Its phase steps on only from the very first one; the rest comes from the shipment. */
export const filledSlot = (
  slot: DraftSlot,
  attachment: Attachment,
  products: Slot['products'],
): FulfilledSlot => ({
  ...slot,
  ...attachment,
  status: 'fulfilled',
  products,
  ...(slot.phase === 'order_created'
    ? { phase: 'order_processed', phaseSince: attachment.trackingPlacedAt }
    : {}),
});

/** The slots with some of them replaced by newer versions, still sorted by ordinal. */
export function replaceSlots(slots: readonly Slot[], newer: readonly Slot[]): Slot[] {
  const byOrdinal = new Map(newer.map((slot) => [slot.ordinal, slot]));
  return slots.map((slot) => byOrdinal.get(slot.ordinal) ?? slot);
}

/** Which drafts a new expected number adds and removes (domain 2.4). */
export function slotsForExpected(
  order: LiveOrder,
  expected: number,
): { readonly added: SlotReference[]; readonly removed: SlotReference[] } {
  const forward = order.slots.filter(isForward);
  const surplus = forward.length - expected;
  if (surplus <= 0) {
    return { added: nextReferences(order.orderId, order.greatestOrdinal, -surplus), removed: [] };
  }
  const drafts = order.slots.filter(isDraft);
  return { added: [], removed: drafts.slice(Math.max(0, drafts.length - surplus)).map(referenceOf) };
}

/** Smallest time at which a forward parcel was handed over. */
export function firstDispatchedAt(slots: readonly Slot[]): string | null {
  const times = slots
    .filter(isFulfilled)
    .filter(isForward)
    .map(({ trackingPlacedAt }) => trackingPlacedAt);
  return times.toSorted()[0] ?? null;
}
