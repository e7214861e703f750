import { getConnectionToken, getModelToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { claimId, orderId, shipmentId } from '@waybill/contracts';
import { Health, MongoModule, ServiceModule } from '@waybill/service';
import { mongoUri, uniqueName } from '@waybill/testing';
import type { Connection, Model } from 'mongoose';
import { toDocument } from './claim.document';
import { claimFilter, claimModel, ClaimQueries } from './claim.queries';
import { after, create, later, remove, shop } from './claim.samples.spec-data';
import { type ClaimReadModel, claimSchema } from './claim.schema';
import { ClaimSearch } from './claim.search';
import { claimSnapshot } from './claim.snapshot';
import type { Claim } from './claim.state';

const order = (number: string, shopSlug = shop) => orderId(shopSlug, number);
const parcel = (number: string, ordinal: number, shopSlug = shop) =>
  shipmentId(order(number, shopSlug), ordinal);
const idOf = (name: string) => claimId(order('10001'), 'spec', name);

const living = after(create());
const gone = after(create(), remove());

const claim = (name: string, change: Partial<Claim>, of: Claim = living): Claim => ({
  ...of,
  claimId: idOf(name),
  ...change,
});

const about = (number: string, ordinal = 1) => ({
  orderId: order(number),
  orderNumber: number,
  shipmentId: parcel(number, ordinal),
});

/** By name; the newest comes last. */
const claims: Readonly<Record<string, Claim>> = {
  damaged: claim('damaged', { ...about('10001'), createdAt: '2026-01-20T12:00:00.000Z' }),
  lost: claim('lost', {
    ...about('10001', 2),
    createdAt: '2026-01-21T12:00:00.000Z',
    reason: 'investigation',
    status: 'rejected',
    resolutionPreference: 'reorder',
  }),
  twin: claim('twin', { ...about('10001'), createdAt: '2026-01-21T12:00:00.000Z', status: 'closed' }),
  returned: claim('returned', {
    ...about('10002'),
    createdAt: '2026-01-22T12:00:00.000Z',
    reason: 'return',
    status: 'accepted',
    resolutionPreference: 'refund',
  }),
  deleted: claim('deleted', { ...about('10002'), createdAt: '2026-01-23T12:00:00.000Z' }, gone),
  foreign: claim('foreign', {
    shopSlug: 'other-shop',
    orderId: order('10001', 'other-shop'),
    shipmentId: parcel('10001', 1, 'other-shop'),
  }),
};
const nameOf = new Map(Object.entries(claims).map(([name, { claimId: id }]) => [id, name]));

let testing: TestingModule;
let connection: Connection;
let queries: ClaimQueries;
beforeAll(async () => {
  testing = await Test.createTestingModule({
    imports: [
      ServiceModule.forRoot({ name: 'claims', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' }),
      MongoModule.forRoot({ uri: mongoUri(), database: uniqueName('claims') }),
      MongooseModule.forFeature([{ name: claimModel, schema: claimSchema }]),
    ],
    providers: [ClaimQueries],
  }).compile();
  await testing.init();
  await testing.get(Health).untilWell(() => {}, new AbortController().signal);
  queries = testing.get(ClaimQueries);
  await queries.makeIndexes();
  const documents = Object.values(claims).map((one) => ({
    _id: one.claimId,
    v: 1,
    seq: 1,
    state: toDocument(one),
  }));
  const shell = { _id: idOf('shell'), v: 1, seq: 0, state: null };
  connection = testing.get<Connection>(getConnectionToken());
  await connection.collection<ClaimReadModel>('claims').insertMany([...documents, shell]);
});
afterAll(async () => {
  await connection.dropDatabase();
  await testing.close();
});

const asked = (search: Partial<ClaimSearch>) => Object.assign(new ClaimSearch(), search);
const names = async (search: Partial<ClaimSearch>, of = shop) =>
  (await queries.search(of, asked(search))).map(({ claim_id }) => nameOf.get(claim_id));

const sameTime = ['lost', 'twin'].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
const all = ['returned', ...sameTime, 'damaged'];

it('shows the newest first, and by id what was created at the same time', async () => {
  expect(await names({})).toEqual(all);
});

it('shows deleted ones only when asked to, each in its place', async () => {
  expect(await names({ include_deleted: true })).toEqual(['deleted', ...all]);
  expect(await names({ include_deleted: true, order_id: order('10002') })).toEqual(['deleted', 'returned']);
});

it('shows one page after the other', async () => {
  expect(await names({ per_page: 2 })).toEqual(all.slice(0, 2));
  expect(await names({ per_page: 2, page: 2 })).toEqual(all.slice(2));
  expect(await names({ per_page: 2, page: 3 })).toEqual([]);
  expect(await names({ per_page: 100, page: 1_000_000_000 })).toEqual([]);
});

const single: [string, Partial<ClaimSearch>, string[]][] = [
  ['order_id', { order_id: order('10001') }, [...sameTime, 'damaged']],
  ['the order_id of another shop', { order_id: order('10001', 'other-shop') }, []],
  ['shipment_id', { shipment_id: parcel('10001', 1) }, ['twin', 'damaged']],
  ['reason', { reason: 'investigation' }, ['lost']],
  ['status', { status: 'accepted' }, ['returned']],
  ['resolution_preference', { resolution_preference: 'reorder' }, ['lost']],
];

it.each<[string, Partial<ClaimSearch>, string[]]>([
  ...single,
  ['several, joined by AND', { order_id: order('10001'), reason: 'damage', status: 'closed' }, ['twin']],
  ['several that disagree', { order_id: order('10002'), reason: 'damage' }, []],
  ['what only a deleted one has', { order_id: order('10002'), status: 'pending' }, []],
  ['an order that has none', { order_id: order('10009') }, []],
])('finds by %s', async (_what, search, expected) => {
  expect(await names(search)).toEqual(expected);
});

it.each<[string, Partial<ClaimSearch>, string[]]>([['the shop alone', {}, all], ...single])(
  'has an index for %s, which gives the order too',
  async (_what, search) => {
    const model = testing.get<Model<ClaimReadModel>>(getModelToken(claimModel));
    const filter = claimFilter(shop, asked({ ...search, include_deleted: true }));
    const indexes = await connection.collection('claims').indexes();
    const wanted = [...Object.keys(filter), 'state.createdAt', '_id'];
    expect(indexes.map(({ key }) => Object.keys(key))).toContainEqual(wanted);
    // the planner of the tests' server takes no index where a condition is null, nor for sorting; MongoDB's does
    const plan = await model.find(filter).explain('queryPlanner');
    expect(JSON.stringify(plan)).toMatch(/"IXSCAN"(?!.*"COLLSCAN")/);
  },
);

it('keeps shops apart', async () => {
  expect(await names({}, 'other-shop')).toEqual(['foreign']);
  expect(await names({}, 'third-shop')).toEqual([]);
});

it('reads one claim as facts show it', async () => {
  expect(await queries.read(shop, idOf('lost'))).toEqual(claimSnapshot(claims['lost'] as Claim));
  const [shown] = await queries.search(shop, asked({ include_deleted: true }));
  expect(shown).toMatchObject({ claim_id: idOf('deleted'), deleted_at: later });
});

it.each([
  ['nobody made', idOf('nobody')],
  ['of which only positions are kept', idOf('shell')],
  ['that was deleted', idOf('deleted')],
  ['of another shop', idOf('foreign')],
])('reads no claim %s', async (_what, id) => {
  expect(await queries.read(shop, id)).toBeNull();
});
