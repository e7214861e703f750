import {
  type AddressDto,
  type AnalyticsMap,
  type Carrier,
  carriers,
  type ComponentDto,
  normaliseCountry,
  normaliseCurrency,
  normaliseOrderNumber,
  normaliseText,
  normaliseTrackingNumber,
  type OrderDiscountDto,
  type OrderInputDto,
  parseMagnitude,
  parseTime,
  type ProductDto,
  type TrackingInputDto,
} from '@waybill/contracts';
import type { OrderInput, TrackingInput } from './order.commands';
import type { ItemInput, ProductInput } from './order.products';
import type { Address, Discount } from './order.state';

/** A value that the contract has checked already. */
export function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} came through validation but cannot be read`);
  return value;
}

/** Reads a member that was sent; absent stays absent and null stays null. */
export function ifSent<S, T>(sent: S | null | undefined, read: (value: S) => T): T | null | undefined {
  if (sent === undefined) return undefined;
  return sent === null ? null : read(sent);
}

/** The same for a member that is never null. */
export const ifGiven = <S, T>(sent: S | undefined, read: (value: S) => T): T | undefined =>
  sent === undefined ? undefined : read(sent);

/** Without the members that are absent, so that merging objects does not overwrite. */
export function present<T extends object>(members: T): T {
  const kept: Partial<T> = {};
  for (const name in members)
    if (Object.hasOwn(members, name) && members[name] !== undefined) kept[name] = members[name];
  return kept as T;
}

export const time = (text: string): string => checked(parseTime(text), 'a time');

export const map = (sent: AnalyticsMap | null | undefined): AnalyticsMap | undefined =>
  sent === null ? {} : sent;

/** `unknown` equals absent on input. */
export function knownCarrier(sent: string | null | undefined): Exclude<Carrier, 'unknown'> | undefined {
  if (sent === null || sent === undefined || sent === 'unknown') return undefined;
  const carrier = carriers.find((name) => name === sent);
  return carrier === 'unknown' ? undefined : checked(carrier, 'carrier_reference');
}

export const orderInput = (sent: OrderInputDto): OrderInput =>
  present<OrderInput>({
    orderNumber: ifGiven(sent.order_number, normaliseOrderNumber),
    orderName: ifSent(sent.order_name, normaliseText),
    externalId: ifSent(sent.external_id, normaliseText),
    externalCustomerId: ifSent(sent.external_customer_id, normaliseText),
    orderPlacedAt: ifGiven(sent.order_placed_at, time),
    totalPriceMajor: sent.total_order_price,
    shippingPriceMajor: sent.shipping_price,
    subTotalPriceMajor: sent.sub_total_price,
    discountPriceMajor: sent.discount_price,
    currency: ifGiven(sent.currency, (code) => checked(normaliseCurrency(code), 'currency')),
    products: ifGiven(sent.products, (products) => products.map(product)),
    discounts: ifGiven(sent.discounts, (discounts) => discounts.map(discount)),
    emailId: ifSent(sent.email_id, normaliseText),
    address: ifGiven(sent.address, wholeAddress),
    segments: ifGiven(sent.segments, (segments) => [...new Set(segments.map((segment) => segment.trim()))]),
    weightGrams: sent.weight,
    userAgent: ifSent(sent.user_agent, normaliseText),
    expectedShipments: sent.expected_number_of_shipments,
  });

/** What was sent of an address. */
export const addressParts = (sent: AddressDto): Partial<Address> =>
  present<Partial<Address>>({
    name: ifSent(sent.name, normaliseText),
    company: ifSent(sent.company, normaliseText),
    addressLine1: ifSent(sent.address_line_1, normaliseText),
    addressLine2: ifSent(sent.address_line_2, normaliseText),
    street: ifSent(sent.street, normaliseText),
    city: ifSent(sent.city, normaliseText),
    province: ifSent(sent.province, normaliseText),
    country: ifSent(sent.country, normaliseText),
    provinceCode: ifSent(sent.province_code, normaliseText),
    countryCode: ifSent(sent.country_code, (code) => checked(normaliseCountry(code), 'country_code')),
    zipCode: sent.zip_code,
    phone: ifSent(sent.phone, normaliseText),
  });

const emptyAddress: Omit<Address, 'zipCode'> = {
  name: null,
  company: null,
  addressLine1: null,
  addressLine2: null,
  street: null,
  city: null,
  province: null,
  country: null,
  provinceCode: null,
  countryCode: null,
  phone: null,
};

function wholeAddress(sent: AddressDto): Address {
  const { zipCode, ...parts } = addressParts(sent);
  const { phone, ...lines } = { ...emptyAddress, ...parts };
  return { ...lines, zipCode: checked(zipCode, 'zip_code'), phone };
}

const discount = ({ code, amount, type }: OrderDiscountDto): Discount => ({
  code,
  amount: ifSent(amount, (value) => checked(parseMagnitude(value), 'amount')) ?? null,
  type: normaliseText(type ?? null),
});

export const product = (sent: ProductDto): ProductInput => ({
  ...item(sent),
  kind: sent.type ?? 'product',
  components: sent.bundled_products?.map(item) ?? [],
});

const item = (sent: ComponentDto): ItemInput => ({
  title: normaliseText(sent.title ?? null),
  quantity: sent.quantity ?? 1,
  size: normaliseText(sent.size ?? null),
  sku: normaliseText(sent.sku ?? null),
  weightGrams: sent.weight ?? null,
  images: sent.images?.map(({ src, alt }) => ({ src: src.trim(), alt: normaliseText(alt ?? null) })) ?? [],
  productId: normaliseText(sent.product_id ?? null),
  variantId: normaliseText(sent.variant_id ?? null),
  priceMajor: sent.price ?? null,
  taxLines:
    sent.tax_lines?.map(({ title, rate, price, currency }) => ({
      title: normaliseText(title ?? null),
      rate: rate ?? null,
      priceMajor: price ?? null,
      currency: ifSent(currency, (code) => checked(normaliseCurrency(code), 'currency')) ?? null,
    })) ?? [],
});

export const tracking = (sent: TrackingInputDto, position: number): TrackingInput =>
  present<TrackingInput>({
    trackingNumber: checked(normaliseTrackingNumber(sent.tracking_number), 'tracking_number'),
    carrier: knownCarrier(sent.carrier_reference),
    trackingUrl: ifSent(sent.tracking_url, normaliseText),
    trackingPlacedAt: ifGiven(sent.tracking_placed_at, time),
    externalShipmentId: ifSent(sent.external_shipment_id, normaliseText),
    direction: sent.direction,
    products: ifSent(sent.products, (products) => products.map(product)),
    position,
    productsPosition: position,
  });
