import { getConnectionToken, getModelToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { orderId } from '@waybill/contracts';
import { Health, MongoModule, ServiceModule } from '@waybill/service';
import { mongoUri, uniqueName } from '@waybill/testing';
import type { Connection, Model } from 'mongoose';
import { toDocument } from './order.document';
import { orderFilter, orderModel, OrderQueries } from './order.queries';
import { type OrderReadModel, orderSchema } from './order.schema';
import { OrderSearch } from './order.search';
import type { LiveOrder, Order, OrderDetails } from './order.state';

const address = {
  name: 'Alex Example',
  company: null,
  addressLine1: 'Musterstraße 1',
  addressLine2: null,
  street: null,
  city: 'Musterstadt',
  province: null,
  country: null,
  provinceCode: null,
  countryCode: 'DE',
  zipCode: '12345',
  phone: null,
};

const details: OrderDetails = {
  orderName: '#10001',
  externalId: null,
  externalCustomerId: null,
  orderPlacedAt: '2026-01-10T08:00:00.000Z',
  totalPriceMinor: 7688,
  shippingPriceMinor: null,
  subTotalPriceMinor: null,
  discountPriceMinor: 0,
  currency: 'EUR',
  products: [],
  discounts: [],
  emailId: null,
  address,
  segments: [],
  weightGrams: null,
};

function placed(orderNumber: string, change: Partial<OrderDetails> = {}, shopSlug = 'demo-shop'): LiveOrder {
  return {
    orderId: orderId(shopSlug, orderNumber),
    shopSlug,
    orderNumber,
    status: 'placed',
    details: { ...details, ...change },
    campaignSegments: [],
    analytics: {},
    expectedShipments: 1,
    userAgent: null,
    slots: [],
    greatestOrdinal: 1,
    slotsChangedAt: '2026-01-10T08:00:00.000Z',
    createdAt: '2026-01-10T08:00:00.000Z',
    updatedAt: '2026-01-10T08:00:00.000Z',
  };
}

const { slots: _, ...placedBefore } = placed('10004', { orderPlacedAt: '2026-01-12T08:00:00.000Z' });
const orders: readonly Order[] = [
  placed('10001', { emailId: 'Alex.Example@Example.com', externalId: 'shop-4711' }),
  { ...placed('10002', { orderName: 'second' }), slotsChangedAt: '2026-01-16T09:00:00.000Z' },
  placed('10003', {
    orderPlacedAt: '2026-01-11T08:00:00.000Z',
    address: { ...address, zipCode: '1010' },
    externalId: '10002',
  }),
  { ...placedBefore, status: 'cancelled', cancelledAt: '2026-01-13T08:00:00.000Z', cancellationReason: null },
  placed('10001', { emailId: 'alex.example@example.com' }, 'other-shop'),
];

let testing: TestingModule;
let queries: OrderQueries;
beforeAll(async () => {
  const database = uniqueName('orders');
  testing = await Test.createTestingModule({
    imports: [
      ServiceModule.forRoot({ name: 'orders', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' }),
      MongoModule.forRoot({ uri: mongoUri(), database }),
      MongooseModule.forFeature([{ name: orderModel, schema: orderSchema }]),
    ],
    providers: [OrderQueries],
  }).compile();
  await testing.init();
  await testing.get(Health).untilWell(() => {}, new AbortController().signal);
  await testing.get<Model<OrderReadModel>>(getModelToken(orderModel)).createIndexes();
  queries = testing.get(OrderQueries);
  // both versions lie side by side
  const documents = orders.map((order, i) => {
    const v = 1 + (i % 2);
    return { _id: order.orderId, v, seq: 1, state: toDocument(order, v) };
  });
  const shell = { _id: orderId('demo-shop', '10009'), v: 1, seq: 0, state: null };
  await testing
    .get<Connection>(getConnectionToken())
    .collection<OrderReadModel>('orders')
    .insertMany([...documents, shell]);
});
afterAll(async () => {
  await testing.get<Connection>(getConnectionToken()).dropDatabase();
  await testing.close();
});

const asked = (search: Partial<OrderSearch>) => Object.assign(new OrderSearch(), search);
const numbers = async (search: Partial<OrderSearch>, shop = 'demo-shop') =>
  (await queries.search(shop, asked(search))).map(({ order_number }) => order_number);

const sameTime = ['10001', '10002'].toSorted((a, b) =>
  orderId('demo-shop', a) < orderId('demo-shop', b) ? -1 : 1,
);

it('shows the newest first, and by id what was placed at the same time', async () => {
  expect(await numbers({})).toEqual(['10004', '10003', ...sameTime]);
});

it('shows one page after the other', async () => {
  expect(await numbers({ per_page: 3 })).toEqual(['10004', '10003', sameTime[0]]);
  expect(await numbers({ per_page: 3, page: 2 })).toEqual([sameTime[1]]);
  expect(await numbers({ per_page: 3, page: 3 })).toEqual([]);
  expect(await numbers({ per_page: 100, page: 1_000_000_000 })).toEqual([]);
});

const single: readonly [string, Partial<OrderSearch>, string[]][] = [
  ['order_number', { order_number: '10002' }, ['10002']],
  ['order_name', { order_name: 'second' }, ['10002']],
  ['a given external_id', { external_id: 'shop-4711' }, ['10001']],
  ['an external_id given and shown by default', { external_id: '10002' }, ['10003', '10002']],
  ['email_id in any case', { email_id: 'ALEX.example@example.COM' }, ['10001']],
  ['zip_code', { zip_code: '1010' }, ['10003']],
  ['status', { status: 'cancelled' }, ['10004']],
  ['order_placed_from, inclusive', { order_placed_from: '2026-01-11T08:00:00.000Z' }, ['10004', '10003']],
  ['order_placed_to, exclusive', { order_placed_to: '2026-01-11T08:00:00.000Z' }, sameTime],
  ['shipment_updated_since, inclusive', { shipment_updated_since: '2026-01-16T09:00:00.000Z' }, ['10002']],
];

it.each<[string, Partial<OrderSearch>, string[]]>([
  ...single,
  ['uuid', { uuid: orderId('demo-shop', '10002') }, ['10002']],
  ['the uuid of another shop', { uuid: orderId('other-shop', '10001') }, []],
  ['uuid and order_number', { uuid: orderId('demo-shop', '10002'), order_number: '10002' }, ['10002']],
  ['those of two orders', { uuid: orderId('demo-shop', '10003'), order_number: '10002' }, []],
  [
    'both times',
    { order_placed_from: '2026-01-11T00:00:00.000Z', order_placed_to: '2026-01-12T00:00:00.000Z' },
    ['10003'],
  ],
  ['several, joined by AND', { order_number: '10002', order_name: 'second', status: 'placed' }, ['10002']],
  ['several that disagree', { order_number: '10002', status: 'cancelled' }, []],
  ['an order that does not exist', { order_number: '10009' }, []],
])('finds by %s', async (_what, search, expected) => {
  expect(await numbers(search)).toEqual(expected);
});

it.each(single)('has an index for %s', async (_what, search) => {
  const model = testing.get<Model<OrderReadModel>>(getModelToken(orderModel));
  const plan = await model.find(orderFilter('demo-shop', asked(search))).explain('queryPlanner');
  expect(JSON.stringify(plan)).toMatch(/"IXSCAN"(?!.*"COLLSCAN")/);
});

it('keeps shops apart', async () => {
  expect(await numbers({}, 'other-shop')).toEqual(['10001']);
  expect(await numbers({}, 'third-shop')).toEqual([]);
});

it('reads one order as facts show it', async () => {
  expect(await queries.read('demo-shop', orderId('demo-shop', '10001'))).toMatchObject({
    uuid: orderId('demo-shop', '10001'),
    order_number: '10001',
    external_id: 'shop-4711',
    email_id: 'Alex.Example@Example.com',
    total_order_price: 76.88,
    shipments: [],
  });
});

it.each([
  ['nobody placed', orderId('demo-shop', '10008')],
  ['of which only positions are kept', orderId('demo-shop', '10009')],
  ['of another shop', orderId('other-shop', '10001')],
])('reads no order that %s', async (_what, id) => {
  expect(await queries.read('demo-shop', id)).toBeNull();
});
