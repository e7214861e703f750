import { orderId } from '@waybill/contracts';

/** A record to produce. */
export interface BenchMessage {
  readonly key: string;
  readonly value: Buffer;
}

/** About 0.7, 1.7 and 100 KB of JSON. */
export type OrderSize = 'small' | 'usual' | 'large';

export const shop = 'bench-shop';
const firstPlacedAt = Date.UTC(2026, 0, 10, 8);
const products = [
  'Rain jacket, long',
  'Bottle 0.75 l',
  'Running shoe, size 42',
  'Wool blanket 140 × 200',
  'Mugs, four',
];
const productCount: Readonly<Record<OrderSize, number>> = { small: 0, usual: 3, large: 340 };

export const numberOf = (order: number): string => `B${100_000 + order}`;
export const idOf = (order: number): string => orderId(shop, numberOf(order));

export const zipCodeOf = (order: number): string => String(10_115 + (order % 80_000));

/** Grand total in minor units after message `nth` of the order: tells which message was applied last. */
export const totalOf = (order: number, nth: number): number => 1000 + ((order * 37) % 50_000) + nth;

/** What else a command on an order says. */
export interface Further {
  readonly trackings?: readonly object[];
  /** Otherwise one order a second is placed. */
  readonly placedAt?: string;
  /** Which order's products it has; otherwise its own ones. */
  readonly productsOf?: number;
}

/** The `nth` command on an order: the first places it, each further one changes its total, weight and name. */
export function orderMessage(
  order: number,
  nth: number,
  size: OrderSize,
  { trackings, placedAt, productsOf = order }: Further = {},
): BenchMessage {
  const number = numberOf(order);
  return {
    key: `${shop}/${number}`,
    value: Buffer.from(
      JSON.stringify({
        specversion: '1.0',
        id: `bench-${order}-${nth}`,
        source: 'bench',
        type: 'orders.upsert-order.v1',
        time: new Date(firstPlacedAt + order * 1000 + nth * 60_000).toISOString(),
        datacontenttype: 'application/json',
        data: {
          shop_slug: shop,
          id: number,
          order: { ...details(order, nth, size, productsOf), ...(placedAt && { order_placed_at: placedAt }) },
          trackings,
        },
      }),
    ),
  };
}

function details(order: number, nth: number, size: OrderSize, like: number): object {
  const place = {
    name: `Alex Example ${order % 977}`,
    address_line_1: `Lindenweg ${1 + (order % 200)}`,
    city: 'Musterstadt',
    country_code: 'DE',
    zip_code: zipCodeOf(order),
  };
  if (size === 'small')
    return {
      currency: 'EUR',
      total_order_price: totalOf(order, nth) / 100,
      weight: 400 + nth,
      address: place,
    };
  return {
    order_name: `#${order}-${nth}`,
    external_customer_id: `customer-${order % 9000}`,
    order_placed_at: new Date(firstPlacedAt + order * 1000).toISOString(),
    total_order_price: totalOf(order, nth) / 100,
    sub_total_price: totalOf(order, 0) / 100,
    shipping_price: 4.9,
    discount_price: 2,
    currency: 'EUR',
    email_id: `alex.${order}@example.com`,
    segments: order % 2 === 0 ? ['newsletter'] : ['newsletter', 'b2b'],
    weight: 400 + nth,
    expected_number_of_shipments: 1,
    address: { ...place, address_line_2: '2nd floor', phone: `+49 30 ${1_000_000 + order}` },
    products: Array.from({ length: productCount[size] }, (_, i) => product(like, i)),
    discounts: [{ code: 'WELCOME', amount: 2, type: 'fixed' }],
  };
}

const product = (order: number, i: number): object => ({
  product_id: `p-${1000 + ((order * 7 + i) % 5000)}`,
  variant_id: `v-${1000 + ((order * 7 + i) % 5000)}-${i}`,
  title: products[(order + i) % products.length],
  quantity: 1 + ((order + i) % 3),
  price: (499 + ((order * 37 + i * 911) % 20_000)) / 100,
  sku: `SKU-${100_000 + ((order * 13 + i) % 90_000)}`,
  images: [{ src: `https://cdn.example.com/products/${(order * 7 + i) % 5000}/main.jpg` }],
  weight: 150 + i * 8,
});
