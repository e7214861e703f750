import { describeMembers, type MemberTable, type Rows } from '../member-table.spec-data';
import { AddressDto, OrderAddressDto } from './address.dto';
import { EstimatedArrivalDto } from './estimated-arrival.dto';
import {
  type Kind,
  text,
  oneOf,
  list,
  int,
  uuid,
  mug,
  destination,
  parcel,
  amount,
  url,
  time,
  id,
  zip,
  grams,
  currency,
  country,
  carrier,
  trackingNumber,
  orderNumber,
  shop,
  email,
  map,
  bool,
  idType,
  direction,
  products,
  share,
  arrival,
} from './member-kinds.spec-data';
import * as commands from './order-commands.dto';
import { OrderDiscountDto, OrderInputDto } from './order-input.dto';
import { ComponentDto, ImageDto, ProductDto, TaxLineDto } from './product.dto';
import { TrackingInputDto } from './tracking-input.dto';

const addressLines: Rows = {
  name: [text(200), 'optional or null'],
  company: [text(200), 'optional or null'],
  address_line_1: [text(200), 'optional or null'],
  address_line_2: [text(200), 'optional or null'],
  street: [text(400), 'optional or null'],
  city: [text(100), 'optional or null'],
  province: [text(100), 'optional or null'],
  country: [text(100), 'optional or null'],
  province_code: [text(10), 'optional or null'],
  country_code: [country, 'optional or null'],
  phone: [text(50), 'optional or null'],
};
const component: Rows = {
  title: [text(500), 'optional or null'],
  quantity: [int(1, 1_000_000), 'optional'],
  price: [amount, 'optional or null'],
  size: [text(100), 'optional or null'],
  sku: [text(128), 'optional or null'],
  weight: [grams, 'optional or null'],
  images: [list({ src: 'https://example.com/a' }, 20, {}), 'optional'],
  tax_lines: [list({}, 20, { rate: 2 }), 'optional'],
  product_id: [text(128), 'optional or null'],
  variant_id: [text(128), 'optional or null'],
};
const reference: Rows = { id: [orderNumber, 'required'], id_type: [idType, 'optional'] };
const shopReference: Rows = { ...reference, shop_slug: [shop, 'required'] };
const order: Kind = { good: [{}, { order_number: '10001' }], bad: [[], 'x', { order_numbr: '10001' }] };
const analytics: Rows = { order_analytics: [map, 'optional or null'] };
const parcels = (min: number): Kind => {
  const kind = list(parcel, 100, {});
  return min === 0 ? kind : { good: kind.good.slice(1), bad: [...kind.bad, []] };
};

const shopOrder = { shop_slug: 'demo-shop', id: '10001' };

// as domain 1.9, 2.1, 2.5 say it
const table: MemberTable = [
  [AddressDto, {}, { ...addressLines, zip_code: [zip, 'optional'] }],
  [OrderAddressDto, destination, { ...addressLines, zip_code: [zip, 'required'] }],
  [
    ImageDto,
    { src: 'https://example.com/a' },
    { src: [url, 'required'], alt: [text(500), 'optional or null'] },
  ],
  [
    TaxLineDto,
    {},
    {
      title: [text(100), 'optional or null'],
      rate: [share, 'optional or null'],
      price: [amount, 'optional or null'],
      currency: [currency, 'optional or null'],
    },
  ],
  [ComponentDto, { ...mug, title: 'Mug' }, component],
  [
    ProductDto,
    { ...mug, title: 'Mug', type: 'bundle' },
    {
      ...component,
      type: [oneOf('bundle', 'product'), 'optional'],
      bundled_products: [list(mug, 100, { ...mug, type: 'product' }), 'optional'],
    },
  ],
  [
    OrderDiscountDto,
    { code: '' },
    {
      code: [text(128), 'required'],
      amount: [
        { good: [10, -10, 0.5, '-10.0', '9999999999.9999'], bad: ['', 'ten', '1e3', 1.000_01, true, {}] },
        'optional or null',
      ],
      type: [text(50), 'optional or null'],
    },
  ],
  [
    OrderInputDto,
    {},
    {
      order_number: [orderNumber, 'optional'],
      order_name: [text(64), 'optional or null'],
      external_id: [text(128), 'optional or null'],
      external_customer_id: [text(128), 'optional or null'],
      order_placed_at: [time, 'optional'],
      total_order_price: [amount, 'optional or null'],
      shipping_price: [amount, 'optional or null'],
      sub_total_price: [amount, 'optional or null'],
      discount_price: [{ good: [-8, 0, 8, 9_999_999_999.9999], bad: [-1e10, 1.000_01, '8'] }, 'optional'],
      currency: [currency, 'optional'],
      products: [products, 'optional'],
      discounts: [list({ code: 'WINTER10' }, 50, {}), 'optional'],
      email_id: [email, 'optional or null'],
      address: [{ good: [destination], bad: [{}, [], 'x', { zip_code: '1', zip: '1' }] }, 'optional'],
      segments: [list('b2b', 200, ''), 'optional'],
      weight: [grams, 'optional or null'],
      user_agent: [text(1000), 'optional or null'],
      ...analytics,
      expected_number_of_shipments: [int(1, 100), 'optional'],
    },
  ],
  [
    TrackingInputDto,
    parcel,
    {
      tracking_number: [trackingNumber, 'required'],
      carrier_reference: [carrier, 'optional'],
      tracking_url: [url, 'optional or null'],
      tracking_placed_at: [time, 'optional'],
      external_shipment_id: [text(128), 'optional or null'],
      direction: [direction, 'optional'],
      products: [products, 'optional or null'],
    },
  ],
  [
    EstimatedArrivalDto,
    arrival.good[0] as object,
    {
      from: [{ good: ['2026-01-14T18:00:00Z'], bad: ['2026-01-14', 0] }, 'optional or null'],
      to: [time, 'required'],
      predicted_at: [time, 'required'],
    },
  ],
  [
    commands.UpsertOrderDto,
    shopOrder,
    { ...shopReference, order: [order, 'optional'], trackings: [parcels(0), 'optional'], ...analytics },
  ],
  [
    commands.PlaceOrderDto,
    { shop_slug: 'demo-shop', order: {} },
    { shop_slug: [shop, 'required'], order: [order, 'required'], ...analytics },
  ],
  [
    commands.UpdateOrderDto,
    { ...shopOrder, address: {}, expected_number_of_shipments: 1 },
    {
      ...shopReference,
      address: [{ good: [{}, { name: null }, destination], bad: [[], 'x', { zip_code: '_' }] }, 'optional'],
      expected_number_of_shipments: [int(1, 100), 'optional'],
    },
  ],
  [
    commands.UpdateShipmentDto,
    { ...shopOrder, shipment_id: uuid, tracking_url: null, products: null },
    {
      ...shopReference,
      shipment_id: [id, 'required'],
      tracking_url: [url, 'optional or null'],
      products: [products, 'optional or null'],
    },
  ],
  [
    commands.BulkItemDto,
    { id: '10001', trackings: [parcel] },
    { ...reference, order: [order, 'optional'], trackings: [parcels(1), 'required'], ...analytics },
  ],
  [
    commands.BulkFulfilOrdersDto,
    { shop_slug: 'demo-shop', items: [{}] },
    {
      shop_slug: [shop, 'required'],
      items: [
        { good: [[{ anything: 1 }]], bad: [[], [7], {}, Array.from({ length: 501 }, () => ({}))] },
        'required',
      ],
    },
  ],
  [
    commands.UpsertOrderAnalyticsDto,
    { ...shopOrder, order_analytics: {} },
    { ...shopReference, order_analytics: [map, 'required or null'] },
  ],
  [
    commands.CancelOrderDto,
    shopOrder,
    { ...shopReference, reason: [text(500), 'optional'], cancelled_at: [time, 'optional'] },
  ],
  [
    commands.RecordShipmentProgressDto,
    {
      ...shopOrder,
      shipment_id: uuid,
      shipment_sequence: 5,
      phase: 'in_transit',
      phase_since: '2026-01-13T02:10:00Z',
      flag: 'normal',
      had_delay: false,
    },
    {
      ...shopReference,
      shipment_id: [id, 'required'],
      shipment_sequence: [int(1, Number.MAX_SAFE_INTEGER), 'required'],
      phase: [oneOf('in_transit', 'return_received', 'order_created'), 'required'],
      phase_since: [time, 'required'],
      flag: [oneOf('normal', 'delay', 'error'), 'required'],
      estimated_arrival: [arrival, 'optional or null'],
      picked_up_at: [time, 'optional or null'],
      had_delay: [bool, 'required'],
      carrier_reference: [carrier, 'optional or null'],
    },
  ],
];

describeMembers(table);
