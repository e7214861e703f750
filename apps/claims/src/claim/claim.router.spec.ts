import type { CommandMessage } from '@waybill/aggregates';
import { claimId, orderId } from '@waybill/contracts';
import { ClaimHomes, type HomeCollection } from './claim.homes';
import type { Knowledge } from './claim.knowledge';
import { type ClaimCollection, ClaimRouter } from './claim.router';

const order = orderId('demo-shop', '10001');
const otherOrder = orderId('demo-shop', '10002');
const given = '0b1b9a3a-46f0-4d26-8f0a-6a4d8e6f2c11';

const message = (type: string, data: object = {}, id = 'm-1'): CommandMessage => ({
  type: `claims.${type}.v1`,
  id,
  source: 'portal',
  time: '2026-01-20T12:00:00.000Z',
  data: { shop_slug: 'demo-shop', ...data },
});

const known = (id: string): Knowledge =>
  ({ parcel: { orderId: id }, order: { orderId: id } }) as unknown as Knowledge;
const nothing: Knowledge = { parcel: null, order: null };

/** Homes in memory; an upsert keeps what is there, as MongoDB does. */
function homes(): ClaimHomes {
  const kept = new Map<string, string>();
  const collection = {
    async bulkWrite(operations: { updateOne: { filter: { _id: string }; update: Upsert } }[]) {
      for (const { updateOne } of operations) {
        const { _id } = updateOne.filter;
        if (!kept.has(_id)) kept.set(_id, updateOne.update.$setOnInsert.order_id);
      }
    },
    find: ({ _id }: { _id: { $in: string[] } }) => ({
      toArray: async () =>
        _id.$in.filter((id) => kept.has(id)).map((id) => ({ _id: id, order_id: kept.get(id) })),
    }),
  };
  return new ClaimHomes(collection as unknown as HomeCollection);
}

interface Upsert {
  readonly $setOnInsert: { readonly order_id: string };
}

function router(answers: readonly Knowledge[] = [], claims: readonly object[] = [], at = homes()) {
  const collection: ClaimCollection = { find: () => ({ toArray: async () => claims }) };
  return new ClaimRouter(collection, at, {
    find: async (messages) => messages.map((_, i) => answers[i] ?? nothing),
  });
}

it.each([
  { what: 'by shipment id', data: { shipment_id: order }, route: { to: 'reference', fixed: true } },
  { what: 'by number', data: { tracking_number: 'X1' }, route: { to: 'reference', fixed: false } },
])('a claim $what is looked up, and may wait', ({ data, route }) => {
  expect(router().route(message('create-claim', data))).toEqual(route);
});

it.each(['update-claim', 'delete-claim'])('%s is looked up and does not wait', (type) => {
  expect(router().route(message(type, { claim_id: given }))).toEqual({
    to: 'reference',
    fixed: true,
    wait: false,
  });
});

it('makes the id of a claim from its order and the message', async () => {
  const target = { aggregateId: claimId(order, 'portal', 'm-1'), key: order };
  expect(await router([known(order)]).resolve([message('create-claim')])).toEqual([target]);
});

it('an id that was given stays with the order that had it first, in one batch and later', async () => {
  const at = homes();
  const home = { aggregateId: given, key: order };
  const creations = ['m-1', 'm-2'].map((id) => message('create-claim', { claim_id: given }, id));
  expect(await router([known(order), known(otherOrder)], [], at).resolve(creations)).toEqual([home, home]);
  expect(await router([known(otherOrder)], [], at).resolve(creations.slice(1))).toEqual([home]);
  const claims = [{ _id: given, state: { shopSlug: 'demo-shop' } }];
  const update = message('update-claim', { claim_id: given.toUpperCase() });
  expect(await router([], claims, at).resolve([update])).toEqual([home]);
});

it('a claim that is nowhere at home, or of another shop, is not found', async () => {
  const at = homes();
  const update = message('update-claim', { claim_id: given });
  const nowhere = router([], [], at);
  expect(await nowhere.resolve([update])).toEqual([null]);
  expect(nowhere.missing(update)).toMatchObject({ key: 'claim_not_found' });
  await at.reserve([{ claimId: given, orderId: order }]);
  const foreign = router([], [{ _id: given, state: { shopSlug: 'other-shop' } }], at);
  expect(await foreign.resolve([update])).toEqual([null]);
});

it.each([
  { what: 'is not stored yet', claims: [] },
  { what: 'is a shell', claims: [{ _id: given, state: null }] },
])('what is said of a claim that $what follows its creation', async ({ claims }) => {
  const creation = message('create-claim', { claim_id: given });
  const changes = [
    message('update-claim', { claim_id: given }),
    message('delete-claim', { claim_id: given }),
  ];
  const home = { aggregateId: given, key: order };
  const asked = router([known(order)], claims);
  expect(await asked.resolve([creation, ...changes])).toEqual([home, home, home]);
});

it.each([
  { what: 'a parcel that is not known', answer: nothing, key: 'shipment_not_found' },
  {
    what: 'a parcel whose order is not known',
    answer: { ...known(order), order: null },
    key: 'order_not_found',
  },
])('says so of $what, and reserves nothing', async ({ answer, key }) => {
  const at = homes();
  const asked = router([answer], [], at);
  const sent = message('create-claim', { claim_id: given, shipment_id: order });
  expect(await asked.resolve([sent])).toEqual([null]);
  expect(asked.missing(sent)).toMatchObject({ key });
  expect((await at.find([given])).size).toBe(0);
});
