import { maxAmount, type ProductSnapshotDto, toMinor } from '@waybill/contracts';
import type { KnownOrder, KnownParcel } from './claim.knowledge';

type Product = Readonly<ProductSnapshotDto>;
type Item = Omit<Product, 'type' | 'bundled_products'>;

/** Rounding to the currency may lift an amount by a hair above the greatest one; it stays the greatest. */
export const amountMinor = (major: number, currency: string): number =>
  Math.min(toMinor(major, currency), greatestMinor(currency));

const greatestMinor = (currency: string): number => toMinor(Math.ceil(maxAmount), currency) - 1;

/**
 * Value of the order without shipping, discounts and tax, in minor units: a product's price holds its tax, so that is
 * taken off. Null when no product has a price, and when the sum is more than an amount can say.
 */
export function netInvoiceMinor({ products, currency }: KnownOrder): number | null {
  if (products.every(({ price }) => price === null)) return null;
  const minor = (major: number | null) => BigInt(toMinor(major ?? 0, currency));
  const gross = sum(products.map(({ price, quantity }) => minor(price) * BigInt(quantity)));
  const taxes = products
    .flatMap(({ tax_lines: lines }) => lines)
    .filter((line) => line.currency === null || line.currency === currency);
  const net = gross - sum(taxes.map(({ price }) => minor(price)));
  if (net > greatestMinor(currency)) return null;
  return net > 0n ? Number(net) : 0;
}

/** Weight of what is in the parcel, whole grams. Null when a product's weight is not known, or there is none. */
export function weightGrams(parcel: KnownParcel, order: KnownOrder): number | null {
  const inside = parcel.products ?? order.products;
  const lines = packable(order.products).filter(({ weight }) => weight !== null);
  const milligrams = inside.map((entry) => {
    const weight = entry.weight ?? lines.find((line) => isSameProduct(entry, line))?.weight ?? null;
    return weight === null ? null : BigInt(Math.round(weight * 1000)) * BigInt(entry.quantity);
  });
  const known = milligrams.filter((weight) => weight !== null);
  if (inside.length === 0 || known.length < milligrams.length) return null;
  return Number((sum(known) + 500n) / 1000n);
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** What names a product, the first that both sides have decides (domain 2.4). */
const names = ['variant_id', 'sku', 'product_id', 'title'] as const;

function isSameProduct(entry: Item, line: Item): boolean {
  const shared = names.find((name) => entry[name] !== null && line[name] !== null);
  return shared !== undefined && entry[shared] === line[shared];
}

/** Everything that can be packed on its own: the lines, and the components of bundles. */
const packable = (products: readonly Product[]): Item[] =>
  products.flatMap((product) => [product, ...product.bundled_products]);
