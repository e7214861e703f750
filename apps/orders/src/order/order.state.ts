import type { AnalyticsMap, Carrier, Flag, Phase } from '@waybill/contracts';
import type { Product } from './order.products';

export interface EstimatedArrival {
  readonly from: string | null;
  readonly to: string;
  readonly predictedAt: string;
}

interface SlotBase {
  readonly shipmentId: string;
  readonly ordinal: number;
  /** What is inside; null: all products of the order. */
  readonly products: readonly Product[] | null;
  readonly phase: Phase;
  readonly phaseSince: string;
  readonly flag: Flag;
  readonly estimatedArrival: EstimatedArrival | null;
  readonly pickedUpAt: string | null;
  readonly hadDelay: boolean;
  /** Number of the last shipment fact that changed this slot; 0 before the first. */
  readonly shipmentSequence: number;
}

export interface DraftSlot extends SlotBase {
  readonly status: 'draft';
  readonly direction: 'merchant_customer';
}

export interface FulfilledSlot extends SlotBase {
  readonly status: 'fulfilled';
  readonly direction: 'merchant_customer' | 'customer_merchant';
  readonly trackingNumber: string;
  readonly carrier: Carrier;
  readonly trackingUrl: string | null;
  readonly trackingPlacedAt: string;
  readonly externalShipmentId: string | null;
}

export type Slot = DraftSlot | FulfilledSlot;

export interface Address {
  readonly name: string | null;
  readonly company: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  /** Only when it was given; it is shown as the lines joined otherwise. */
  readonly street: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly country: string | null;
  readonly provinceCode: string | null;
  readonly countryCode: string | null;
  readonly zipCode: string;
  readonly phone: string | null;
}

export interface Discount {
  readonly code: string;
  /** Magnitude; perhaps a percentage, so it has no unit. */
  readonly amount: number | null;
  readonly type: string | null;
}

/** What callers may change with an OrderInput. */
export interface OrderDetails {
  readonly orderName: string | null;
  /** Only when it was given; the order number is shown otherwise. */
  readonly externalId: string | null;
  readonly externalCustomerId: string | null;
  readonly orderPlacedAt: string;
  readonly totalPriceMinor: number | null;
  readonly shippingPriceMinor: number | null;
  readonly subTotalPriceMinor: number | null;
  readonly discountPriceMinor: number;
  readonly currency: string;
  readonly products: readonly Product[];
  readonly discounts: readonly Discount[];
  readonly emailId: string | null;
  readonly address: Address;
  readonly segments: readonly string[];
  readonly weightGrams: number | null;
}

interface OrderBase {
  readonly orderId: string;
  readonly shopSlug: string;
  readonly orderNumber: string;
  readonly details: OrderDetails;
  /** Follows the segments until the first dispatch, then it is frozen. */
  readonly campaignSegments: readonly string[];
  readonly analytics: AnalyticsMap;
  readonly expectedShipments: number;
  readonly userAgent: string | null;
  /** An ordinal is never used again, also not after its slot was removed. */
  readonly greatestOrdinal: number;
  /** Latest command time at which a slot was added or changed. */
  readonly slotsChangedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An order that may still change. Its status follows from its slots, sorted by ordinal. */
export interface LiveOrder extends OrderBase {
  readonly status: 'placed' | 'partially_fulfilled' | 'fulfilled';
  readonly slots: readonly Slot[];
}

/** The end. It has no slots any more; its external id stays taken. */
export interface CancelledOrder extends OrderBase {
  readonly status: 'cancelled';
  readonly cancelledAt: string;
  readonly cancellationReason: string | null;
}

export type Order = LiveOrder | CancelledOrder;

/** Shown in place of an external id that was not given. */
export const shownExternalId = ({ details, orderNumber }: Order): string => details.externalId ?? orderNumber;

/** Values that no other order may hold (domain 2.1, 2.4). A cancelled order keeps its external id. */
export function uniqueKeys(order: Order): string[] {
  const { shopSlug, details } = order;
  const given = details.externalId === null ? [] : [externalIdKey(shopSlug, details.externalId)];
  if (order.status === 'cancelled') return given;
  return [
    ...given,
    ...order.slots.flatMap((slot) =>
      slot.status === 'draft' ? [] : [trackingKey(shopSlug, slot.carrier, slot.trackingNumber)],
    ),
  ];
}

export const externalIdKey = (shopSlug: string, externalId: string): string =>
  `external_id/${shopSlug}/${externalId}`;

export const trackingKey = (shopSlug: string, carrier: Carrier, trackingNumber: string): string =>
  `tracking/${shopSlug}/${carrier}/${trackingNumber}`;
