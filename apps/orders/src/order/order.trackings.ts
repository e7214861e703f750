import { type Carrier, detectCarrier } from '@waybill/contracts';
import type { TrackingInput } from './order.commands';
import { sentOr } from './order.details';
import { type Product, pricedContent } from './order.products';
import { type Attachment, isFulfilled, replaceSlots } from './order.slots';
import type { FulfilledSlot, Slot } from './order.state';

/** What a command's trackings come to, seen from the slots that are there. */
export interface SortedTrackings {
  /** All slots, those with a known number updated. */
  readonly slots: readonly Slot[];
  /** New numbers in the order in which they are dispatched: forward ones first. */
  readonly fresh: readonly FreshTracking[];
  /** Contents that this command sets, and where they stand in the message. */
  readonly contents: readonly { readonly products: readonly Product[]; readonly position: number }[];
}

/** A number that no slot has; an absent `products` keeps those of the draft that it takes. */
export interface FreshTracking {
  readonly attachment: Attachment;
  readonly products: readonly Product[] | null | undefined;
  readonly position: number;
}

/** Step 3 of an upsert (domain 2.6). `currency` is the one that holds after the command. */
export function sortTrackings(
  slots: readonly Slot[],
  inputs: readonly TrackingInput[],
  currency: string,
  at: string,
): SortedTrackings {
  let current = slots;
  const fresh: FreshTracking[] = [];
  const contents: SortedTrackings['contents'][number][] = [];
  for (const input of mergeRepeated(inputs)) {
    const products = pricedContent(input.products, currency);
    const known = current.filter(isFulfilled).find((slot) => isSameParcel(slot, input));
    if (products && !(known && isSameContent(known.products, products)))
      contents.push({ products, position: input.productsPosition });
    if (known) current = replaceSlots(current, [updated(known, input, products)]);
    else fresh.push(freshTracking(input, products, at));
  }
  return { slots: current, fresh: [...fresh.filter(goesForward), ...fresh.filter(goesBack)], contents };
}

/** Entries of one command that name the same parcel count as one, the later winning per field. */
function mergeRepeated(inputs: readonly TrackingInput[]): TrackingInput[] {
  const merged: TrackingInput[] = [];
  for (const input of inputs) {
    const index = merged.findIndex((earlier) => isSameParcel(earlier, input));
    const earlier = merged[index];
    if (earlier) merged[index] = { ...earlier, ...input, ...places(earlier, input) };
    else merged.push(input);
  }
  return merged;
}

const places = (earlier: TrackingInput, later: TrackingInput) => ({
  position: earlier.position,
  productsPosition: later.products === undefined ? earlier.productsPosition : later.productsPosition,
});

interface Parcel {
  readonly trackingNumber: string;
  readonly carrier?: Carrier;
}

/** Equal numbers of different carriers are different parcels, as long as both carriers are known. */
export function isSameParcel(a: Parcel, b: Parcel): boolean {
  if (a.trackingNumber !== b.trackingNumber) return false;
  return a.carrier === b.carrier || isUnknown(a) || isUnknown(b);
}

const isUnknown = ({ carrier }: Parcel): boolean => carrier === undefined || carrier === 'unknown';

// when and in which direction it was attached is fixed
const updated = (
  slot: FulfilledSlot,
  input: TrackingInput,
  products: readonly Product[] | null | undefined,
): FulfilledSlot => ({
  ...slot,
  carrier: slot.carrier === 'unknown' ? (input.carrier ?? 'unknown') : slot.carrier,
  trackingUrl: sentOr(input.trackingUrl, slot.trackingUrl),
  externalShipmentId: sentOr(input.externalShipmentId, slot.externalShipmentId),
  products: sentOr(products, slot.products),
});

const freshTracking = (
  input: TrackingInput,
  products: readonly Product[] | null | undefined,
  at: string,
): FreshTracking => ({
  attachment: {
    direction: input.direction ?? 'merchant_customer',
    trackingNumber: input.trackingNumber,
    carrier: input.carrier ?? detectCarrier(input.trackingNumber),
    trackingUrl: input.trackingUrl ?? null,
    trackingPlacedAt: input.trackingPlacedAt ?? at,
    externalShipmentId: input.externalShipmentId ?? null,
  },
  products,
  position: input.position,
});

export const goesForward = ({ attachment }: FreshTracking): boolean =>
  attachment.direction === 'merchant_customer';

export const goesBack = (tracking: FreshTracking): boolean => !goesForward(tracking);

/** Whether a parcel holds exactly these products already. */
export const isSameContent = (a: readonly Product[] | null, b: readonly Product[] | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
