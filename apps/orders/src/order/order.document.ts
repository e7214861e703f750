import { type AnalyticsMap, carriers, directions, flags, phases } from '@waybill/contracts';
import { productDocument, storedProduct } from './order.product-document';
import { searchFields } from './order.search-fields';
import { statusOf } from './order.slots';
import type { Address, Discount, EstimatedArrival, Order, OrderDetails, Slot } from './order.state';
import { jsonOf, StoredObject, storedText } from '@waybill/aggregates';

/**
 * What MongoDB keeps of an order under `state`, with copies of what readers search for under `search`. In version 2 the
 * details and the slots are one JSON text each.
 */
export function toDocument(order: Order, version: number): Record<string, unknown> {
  const part = version === 1 ? asItIs : jsonOf;
  return {
    orderId: order.orderId,
    shopSlug: order.shopSlug,
    orderNumber: order.orderNumber,
    status: order.status,
    details: part(detailsDocument(order.details)),
    campaignSegments: order.campaignSegments,
    // as pairs: their keys are the caller's, and dots in a member's name are no good in a database
    analytics: Object.entries(order.analytics),
    expectedShipments: order.expectedShipments,
    userAgent: order.userAgent,
    greatestOrdinal: order.greatestOrdinal,
    slotsChangedAt: order.slotsChangedAt,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    ...(order.status === 'cancelled'
      ? { cancelledAt: order.cancelledAt, cancellationReason: order.cancellationReason }
      : { slots: part(order.slots.map(slotDocument)) }),
    search: searchFields(order),
  };
}

/** The order that was stored, in either version. Throws for a document that cannot be one. */
export function fromDocument(document: Record<string, unknown>): Order {
  const stored = StoredObject.of(document, 'state');
  const base = {
    orderId: stored.text('orderId'),
    shopSlug: stored.text('shopSlug'),
    orderNumber: stored.text('orderNumber'),
    details: storedDetails(stored.object('details')),
    campaignSegments: stored.list('campaignSegments', storedText),
    analytics: storedMap(stored),
    expectedShipments: stored.whole('expectedShipments'),
    userAgent: stored.textOrNull('userAgent'),
    greatestOrdinal: stored.whole('greatestOrdinal'),
    slotsChangedAt: stored.text('slotsChangedAt'),
    createdAt: stored.text('createdAt'),
    updatedAt: stored.text('updatedAt'),
  };
  const status = stored.oneOf('status', ['placed', 'partially_fulfilled', 'fulfilled', 'cancelled']);
  if (status === 'cancelled')
    return {
      ...base,
      status,
      cancelledAt: stored.text('cancelledAt'),
      cancellationReason: stored.textOrNull('cancellationReason'),
    };
  const slots = stored.list('slots', storedSlot);
  if (statusOf(slots) !== status) throw stored.broken('status', `what its slots say, ${statusOf(slots)}`);
  return { ...base, status, slots };
}

const asItIs = (part: object): object => part;

const detailsDocument = (details: OrderDetails) => ({
  orderName: details.orderName,
  externalId: details.externalId,
  externalCustomerId: details.externalCustomerId,
  orderPlacedAt: details.orderPlacedAt,
  totalPriceMinor: details.totalPriceMinor,
  shippingPriceMinor: details.shippingPriceMinor,
  subTotalPriceMinor: details.subTotalPriceMinor,
  discountPriceMinor: details.discountPriceMinor,
  currency: details.currency,
  products: details.products.map(productDocument),
  discounts: details.discounts.map(({ code, amount, type }) => ({ code, amount, type })),
  emailId: details.emailId,
  address: addressDocument(details.address),
  segments: details.segments,
  weightGrams: details.weightGrams,
});

const storedDetails = (stored: StoredObject): OrderDetails => ({
  orderName: stored.textOrNull('orderName'),
  externalId: stored.textOrNull('externalId'),
  externalCustomerId: stored.textOrNull('externalCustomerId'),
  orderPlacedAt: stored.text('orderPlacedAt'),
  totalPriceMinor: stored.wholeOrNull('totalPriceMinor'),
  shippingPriceMinor: stored.wholeOrNull('shippingPriceMinor'),
  subTotalPriceMinor: stored.wholeOrNull('subTotalPriceMinor'),
  discountPriceMinor: stored.whole('discountPriceMinor'),
  currency: stored.text('currency'),
  products: stored.list('products', storedProduct),
  discounts: stored.list('discounts', storedDiscount),
  emailId: stored.textOrNull('emailId'),
  address: storedAddress(stored.object('address')),
  segments: stored.list('segments', storedText),
  weightGrams: stored.numberOrNull('weightGrams'),
});

function storedDiscount(value: unknown, path: string): Discount {
  const stored = StoredObject.of(value, path);
  return {
    code: stored.text('code'),
    amount: stored.numberOrNull('amount'),
    type: stored.textOrNull('type'),
  };
}

const addressDocument = (address: Address): Address => ({
  name: address.name,
  company: address.company,
  addressLine1: address.addressLine1,
  addressLine2: address.addressLine2,
  street: address.street,
  city: address.city,
  province: address.province,
  country: address.country,
  provinceCode: address.provinceCode,
  countryCode: address.countryCode,
  zipCode: address.zipCode,
  phone: address.phone,
});

const storedAddress = (stored: StoredObject): Address => ({
  name: stored.textOrNull('name'),
  company: stored.textOrNull('company'),
  addressLine1: stored.textOrNull('addressLine1'),
  addressLine2: stored.textOrNull('addressLine2'),
  street: stored.textOrNull('street'),
  city: stored.textOrNull('city'),
  province: stored.textOrNull('province'),
  country: stored.textOrNull('country'),
  provinceCode: stored.textOrNull('provinceCode'),
  countryCode: stored.textOrNull('countryCode'),
  zipCode: stored.text('zipCode'),
  phone: stored.textOrNull('phone'),
});

const slotDocument = (slot: Slot) => ({
  shipmentId: slot.shipmentId,
  ordinal: slot.ordinal,
  status: slot.status,
  direction: slot.direction,
  ...(slot.status === 'fulfilled'
    ? {
        trackingNumber: slot.trackingNumber,
        carrier: slot.carrier,
        trackingUrl: slot.trackingUrl,
        trackingPlacedAt: slot.trackingPlacedAt,
        externalShipmentId: slot.externalShipmentId,
      }
    : {}),
  products: slot.products && slot.products.map(productDocument),
  phase: slot.phase,
  phaseSince: slot.phaseSince,
  flag: slot.flag,
  estimatedArrival: slot.estimatedArrival,
  pickedUpAt: slot.pickedUpAt,
  hadDelay: slot.hadDelay,
  shipmentSequence: slot.shipmentSequence,
});

function storedSlot(value: unknown, path: string): Slot {
  const stored = StoredObject.of(value, path);
  const base = {
    shipmentId: stored.text('shipmentId'),
    ordinal: stored.whole('ordinal'),
    products: stored.isNull('products') ? null : stored.list('products', storedProduct),
    phase: stored.oneOf('phase', phases),
    phaseSince: stored.text('phaseSince'),
    flag: stored.oneOf('flag', flags),
    estimatedArrival: stored.isNull('estimatedArrival')
      ? null
      : storedEstimate(stored.object('estimatedArrival')),
    pickedUpAt: stored.textOrNull('pickedUpAt'),
    hadDelay: stored.flag('hadDelay'),
    shipmentSequence: stored.whole('shipmentSequence'),
  };
  const status = stored.oneOf('status', ['draft', 'fulfilled']);
  if (status === 'draft')
    return { ...base, status, direction: stored.oneOf('direction', ['merchant_customer']) };
  return {
    ...base,
    status,
    direction: stored.oneOf('direction', directions),
    trackingNumber: stored.text('trackingNumber'),
    carrier: stored.oneOf('carrier', carriers),
    trackingUrl: stored.textOrNull('trackingUrl'),
    trackingPlacedAt: stored.text('trackingPlacedAt'),
    externalShipmentId: stored.textOrNull('externalShipmentId'),
  };
}

const storedEstimate = (stored: StoredObject): EstimatedArrival => ({
  from: stored.textOrNull('from'),
  to: stored.text('to'),
  predictedAt: stored.text('predictedAt'),
});

const storedMap = (stored: StoredObject): AnalyticsMap =>
  Object.fromEntries(
    stored.list('analytics', (pair, path) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw stored.broken('analytics', 'a list of pairs');
      return [storedText(pair[0], path), plainValue(pair[1], path)];
    }),
  );

function plainValue(value: unknown, path: string): AnalyticsMap[string] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error(`stored document is broken: ${path} is not a plain value`);
}
