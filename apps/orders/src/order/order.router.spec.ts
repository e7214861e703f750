import { orderAggregate } from './order.aggregate';
import { OrderRouter } from './order.router';
import { address, orderInput, orderUuid, statuses } from './order.samples.spec-data';

const message = (name: string, data: object) => ({
  type: `orders.${name}.v1`,
  id: 'm-01',
  source: 'shop-sync',
  time: '2026-01-10T08:00:00.000Z',
  data: { shop_slug: 'demo-shop', ...data },
});

const nowhere = new OrderRouter({ find: () => ({ toArray: async () => [] }) });
const home = { aggregateId: orderUuid, key: 'demo-shop/10001' };
const otherUuid = '292727cf-8b8d-5f98-81af-f3d90e141b65';

describe('route', () => {
  const upsert = (data: object) => nowhere.route(message('upsert-order', data));

  it.each([
    { about: 'number', data: { id: ' 10001 ' }, to: { to: 'target', target: home } },
    { about: 'uuid', data: { id: orderUuid, id_type: 'uuid' }, to: { to: 'reference', fixed: true } },
    {
      about: 'uuid with the number',
      data: { id: orderUuid.toUpperCase(), id_type: 'uuid', order: { order_number: '10001' } },
      to: { to: 'target', target: home },
    },
    {
      about: 'uuid with another number',
      data: { id: orderUuid, id_type: 'uuid', order: { ...orderInput, order_number: '10002' } },
      to: { to: 'refused', refusal: { key: 'order_reference_mismatch' } },
    },
    {
      about: 'uuid with another number, incomplete if it is not known',
      data: { id: orderUuid, id_type: 'uuid', order: { order_number: '10002' } },
      to: { to: 'reference', fixed: true },
    },
    { about: 'external id', data: { id: '4711', id_type: 'external_id' }, to: { to: 'reference' } },
  ])('by $about', ({ data, to }) => {
    expect(upsert(data)).toMatchObject(to);
  });

  it('of a new order is its number', () => {
    const place = (order: object) => nowhere.route(message('place-order', { order }));
    expect(place(orderInput)).toEqual({ to: 'target', target: home });
    expect(place({ address })).toMatchObject({ to: 'refused', refusal: { key: 'order_incomplete' } });
  });

  it('splits a bulk; an item that is not valid is refused on its own', () => {
    const trackings = [{ tracking_number: '4711' }];
    const items = [
      { id: '10001', trackings },
      { id: '10002', trackings: [] },
      { id: '10003', trackings, shop_slug: 'demo-shop' },
      { id: '10004', trackings, order: { address: { zip_code: '1234_5' } } },
    ];
    expect(nowhere.route(message('bulk-fulfil-orders', { items }))).toMatchObject({
      to: 'items',
      items: [
        { type: 'orders.upsert-order.v1', data: { shop_slug: 'demo-shop', id: '10001', trackings } },
        { data: { id: '10002' }, refusal: { key: 'validation_error', errors: [{ field: 'trackings' }] } },
        { refusal: { key: 'validation_error', errors: [{ field: 'shop_slug' }] } },
        { refusal: { key: 'zip_code_invalid', errors: [{ field: 'order.address.zip_code' }] } },
      ],
    });
  });
});

describe('resolve', () => {
  const stored = [statuses.placed, statuses.cancelled].flatMap((order) => (order ? [order] : []));

  it('asks at most two queries, and none for nothing', async () => {
    const filters: object[] = [];
    const router = new OrderRouter({
      find: (filter) => {
        filters.push(filter);
        return {
          toArray: async () =>
            stored.map((order) => ({ _id: order.orderId, state: orderAggregate.toDocument(order, 2) })),
        };
      },
    });
    const references = Array.from({ length: 50 }, (_, i) =>
      message('cancel-order', { id: `E${i}`, id_type: 'external_id' }),
    );
    await router.resolve([...references, message('cancel-order', { id: orderUuid, id_type: 'uuid' })]);
    expect(filters).toHaveLength(2);
    await router.resolve([message('cancel-order', { id: orderUuid, id_type: 'uuid' })]);
    expect(filters).toHaveLength(3);
  });

  it('passes over shells and documents that nobody can read', async () => {
    const documents = [
      { _id: orderUuid, state: null },
      { _id: otherUuid, state: { shopSlug: 7 } },
    ];
    const router = new OrderRouter({ find: () => ({ toArray: async () => documents }) });
    const by = (id: string) => message('cancel-order', { id, id_type: 'uuid' });
    expect(await router.resolve([by(orderUuid), by(otherUuid)])).toEqual([null, null]);
  });
});

describe('missing', () => {
  it.each([
    {
      data: { id: '4711', id_type: 'external_id' },
      key: 'order_not_found',
      message: 'no order with external_id 4711 in demo-shop',
    },
    {
      data: { id: otherUuid, id_type: 'uuid' },
      key: 'order_not_found',
      message: `no order ${otherUuid} in demo-shop`,
    },
    {
      data: { id: '4711', id_type: 'external_id', order: { address } },
      key: 'order_incomplete',
      message: 'a new order needs order_number',
    },
    {
      data: { id: otherUuid, id_type: 'uuid', order: { order_number: '10002' } },
      key: 'order_incomplete',
      message: 'a new order needs address',
    },
  ])('$message', ({ data, key, message: text }) => {
    expect(nowhere.missing(message('upsert-order', data))).toMatchObject({ key, message: text });
  });
});
