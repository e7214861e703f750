import { orderAggregate } from './order.aggregate';
import { OrderBook } from './order.book.spec-data';
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
            stored.map((order) => ({ _id: order.orderId, state: orderAggregate.toDocument(order) })),
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

/** Domain 2.2, row by row, over orders that were made before. */
describe('naming an order', () => {
  const given = { order_number: '20001', external_id: 'E-1', address };
  const showing = { order_number: '20002', address };

  const book = async () => {
    const made = new OrderBook();
    for (const order of [given, showing]) await made.send(message('place-order', { order }));
    return made;
  };
  const send = async (name: string, data: object, made?: OrderBook) => {
    const [answer] = await (made ?? (await book())).send(message(name, data));
    const { outcome, key, reason } = answer?.reply ?? {};
    return { answer: key ?? reason ?? outcome, order: answer?.facts[0]?.data.order };
  };
  const named = { order_name: 'Gift' };

  it.each([
    { about: 'given', id: 'E-1', order: undefined, outcome: 'accepted', number: '20001' },
    { about: 'shown by default', id: '20002', order: undefined, outcome: 'accepted', number: '20002' },
    { about: 'not shown when another was given', id: '20001', order: undefined, outcome: 'order_not_found' },
    {
      about: 'known, with its number',
      id: 'E-1',
      order: { order_number: '20001' },
      outcome: 'accepted',
      number: '20001',
    },
    {
      about: 'known, with another number',
      id: 'E-1',
      order: { order_number: '20002' },
      outcome: 'order_reference_mismatch',
    },
    {
      about: 'known, given another id',
      id: 'E-1',
      order: { external_id: 'E-9' },
      outcome: 'accepted',
      number: '20001',
      externalId: 'E-9',
    },
    {
      about: 'shown by default counts as known',
      id: '20002',
      order: { order_number: '20002' },
      outcome: 'accepted',
      number: '20002',
      externalId: '20002',
    },
    {
      about: 'unknown, number of an order without one',
      id: 'E-2',
      order: { order_number: '20002' },
      outcome: 'accepted',
      number: '20002',
      externalId: 'E-2',
    },
    {
      about: 'unknown, number of an order with another one',
      id: 'E-2',
      order: { order_number: '20001' },
      outcome: 'order_reference_mismatch',
    },
    {
      about: 'unknown, number of no order',
      id: 'E-2',
      order: { order_number: '20003', address },
      outcome: 'accepted',
      number: '20003',
      externalId: 'E-2',
    },
    {
      about: 'shown by another, number of no order',
      id: '20002',
      order: { order_number: '20003', address },
      outcome: 'accepted',
      number: '20003',
      externalId: '20002',
    },
    {
      about: 'unknown, with another external_id',
      id: 'E-2',
      order: { order_number: '20003', external_id: 'E-3', address },
      outcome: 'order_reference_mismatch',
    },
    {
      about: 'unknown, null is no other external_id',
      id: 'E-2',
      order: { order_number: '20003', external_id: null, address },
      outcome: 'accepted',
      number: '20003',
      externalId: 'E-2',
    },
    { about: 'unknown, no number', id: 'E-2', order: { address }, outcome: 'order_incomplete' },
    { about: 'unknown, no order', id: 'E-2', order: undefined, outcome: 'order_not_found' },
  ])('external_id $about', async ({ id, order, outcome, number, externalId }) => {
    const data = order ? { order: { ...named, ...order } } : { trackings: [{ tracking_number: '4711' }] };
    const { answer, order: snapshot } = await send('upsert-order', { id, id_type: 'external_id', ...data });
    expect(answer).toBe(outcome);
    expect(snapshot?.order_number).toBe(number);
    if (externalId) expect(snapshot?.external_id).toBe(externalId);
  });

  it('a null beside the id clears it only when the number is not given too', async () => {
    const made = await book();
    const byId = (order: object) =>
      send(
        'upsert-order',
        { id: 'E-1', id_type: 'external_id', order: { ...order, external_id: null } },
        made,
      );
    expect(await byId({ order_number: '20001', address })).toMatchObject({ answer: 'nothing_changed' });
    expect(await byId({})).toMatchObject({ answer: 'accepted', order: { external_id: '20001' } });
  });

  it('the id that was given wins over the one that is shown', async () => {
    const made = await book();
    const taken = { order_number: '20003', external_id: '20002', address };
    await made.send(message('place-order', { order: taken }));
    const { order } = await send(
      'update-order',
      { id: '20002', id_type: 'external_id', expected_number_of_shipments: 2 },
      made,
    );
    expect(order.order_number).toBe('20003');
  });

  it('an id that was given to a cancelled order stays with it', async () => {
    const made = await book();
    await made.send(message('cancel-order', { id: '20001' }));
    expect(
      await send('place-order', { order: { ...showing, order_number: '20004', external_id: 'E-1' } }, made),
    ).toMatchObject({
      answer: 'external_id_exists',
    });
  });

  it('an order of another shop is not found by its uuid', async () => {
    const made = await book();
    const [uuid] = made.all.map(({ orderId }) => orderId);
    expect(await send('cancel-order', { id: uuid, id_type: 'uuid' }, made)).toMatchObject({
      answer: 'accepted',
    });
    expect(
      await send('cancel-order', { shop_slug: 'other-shop', id: uuid, id_type: 'uuid' }, made),
    ).toMatchObject({
      answer: 'order_not_found',
    });
  });
});
