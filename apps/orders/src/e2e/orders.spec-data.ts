/** Data of commands that are in order, for tests that are about something else. */

export const shop = 'demo-shop';

/** What `place-order` and `upsert-order` need at least, and one product. */
export const placed = (orderNumber: string, more: object = {}) => ({
  shop_slug: shop,
  order: {
    order_number: orderNumber,
    address: { name: 'Alex Example', country_code: 'DE', zip_code: '12345' },
    products: [{ title: 'Mug', sku: 'MUG-1', quantity: 2, price: 12.5 }],
    total_order_price: 25,
    ...more,
  },
});

export const keyOf = (orderNumber: string): string => `${shop}/${orderNumber}`;
