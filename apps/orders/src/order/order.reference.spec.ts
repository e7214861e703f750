import { OrderBook } from './order.book.spec-data';
import { address } from './order.samples.spec-data';
import { uniqueKeys } from './order.state';

const message = (name: string, data: object) => ({
  type: `orders.${name}.v1`,
  id: 'm-01',
  source: 'shop-sync',
  time: '2026-01-10T08:00:00.000Z',
  data: { shop_slug: 'demo-shop', ...data },
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
    { about: 'given', id: 'E-1', order: undefined, outcome: 'accepted', number: '20001', externalId: 'E-1' },
    {
      about: 'shown by default',
      id: '20002',
      order: undefined,
      outcome: 'accepted',
      number: '20002',
      externalId: '20002',
    },
    { about: 'not shown when another was given', id: '20001', order: undefined, outcome: 'order_not_found' },
    {
      about: 'known, with its number',
      id: 'E-1',
      order: { order_number: '20001' },
      outcome: 'accepted',
      number: '20001',
      externalId: 'E-1',
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
    expect(snapshot?.external_id).toBe(externalId);
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

  it.each([
    {
      about: 'an id that is only shown is not given by naming it',
      id: '20002',
      keys: ['external_id/demo-shop/E-1'],
    },
    {
      about: 'an unknown id is given',
      id: 'E-2',
      keys: ['external_id/demo-shop/E-1', 'external_id/demo-shop/E-2'],
    },
  ])('$about', async ({ id, keys }) => {
    const made = await book();
    await send(
      'upsert-order',
      { id, id_type: 'external_id', order: { ...named, order_number: '20002' } },
      made,
    );
    expect(made.all.flatMap((order) => uniqueKeys(order))).toEqual(keys);
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
