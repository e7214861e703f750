import { productTypes } from '@waybill/contracts';
import type { Item, Product } from './order.products';
import { StoredObject } from '@waybill/aggregates';

export const productDocument = (product: Product) => ({
  ...itemDocument(product),
  kind: product.kind,
  components: product.components.map(itemDocument),
});

const itemDocument = (item: Item): Item => ({
  title: item.title,
  quantity: item.quantity,
  size: item.size,
  sku: item.sku,
  weightGrams: item.weightGrams,
  images: item.images.map(({ src, alt }) => ({ src, alt })),
  productId: item.productId,
  variantId: item.variantId,
  priceMinor: item.priceMinor,
  taxLines: item.taxLines.map(({ title, rate, currency, priceMinor }) => ({
    title,
    rate,
    currency,
    priceMinor,
  })),
});

export function storedProduct(value: unknown, path: string): Product {
  const stored = StoredObject.of(value, path);
  return {
    ...storedItem(value, path),
    kind: stored.oneOf('kind', productTypes),
    components: stored.list('components', storedItem),
  };
}

function storedItem(value: unknown, path: string): Item {
  const stored = StoredObject.of(value, path);
  return {
    title: stored.textOrNull('title'),
    quantity: stored.whole('quantity'),
    size: stored.textOrNull('size'),
    sku: stored.textOrNull('sku'),
    weightGrams: stored.numberOrNull('weightGrams'),
    images: stored.list('images', (image, at) => {
      const picture = StoredObject.of(image, at);
      return { src: picture.text('src'), alt: picture.textOrNull('alt') };
    }),
    productId: stored.textOrNull('productId'),
    variantId: stored.textOrNull('variantId'),
    priceMinor: stored.wholeOrNull('priceMinor'),
    taxLines: stored.list('taxLines', (line, at) => {
      const tax = StoredObject.of(line, at);
      return {
        title: tax.textOrNull('title'),
        rate: tax.numberOrNull('rate'),
        currency: tax.textOrNull('currency'),
        priceMinor: tax.wholeOrNull('priceMinor'),
      };
    }),
  };
}
