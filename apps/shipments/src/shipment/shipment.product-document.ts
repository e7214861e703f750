import { productTypes } from '@waybill/contracts';
import type { Item, Product } from './shipment.state';
import { StoredObject } from '@waybill/aggregates';

/** A product of a parcel as MongoDB keeps it: amounts in major units, for a parcel only hands them on. */
export const productDocument = (product: Product) => ({
  ...itemDocument(product),
  type: product.type,
  bundled_products: product.bundled_products.map(itemDocument),
});

const itemDocument = (item: Item): Item => ({
  title: item.title,
  quantity: item.quantity,
  price: item.price,
  size: item.size,
  sku: item.sku,
  weight: item.weight,
  images: item.images.map(({ src, alt }) => ({ src, alt })),
  tax_lines: item.tax_lines.map(({ title, rate, price, currency }) => ({ title, rate, price, currency })),
  product_id: item.product_id,
  variant_id: item.variant_id,
});

export function storedProduct(value: unknown, path: string): Product {
  const stored = StoredObject.of(value, path);
  const { product_id, variant_id, ...line } = storedItem(value, path);
  return {
    ...line,
    type: stored.oneOf('type', productTypes),
    bundled_products: stored.list('bundled_products', storedItem),
    product_id,
    variant_id,
  };
}

function storedItem(value: unknown, path: string): Item {
  const stored = StoredObject.of(value, path);
  return {
    title: stored.textOrNull('title'),
    quantity: stored.whole('quantity'),
    price: stored.numberOrNull('price'),
    size: stored.textOrNull('size'),
    sku: stored.textOrNull('sku'),
    weight: stored.numberOrNull('weight'),
    images: stored.list('images', (image, at) => {
      const picture = StoredObject.of(image, at);
      return { src: picture.text('src'), alt: picture.textOrNull('alt') };
    }),
    tax_lines: stored.list('tax_lines', (line, at) => {
      const tax = StoredObject.of(line, at);
      return {
        title: tax.textOrNull('title'),
        rate: tax.numberOrNull('rate'),
        price: tax.numberOrNull('price'),
        currency: tax.textOrNull('currency'),
      };
    }),
    product_id: stored.textOrNull('product_id'),
    variant_id: stored.textOrNull('variant_id'),
  };
}
