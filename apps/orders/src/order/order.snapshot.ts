import type {
  AddressSnapshotDto,
  ComponentSnapshotDto,
  EstimatedArrivalSnapshotDto,
  OrderDiscountSnapshotDto,
  OrderSnapshotDto,
  ProductSnapshotDto,
  SlotDto,
  TrackingDto,
} from '@waybill/contracts';
import { toMajor } from '@waybill/contracts';
import { type Item, majorOrNull, type Product } from './order.products';
import { firstDispatchedAt, isFulfilled } from './order.slots';
import type {
  Address,
  Discount,
  EstimatedArrival,
  FulfilledSlot,
  Order,
  OrderDetails,
  Slot,
} from './order.state';
import { shownExternalId } from './order.state';

/** The order as its facts and its readers see it: every field there, amounts in major units. */
export function orderSnapshot(order: Order): OrderSnapshotDto {
  const { details } = order;
  const { currency } = details;
  const slots = order.status === 'cancelled' ? [] : order.slots;
  return {
    uuid: order.orderId,
    shop_slug: order.shopSlug,
    order_number: order.orderNumber,
    order_name: details.orderName,
    external_id: shownExternalId(order),
    ...detailsBeforeSegments(details),
    segments: [...details.segments],
    campaign_segments: [...order.campaignSegments],
    weight: details.weightGrams,
    order_analytics: order.analytics,
    expected_number_of_shipments: order.expectedShipments,
    status: order.status,
    is_fulfilled: order.status === 'partially_fulfilled' || order.status === 'fulfilled',
    first_dispatched_at: firstDispatchedAt(slots),
    cancelled_at: order.status === 'cancelled' ? order.cancelledAt : null,
    cancellation_reason: order.status === 'cancelled' ? order.cancellationReason : null,
    shipments: slots.map((slot) => slotSnapshot(slot, currency)),
    trackings: slots.filter(isFulfilled).map(trackingSnapshot),
    created_at: order.createdAt,
    updated_at: order.updatedAt,
  };
}

/** The fields that stand between the external id and the segments. */
function detailsBeforeSegments(details: OrderDetails) {
  const { currency } = details;
  return {
    external_customer_id: details.externalCustomerId,
    order_placed_at: details.orderPlacedAt,
    total_order_price: majorOrNull(details.totalPriceMinor, currency),
    shipping_price: majorOrNull(details.shippingPriceMinor, currency),
    sub_total_price: majorOrNull(details.subTotalPriceMinor, currency),
    discount_price: toMajor(details.discountPriceMinor, currency),
    currency,
    products: details.products.map((product) => productSnapshot(product, currency)),
    discounts: details.discounts.map(discountSnapshot),
    email_id: details.emailId,
    address: addressSnapshot(details.address),
  };
}

/**
 * What callers may set, under the names and in the order of the snapshot, in a form that tells whether it changed: amounts as
 * they are shown, but only values that were given, so that giving what was shown by default is a change.
 */
export const settableFields = (details: OrderDetails) => ({
  order_name: details.orderName,
  external_id: details.externalId,
  ...detailsBeforeSegments(details),
  address: details.address,
  segments: details.segments,
  weight: details.weightGrams,
});

export function slotSnapshot(slot: Slot, currency: string): SlotDto {
  const attached = slot.status === 'fulfilled' ? slot : undefined;
  return {
    shipment_id: slot.shipmentId,
    ordinal: slot.ordinal,
    status: slot.status,
    direction: slot.direction,
    tracking_number: attached?.trackingNumber ?? null,
    carrier_reference: attached?.carrier ?? null,
    tracking_url: attached?.trackingUrl ?? null,
    tracking_placed_at: attached?.trackingPlacedAt ?? null,
    external_shipment_id: attached?.externalShipmentId ?? null,
    products: slotProducts(slot, currency),
    phase: slot.phase,
    phase_since: slot.phaseSince,
    flag: slot.flag,
    estimated_arrival: estimateSnapshot(slot.estimatedArrival),
    picked_up_at: slot.pickedUpAt,
    had_delay: slot.hadDelay,
  };
}

export const slotProducts = ({ products }: Slot, currency: string): ProductSnapshotDto[] | null =>
  products && products.map((product) => productSnapshot(product, currency));

const trackingSnapshot = (slot: FulfilledSlot): TrackingDto => ({
  shipment_id: slot.shipmentId,
  tracking_number: slot.trackingNumber,
  carrier_reference: slot.carrier,
  tracking_url: slot.trackingUrl,
  phase: slot.phase,
  flag: slot.flag,
  estimated_arrival: estimateSnapshot(slot.estimatedArrival),
  direction: slot.direction,
});

const estimateSnapshot = (estimate: EstimatedArrival | null): EstimatedArrivalSnapshotDto | null =>
  estimate && { from: estimate.from, to: estimate.to, predicted_at: estimate.predictedAt };

const productSnapshot = (product: Product, currency: string): ProductSnapshotDto => ({
  ...lineSnapshot(product, currency),
  type: product.kind,
  bundled_products: product.components.map((component) => componentSnapshot(component, currency)),
  product_id: product.productId,
  variant_id: product.variantId,
});

const componentSnapshot = (item: Item, currency: string): ComponentSnapshotDto => ({
  ...lineSnapshot(item, currency),
  product_id: item.productId,
  variant_id: item.variantId,
});

/** The fields that stand before a product's type. */
const lineSnapshot = (item: Item, currency: string) => ({
  title: item.title,
  quantity: item.quantity,
  price: majorOrNull(item.priceMinor, currency),
  size: item.size,
  sku: item.sku,
  weight: item.weightGrams,
  images: item.images.map(({ src, alt }) => ({ src, alt })),
  tax_lines: item.taxLines.map((line) => ({
    title: line.title,
    rate: line.rate,
    price: majorOrNull(line.priceMinor, line.currency ?? currency),
    currency: line.currency,
  })),
});

const discountSnapshot = ({ code, amount, type }: Discount): OrderDiscountSnapshotDto => ({
  code,
  amount,
  type,
});

const addressSnapshot = (address: Address): AddressSnapshotDto => ({
  name: address.name,
  company: address.company,
  address_line_1: address.addressLine1,
  address_line_2: address.addressLine2,
  street: address.street ?? joinedLines(address),
  city: address.city,
  province: address.province,
  country: address.country,
  province_code: address.provinceCode,
  country_code: address.countryCode,
  zip_code: address.zipCode,
  phone: address.phone,
});

const joinedLines = ({ addressLine1, addressLine2 }: Address): string | null =>
  [addressLine1, addressLine2].filter((line) => line !== null).join(', ') || null;
