import type { KnownOrder, KnownParcel } from './claim.knowledge';
import { claimSnapshot } from './claim.snapshot';
import {
  after,
  claimId,
  create,
  madeId,
  order,
  parcel,
  product,
  shipmentId,
  tax,
} from './claim.samples.spec-data';

const shown = (data: object = {}, ofParcel: Partial<KnownParcel> = {}, ofOrder: Partial<KnownOrder> = {}) =>
  claimSnapshot(after(create(data, { parcel: { ...parcel, ...ofParcel }, order: { ...order, ...ofOrder } })));

describe('net_invoice_amount', () => {
  const line = { sku: 'TEE-L', price: 10, quantity: 3 };
  it.each<[string, Partial<KnownOrder>, number | null]>([
    [
      'price × quantity less the tax of the line',
      { products: [product({ ...line, tax_lines: [tax(4.79)] })] },
      25.21,
    ],
    ['no tax line', { products: [product(line)] }, 30],
    ['a tax line without a price', { products: [product({ ...line, tax_lines: [tax(null)] })] }, 30],
    ['tax in the same currency', { products: [product({ ...line, tax_lines: [tax(1, 'EUR')] })] }, 29],
    ['tax in another currency', { products: [product({ ...line, tax_lines: [tax(1, 'USD')] })] }, 30],
    ['more tax than price', { products: [product({ ...line, tax_lines: [tax(31)] })] }, 0],
    ['one line without a price', { products: [product(line), product({ title: 'Gift' })] }, 30],
    [
      'the tax of a line without a price',
      { products: [product(line), product({ tax_lines: [tax(1)] })] },
      29,
    ],
    ['no price at all', { products: [product({ title: 'Gift', tax_lines: [tax(1)] })] }, null],
    ['a price of 0', { products: [product({ price: 0 })] }, 0],
    ['no product', { products: [] }, null],
    [
      'a currency without decimals',
      { currency: 'JPY', products: [product({ price: 100, quantity: 2 })] },
      200,
    ],
    ['a currency of three', { currency: 'KWD', products: [product({ price: 1.235, quantity: 3 })] }, 3.705],
    [
      'a hundred times ten cents',
      { products: Array.from({ length: 100 }, () => product({ price: 0.1 })) },
      10,
    ],
    ['the greatest amount', { products: [product({ price: 9_999_999_999.99 })] }, 9_999_999_999.99],
    ['more than an amount can say', { products: [product({ price: 9_999_999_999.99, quantity: 2 })] }, null],
    [
      'a sum beyond whole numbers',
      { currency: 'UYW', products: [product({ price: 9_999_999_999.9999, quantity: 1_000_000 })] },
      null,
    ],
  ])('of %s', (_, change, expected) => {
    expect(shown({}, {}, change).net_invoice_amount).toBe(expected);
  });

  it('does not count the components of a bundle: the bundle has the price', () => {
    const products = order.products.map((bundle) => ({
      ...bundle,
      bundled_products: bundle.bundled_products.map(({ sku, quantity }) =>
        product({ sku, quantity, price: 7, tax_lines: [tax(1)] }),
      ),
    }));
    expect(shown({}, {}, { products }).net_invoice_amount).toBe(67.21);
  });
});

describe('weight_kg', () => {
  const of = (...products: Parameters<typeof product>[0][]) => ({ products: products.map(product) });
  it.each<[string, Partial<KnownParcel>, Partial<KnownOrder>, number | null]>([
    ["its own weight before the order's", of({ sku: 'TEE-L', weight: 200, quantity: 2 }), {}, 0.4],
    ["the order line's", of({ sku: 'TEE-L', quantity: 2 }), {}, 0.36],
    ['the first name that both have', of({ sku: 'TEE-L', variant_id: 'v-999' }), {}, null],
    ['a variant rather than a sku', of({ sku: 'SET-1', variant_id: 'v-101' }), {}, 0.18],
    ['a component of a bundle', of({ sku: 'SOAP-1', quantity: 2 }), {}, 0.2],
    ['a bundle by its own weight', of({ sku: 'SET-1' }), {}, 0.45],
    ['several products', of({ sku: 'TEE-L' }, { title: 'Brush' }), {}, 0.43],
    ['a product that is not in the order any more', of({ sku: 'TEE-L' }, { sku: 'GONE' }), {}, null],
    ['a product of no weight anywhere', of({ sku: 'X' }), of({ sku: 'X' }), null],
    ['a product that weighs nothing', of({ sku: 'X', weight: 0 }), {}, 0],
    [
      'two lines of one product, one with a weight',
      of({ sku: 'X' }),
      of({ sku: 'X' }, { sku: 'X', weight: 5 }),
      0.005,
    ],
    ['all products of the order', { products: null }, {}, 0.81],
    ['no product', { products: [] }, {}, null],
    ['no product of the order', { products: null }, { products: [] }, null],
    ['half a gram', of({ weight: 0.5 }), {}, 0.001],
    ['less than half a gram', of({ weight: 0.499 }), {}, 0],
    ['parts of a gram that add up', of({ weight: 0.125, quantity: 12 }), {}, 0.002],
    ['as much as there can be', of({ weight: 10_000_000, quantity: 1_000_000 }), {}, 10_000_000_000],
  ])('of %s', (_, ofParcel, ofOrder, expected) => {
    expect(shown({}, ofParcel, ofOrder).weight_kg).toBe(expected);
  });
});

it('what is copied comes from the parcel and the order, the address without the company', () => {
  const { company: _, ...address } = order.address;
  expect(
    shown({ tracking_number: '0034 0000 0000 0001 0011' }, { phase: 'delivery_failed', pickedUpAt: null }),
  ).toMatchObject({
    order_id: order.orderId,
    order_number: '10001',
    shipment_id: shipmentId,
    tracking_number: parcel.trackingNumber,
    carrier_reference: 'dhl',
    address,
    currency: 'EUR',
    shipment_phase: 'delivery_failed',
    campaign_segments: ['default', 'b2b'],
    scan_date: null,
  });
  expect(shown().address).not.toHaveProperty('company');
});

it('a new claim has its defaults, and texts trimmed', () => {
  expect(shown({ description: '  ', customer_signature_image_url: null })).toMatchObject({
    claim_id: claimId,
    status: 'pending',
    flow: null,
    resolution_preference: null,
    description: null,
    selected_items: [],
    image_urls: [],
    optional_image_urls: [],
    customer_signature_image_url: null,
    dropoff_permission: null,
    answers: [],
    deleted_at: null,
  });
  const sent = {
    claim_id: claimId.toUpperCase(),
    description: ' torn ',
    image_urls: ['https://img.example.com/c-1.jpg'],
    answers: [{ question: ' Why? ', answer: ' So. ' }],
    selected_items: [{ quantity: 1, sku: ' ', title: ' Shirt ', net_price: 10.005 }],
  };
  expect(shown(sent)).toMatchObject({
    claim_id: claimId,
    description: 'torn',
    image_urls: ['https://img.example.com/c-1.jpg'],
    answers: [{ question: 'Why?', answer: 'So.' }],
    selected_items: [{ quantity: 1, sku: null, title: 'Shirt', net_price: 10.01, image_urls: [] }],
  });
});

it.each([
  ['EUR', 10.005, 10.01],
  ['JPY', 100.4, 100],
  ['KWD', 1.2345, 1.235],
  ['UYW', 9_999_999_999.9999, 9_999_999_999.9999],
  ['EUR', 9_999_999_999.9999, 9_999_999_999.99],
])(
  'an item has its price in %s rounded once, and never above the greatest amount',
  (currency, sent, expected) => {
    const items = [{ quantity: 1, sku: 'TEE-L', net_price: sent }];
    const ofOrder = { currency, products: [] };
    expect(shown({ selected_items: items }, {}, ofOrder).selected_items[0]?.net_price).toBe(expected);
  },
);

it('its id follows from the order and the message, unless one is given', () => {
  const envelope = { source: 'portal', id: 'm-22' };
  expect(after(create({}, { parcel, order }, envelope)).claimId).toBe(madeId(envelope));
  expect(after(create({ claim_id: shipmentId }, { parcel, order }, envelope)).claimId).toBe(shipmentId);
});
