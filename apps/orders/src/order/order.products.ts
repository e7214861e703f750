import { keepMajor, toMajor, toMinor } from '@waybill/contracts';
import type { ProductType } from '@waybill/contracts';

interface ItemLabels {
  readonly title: string | null;
  readonly quantity: number;
  readonly size: string | null;
  readonly sku: string | null;
  readonly weightGrams: number | null;
  readonly images: readonly Image[];
  readonly productId: string | null;
  readonly variantId: string | null;
}

export interface Image {
  readonly src: string;
  readonly alt: string | null;
}

export interface TaxLine {
  readonly title: string | null;
  readonly rate: number | null;
  /** In minor units of its own currency, of the order's where it has none. */
  readonly priceMinor: number | null;
  readonly currency: string | null;
}

export interface Item extends ItemLabels {
  readonly priceMinor: number | null;
  readonly taxLines: readonly TaxLine[];
}

export interface Product extends Item {
  readonly kind: ProductType;
  readonly components: readonly Item[];
}

/** A product as it is sent: its amounts wait for the currency that will hold. */
export interface ItemInput extends ItemLabels {
  readonly priceMajor: number | null;
  readonly taxLines: readonly TaxLineInput[];
}

export interface TaxLineInput extends Omit<TaxLine, 'priceMinor'> {
  readonly priceMajor: number | null;
}

export interface ProductInput extends ItemInput {
  readonly kind: ProductType;
  readonly components: readonly ItemInput[];
}

export const minorOrNull = (major: number | null, currency: string): number | null =>
  major === null ? null : toMinor(major, currency);

export const majorOrNull = (minor: number | null, currency: string): number | null =>
  minor === null ? null : toMajor(minor, currency);

export const keepMajorOrNull = (minor: number | null, from: string, to: string): number | null =>
  minor === null ? null : keepMajor(minor, from, to);

/** The product in an order of this currency. */
export const priced = (product: ProductInput, currency: string): Product => ({
  ...pricedItem(product, currency),
  kind: product.kind,
  components: product.components.map((component) => pricedItem(component, currency)),
});

/** The same for a parcel's list; null and absent stay what they are. */
export const pricedContent = (
  products: readonly ProductInput[] | null | undefined,
  currency: string,
): readonly Product[] | null | undefined => products && products.map((product) => priced(product, currency));

function pricedItem(input: ItemInput, currency: string): Item {
  return {
    ...labels(input),
    priceMinor: minorOrNull(input.priceMajor, currency),
    taxLines: input.taxLines.map(({ priceMajor, ...line }) => ({
      ...line,
      priceMinor: minorOrNull(priceMajor, line.currency ?? currency),
    })),
  };
}

/** The product after its order changed the currency: amounts keep their major value. */
export const repriced = (product: Product, from: string, to: string): Product => ({
  ...repricedItem(product, from, to),
  kind: product.kind,
  components: product.components.map((component) => repricedItem(component, from, to)),
});

function repricedItem(item: Item, from: string, to: string): Item {
  return {
    ...labels(item),
    priceMinor: keepMajorOrNull(item.priceMinor, from, to),
    taxLines: item.taxLines.map((line) =>
      line.currency ? line : { ...line, priceMinor: keepMajorOrNull(line.priceMinor, from, to) },
    ),
  };
}

const labels = ({ title, quantity, size, sku, weightGrams, images, productId, variantId }: ItemLabels) => ({
  title,
  quantity,
  size,
  sku,
  weightGrams,
  images,
  productId,
  variantId,
});

/** What names a product, the first that both sides have decides (domain 2.4). */
const names = [
  ['variantId', 'variant_id'],
  ['sku', 'sku'],
  ['productId', 'product_id'],
  ['title', 'title'],
] as const;

const nameOf = (item: Item) => names.find(([member]) => item[member] !== null) ?? names[0];

function isSameProduct(entry: Item, line: Item): boolean {
  const shared = names.find(([member]) => entry[member] !== null && line[member] !== null);
  return shared !== undefined && entry[shared[0]] === line[shared[0]];
}

/** Everything that can be packed on its own: the lines, and the components of bundles in the quantity of all bundles. */
const packable = (products: readonly Product[]): Item[] =>
  products.flatMap((product) => [
    product,
    ...product.components.map((component) => ({
      ...component,
      quantity: component.quantity * product.quantity,
    })),
  ]);

/** Why an entry of a parcel is not in the order, by its place in the parcel's list; [] when all are. */
export function productsNotInOrder(
  parcel: readonly Product[],
  order: readonly Product[],
): { readonly position: number; readonly msg: string }[] {
  const lines = packable(order);
  return parcel.flatMap((entry, position) => {
    const quantities = lines.filter((line) => isSameProduct(entry, line)).map(({ quantity }) => quantity);
    if (quantities.some((quantity) => quantity >= entry.quantity)) return [];
    const [member, name] = nameOf(entry);
    const product = `${name} ${entry[member]}`;
    if (quantities.length === 0) return [{ position, msg: `no order line has ${product}` }];
    return [{ position, msg: `no order line has ${entry.quantity} of ${product}` }];
  });
}
