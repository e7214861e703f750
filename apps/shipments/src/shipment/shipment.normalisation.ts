import {
  type AddressDto,
  type AdditionalInfoDto,
  type ComponentDto,
  type LocationDto,
  normaliseCountry,
  normaliseCurrency,
  normaliseText,
  parseTime,
  type PickupDto,
  type ProductDto,
} from '@waybill/contracts';
import type { AdditionalInfo, Item, Location, Pickup, PickupAddress, Product } from './shipment.state';

/** A value that the contract has checked already. */
export function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} came through validation but cannot be read`);
  return value;
}

export const time = (text: string): string => checked(parseTime(text), 'a time');

export const textOrNull = (sent: string | null | undefined): string | null => normaliseText(sent ?? null);

/** Reads what was sent; absent is null here, for none of these members has a stored value to keep. */
export const orNull = <S, T>(sent: S | null | undefined, read: (value: S) => T): T | null =>
  sent === undefined || sent === null ? null : read(sent);

const country = (code: string): string => checked(normaliseCountry(code), 'country_code');

export const location = (sent: LocationDto): Location => ({
  name: textOrNull(sent.name),
  city: textOrNull(sent.city),
  zip_code: textOrNull(sent.zip_code),
  country_code: orNull(sent.country_code, country),
  latitude: sent.latitude ?? null,
  longitude: sent.longitude ?? null,
});

const infoTexts = [
  'pickup_point',
  'pickup_point_url',
  'pickup_time',
  'mail_message',
  'merchant_name',
  'preferred_delivery_date',
  'date',
] as const;

/** Members that say nothing are left out. */
export function additionalInfo(sent: AdditionalInfoDto): AdditionalInfo {
  const { pickup_opening_hours: hours } = sent;
  return {
    ...said(infoTexts.map((name) => [name, sent[name]])),
    ...(hours ? { pickup_opening_hours: said(Object.entries(hours)) } : {}),
  };
}

function said(
  members: readonly (readonly [name: string, text: string | undefined])[],
): Record<string, string> {
  const texts = members.map(([name, text]) => [name.trim(), textOrNull(text)] as const);
  return Object.fromEntries(texts.flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
}

export const pickup = (sent: PickupDto): Pickup => ({
  type: sent.type,
  name: sent.name.trim(),
  address: orNull(sent.address, address),
  url: orNull(sent.url, (url) => url.trim()),
  opening_hours: textOrNull(sent.opening_hours),
  date_to: orNull(sent.date_to, time),
});

function address(sent: AddressDto): PickupAddress {
  const lines = [textOrNull(sent.address_line_1), textOrNull(sent.address_line_2)] as const;
  return {
    name: textOrNull(sent.name),
    company: textOrNull(sent.company),
    address_line_1: lines[0],
    address_line_2: lines[1],
    street: textOrNull(sent.street) ?? (lines.filter((line) => line !== null).join(', ') || null),
    city: textOrNull(sent.city),
    province: textOrNull(sent.province),
    country: textOrNull(sent.country),
    province_code: textOrNull(sent.province_code),
    country_code: orNull(sent.country_code, country),
    zip_code: sent.zip_code ?? null,
    phone: textOrNull(sent.phone),
  };
}

/** A product as its order shows it: the order has rounded its amounts already. */
export function product(sent: ProductDto): Product {
  const { product_id, variant_id, ...line } = item(sent);
  return {
    ...line,
    type: sent.type ?? 'product',
    bundled_products: sent.bundled_products?.map(item) ?? [],
    product_id,
    variant_id,
  };
}

const item = (sent: ComponentDto): Item => ({
  title: textOrNull(sent.title),
  quantity: sent.quantity ?? 1,
  price: sent.price ?? null,
  size: textOrNull(sent.size),
  sku: textOrNull(sent.sku),
  weight: sent.weight ?? null,
  images: sent.images?.map(({ src, alt }) => ({ src: src.trim(), alt: textOrNull(alt) })) ?? [],
  tax_lines:
    sent.tax_lines?.map(({ title, rate, price, currency }) => ({
      title: textOrNull(title),
      rate: rate ?? null,
      price: price ?? null,
      currency: orNull(currency, (code) => checked(normaliseCurrency(code), 'currency')),
    })) ?? [],
  product_id: textOrNull(sent.product_id),
  variant_id: textOrNull(sent.variant_id),
});
