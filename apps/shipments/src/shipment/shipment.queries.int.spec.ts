import { getConnectionToken, getModelToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { orderId, shipmentId, timeMs } from '@waybill/contracts';
import { Health, MongoModule, Paging, ServiceModule } from '@waybill/service';
import { mongoUri, uniqueName } from '@waybill/testing';
import type { Connection, Model } from 'mongoose';
import { ShipmentBook } from './shipment.book.spec-data';
import { toDocument } from './shipment.document';
import { shipmentFilter, shipmentModel, ShipmentQueries } from './shipment.queries';
import { type ShipmentReadModel, shipmentSchema } from './shipment.schema';
import { ShipmentSearch } from './shipment.search';

const parcel = (name: string, shop = 'demo-shop') => {
  const [order_number = '', ordinal = ''] = name.split('/');
  const order_id = orderId(shop, order_number);
  return { shop_slug: shop, order_id, order_number, shipment_id: shipmentId(order_id, Number(ordinal)) };
};
const idOf = (name: string, shop?: string) => parcel(name, shop).shipment_id;

const number = '00340000000000010011';
const deliveredAt = '2026-01-15T10:24:00.000Z';
const book = new ShipmentBook();

async function send(name: string, time: string, data: object): Promise<void> {
  const sent = { type: `shipments.${name}.v1`, id: `${name} ${time}`, source: 'spec', time, data };
  const { reply } = await book.send(sent);
  if (reply['outcome'] !== 'accepted') throw new Error(`${name} was ${JSON.stringify(reply)}`);
}

const draft = (name: string, at: string, shop?: string) =>
  send('draft-shipment', at, {
    ...parcel(name, shop),
    ordinal: Number(name.split('/')[1]),
    placed_at: at,
  });

const fulfil = (name: string, at: string, given: object, shop?: string) =>
  send('fulfil-shipment', at, {
    ...parcel(name, shop),
    ordinal: Number(name.split('/')[1]),
    direction: 'merchant_customer',
    tracking_url: null,
    tracking_placed_at: at,
    external_shipment_id: null,
    products: null,
    appended: false,
    ...given,
  });

const scan = (event_name: string, event_time: string, recordedAt = event_time) =>
  send('record-scan', recordedAt, {
    shop_slug: 'demo-shop',
    carrier_reference: 'dhl',
    tracking_number: number,
    event_name,
    event_time,
  });

/** Order 10001 with a delivered parcel and a draft, 10002 with a late parcel of no known carrier and a return, 10004 cancelled. */
async function play(): Promise<void> {
  await draft('10001/1', '2026-01-10T08:00:05Z');
  await draft('10001/2', '2026-01-10T08:00:05Z');
  await fulfil('10001/1', '2026-01-12T08:30:00Z', { tracking_number: number, carrier_reference: 'dhl' });
  await scan('CARRIER_PICKED_UP', '2026-01-12T17:05:00Z');
  await scan('SUCCESSFULLY_DELIVERED', deliveredAt);
  await scan('OUT_FOR_DELIVERY', deliveredAt, '2026-01-15T10:30:00Z');
  await fulfil('10002/1', '2026-01-16T09:00:00Z', { tracking_number: 'AB-1', carrier_reference: 'unknown' });
  await send('add-shipment-event', '2026-01-17T09:00:00Z', {
    shop_slug: 'demo-shop',
    shipment_id: idOf('10002/1'),
    event_name: 'DELAYED',
    event_time: '2026-01-17T09:00:00Z',
    external_id: 'e-1',
  });
  await fulfil('10002/2', '2026-01-18T09:00:00Z', {
    tracking_number: '1ZEXAMPLE000010099',
    carrier_reference: 'ups',
    direction: 'customer_merchant',
  });
  await draft('10004/1', '2026-01-19T09:00:00Z');
  await send('withdraw-shipment', '2026-01-19T10:00:00Z', {
    ...parcel('10004/1'),
    cause: 'order_cancelled',
    at: '2026-01-19T10:00:00Z',
  });
  const other = { tracking_number: number, carrier_reference: 'dhl' };
  await fulfil('10001/1', '2026-01-12T08:30:00Z', other, 'other-shop');
}

let testing: TestingModule;
let connection: Connection;
let queries: ShipmentQueries;
beforeAll(async () => {
  const database = uniqueName('shipments');
  testing = await Test.createTestingModule({
    imports: [
      ServiceModule.forRoot({ name: 'shipments', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' }),
      MongoModule.forRoot({ uri: mongoUri(), database }),
      MongooseModule.forFeature([{ name: shipmentModel, schema: shipmentSchema }]),
    ],
    providers: [ShipmentQueries],
  }).compile();
  await testing.init();
  await testing.get(Health).untilWell(() => {}, new AbortController().signal);
  queries = testing.get(ShipmentQueries);
  await queries.makeIndexes();
  await play();
  const documents = book.all.map((shipment) => ({
    _id: shipment.shipmentId,
    v: 2,
    seq: 1,
    state: toDocument(shipment, 2),
  }));
  const shell = { _id: idOf('10009/1'), v: 1, seq: 0, state: null };
  connection = testing.get<Connection>(getConnectionToken());
  await connection.collection<ShipmentReadModel>('shipments').insertMany([...documents, shell]);
});
afterAll(async () => {
  await connection.dropDatabase();
  await testing.close();
});

const soon = timeMs('2026-01-20T08:00:00.000Z');
const asked = (search: Partial<ShipmentSearch>) => Object.assign(new ShipmentSearch(), search);
const names = async (search: Partial<ShipmentSearch>, shop = 'demo-shop') =>
  (await queries.search(shop, asked(search), soon)).map(
    ({ order_number, ordinal }) => `${order_number}/${ordinal}`,
  );

const sameTime = ['10001/1', '10001/2'].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

it('shows the newest first, and by id what was created at the same time', async () => {
  expect(await names({})).toEqual(['10004/1', '10002/2', '10002/1', ...sameTime]);
});

it('shows one page after the other', async () => {
  expect(await names({ per_page: 4 })).toEqual(['10004/1', '10002/2', '10002/1', sameTime[0]]);
  expect(await names({ per_page: 4, page: 2 })).toEqual([sameTime[1]]);
  expect(await names({ per_page: 4, page: 3 })).toEqual([]);
  expect(await names({ per_page: 100, page: 1_000_000_000 })).toEqual([]);
});

const single: [string, Partial<ShipmentSearch>, string[]][] = [
  ['order_id', { order_id: orderId('demo-shop', '10002') }, ['10002/2', '10002/1']],
  ['the order_id of another shop', { order_id: orderId('other-shop', '10001') }, []],
  ['tracking_number', { tracking_number: number }, ['10001/1']],
  ['carrier_reference', { carrier_reference: 'ups' }, ['10002/2']],
  ['a carrier that nobody has named', { carrier_reference: 'unknown' }, ['10002/1']],
  ['status', { status: 'withdrawn' }, ['10004/1']],
  ['phase', { phase: 'delivered' }, ['10001/1']],
  ['flag', { flag: 'delay' }, ['10002/1']],
  ['direction', { direction: 'customer_merchant' }, ['10002/2']],
  ['updated_since, inclusive', { updated_since: '2026-01-18T09:00:00.000Z' }, ['10004/1', '10002/2']],
  ['updated_since, a moment later', { updated_since: '2026-01-18T09:00:00.001Z' }, ['10004/1']],
  [
    'updated_since, changed after it was created',
    { updated_since: '2026-01-15T10:30:00.000Z' },
    ['10004/1', '10002/2', '10002/1', '10001/1'],
  ],
];

it.each<[string, Partial<ShipmentSearch>, string[]]>([
  ...single,
  [
    'several, joined by AND',
    { order_id: orderId('demo-shop', '10001'), status: 'draft', updated_since: '2026-01-10T08:00:05.000Z' },
    ['10001/2'],
  ],
  ['several that disagree', { tracking_number: number, carrier_reference: 'ups' }, []],
  ['an order that has none', { order_id: orderId('demo-shop', '10009') }, []],
])('finds by %s', async (_what, search, expected) => {
  expect(await names(search)).toEqual(expected);
});

it.each(single)('has an index for %s', async (_what, search) => {
  const shipments = testing.get<Model<ShipmentReadModel>>(getModelToken(shipmentModel));
  const plan = await shipments.find(shipmentFilter('demo-shop', asked(search))).explain('queryPlanner');
  expect(JSON.stringify(plan)).toMatch(/"IXSCAN"(?!.*"COLLSCAN")/);
});

it('keeps shops apart', async () => {
  expect(await names({}, 'other-shop')).toEqual(['10001/1']);
  expect(await names({ tracking_number: number }, 'third-shop')).toEqual([]);
});

it('reads one shipment as facts show it', async () => {
  const found = await queries.read('demo-shop', idOf('10001/1'), soon);
  expect(found).toMatchObject({
    shipment_id: idOf('10001/1'),
    order_number: '10001',
    ordinal: 1,
    tracking_number: number,
    phase: 'delivered',
    state: 'delivered',
    delivered_at: deliveredAt,
  });
  // its history oldest first, as in facts
  expect(found?.events[0]).toMatchObject({ event_name: 'ORDER_CREATED' });
});

const day = 24 * 60 * 60 * 1000;

it.each([
  ['10001/1', 90 * day, 'delivered'],
  ['10001/1', 90 * day + 1, 'archived'],
  // never arrived
  ['10002/1', 900 * day, 'transit'],
])('shows %s, %i ms after its delivery, as %s', async (name, afterMs, state) => {
  const now = timeMs(deliveredAt) + afterMs;
  expect(await queries.read('demo-shop', idOf(name), now)).toMatchObject({ state });
  const searched = await queries.search('demo-shop', asked({}), now);
  expect(searched.find(({ shipment_id }) => shipment_id === idOf(name))).toMatchObject({ state });
});

const events = async (paging: Partial<Paging>) =>
  (await queries.readEvents('demo-shop', idOf('10001/1'), Object.assign(new Paging(), paging)))?.map(
    ({ event_name }) => event_name,
  );

it('reads what happened to it, newest first, and at the same time the further phase first', async () => {
  expect(await events({})).toEqual([
    'SUCCESSFULLY_DELIVERED',
    'OUT_FOR_DELIVERY',
    'CARRIER_PICKED_UP',
    'ORDER_IN_PROCESSING',
    'ORDER_CREATED',
  ]);
});

it('reads one page of what happened after the other', async () => {
  expect(await events({ per_page: 2 })).toEqual(['SUCCESSFULLY_DELIVERED', 'OUT_FOR_DELIVERY']);
  expect(await events({ per_page: 2, page: 3 })).toEqual(['ORDER_CREATED']);
  expect(await events({ per_page: 100, page: 1_000_000_000 })).toEqual([]);
});

it.each([
  ['nobody ordered', idOf('10008/1')],
  ['of which only positions are kept', idOf('10009/1')],
  ['of another shop', idOf('10001/1', 'other-shop')],
])('reads no shipment that %s', async (_what, id) => {
  expect(await queries.read('demo-shop', id, soon)).toBeNull();
  expect(await queries.readEvents('demo-shop', id, new Paging())).toBeNull();
});
