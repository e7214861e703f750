import { toMinor } from '@waybill/contracts';
import type { OrderInput } from './order.commands';
import { keepMajorOrNull, minorOrNull, priced, repriced } from './order.products';
import type { Address, OrderDetails, Slot } from './order.state';

/** The value that was sent, or the stored one where the member is absent. */
export const sentOr = <T>(sent: T | undefined, stored: T): T => (sent === undefined ? stored : sent);

export const defaultCurrency = 'EUR';

/** What an order is before its first command says anything. */
export const initialDetails = (address: Address, orderPlacedAt: string): OrderDetails => ({
  orderName: null,
  externalId: null,
  externalCustomerId: null,
  orderPlacedAt,
  totalPriceMinor: null,
  shippingPriceMinor: null,
  subTotalPriceMinor: null,
  discountPriceMinor: 0,
  currency: defaultCurrency,
  products: [],
  discounts: [],
  emailId: null,
  address,
  segments: [],
  weightGrams: null,
});

/** Merges what was sent into what is stored (domain 1.4). Amounts that are not sent keep their major value in a new currency. */
export function mergeDetails(stored: OrderDetails, sent: OrderInput): OrderDetails {
  const currency = sentOr(sent.currency, stored.currency);
  const kept = inCurrency(stored, currency);
  return {
    orderName: sentOr(sent.orderName, kept.orderName),
    externalId: sentOr(sent.externalId, kept.externalId),
    externalCustomerId: sentOr(sent.externalCustomerId, kept.externalCustomerId),
    orderPlacedAt: sentOr(sent.orderPlacedAt, kept.orderPlacedAt),
    totalPriceMinor: amountOr(sent.totalPriceMajor, kept.totalPriceMinor, currency),
    shippingPriceMinor: amountOr(sent.shippingPriceMajor, kept.shippingPriceMinor, currency),
    subTotalPriceMinor: amountOr(sent.subTotalPriceMajor, kept.subTotalPriceMinor, currency),
    discountPriceMinor:
      sent.discountPriceMajor === undefined
        ? kept.discountPriceMinor
        : Math.abs(toMinor(sent.discountPriceMajor, currency)),
    currency,
    products: sent.products?.map((product) => priced(product, currency)) ?? kept.products,
    discounts: sentOr(sent.discounts, kept.discounts),
    emailId: sentOr(sent.emailId, kept.emailId),
    address: sentOr(sent.address, kept.address),
    segments: sentOr(sent.segments, kept.segments),
    weightGrams: sentOr(sent.weightGrams, kept.weightGrams),
  };
}

const amountOr = (major: number | null | undefined, minor: number | null, currency: string): number | null =>
  major === undefined ? minor : minorOrNull(major, currency);

function inCurrency(details: OrderDetails, currency: string): OrderDetails {
  const from = details.currency;
  if (from === currency) return details;
  const keep = (minor: number | null) => keepMajorOrNull(minor, from, currency);
  return {
    ...details,
    totalPriceMinor: keep(details.totalPriceMinor),
    shippingPriceMinor: keep(details.shippingPriceMinor),
    subTotalPriceMinor: keep(details.subTotalPriceMinor),
    discountPriceMinor: keep(details.discountPriceMinor) ?? 0,
    products: details.products.map((product) => repriced(product, from, currency)),
  };
}

/** Parcels count in the order's currency too. */
export const slotsInCurrency = (slots: readonly Slot[], from: string, to: string): readonly Slot[] =>
  from === to
    ? slots
    : slots.map((slot) =>
        slot.products
          ? { ...slot, products: slot.products.map((product) => repriced(product, from, to)) }
          : slot,
      );
