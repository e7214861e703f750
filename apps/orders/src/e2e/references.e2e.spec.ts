import { randomUUID } from 'node:crypto';
import { orderId } from '@waybill/contracts';
import {
  canStartPrivateStack,
  type Command,
  command,
  type OrdersClient,
  type Place,
  type RunningOrders,
  startOrders,
} from '@waybill/testing';
import { keyOf, placed, shop } from './orders.spec-data';

jest.setTimeout(180_000);

const retryDelays = ['1s', '2s'];

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('a command that names its order indirectly', () => {
  let orders: RunningOrders;
  let client: OrdersClient;

  beforeAll(async () => {
    orders = await startOrders({ retryDelays });
    client = orders.client;
  });
  afterAll(() => orders?.end());

  const byExternalId = (externalId: string, data: object = {}, attributes: Partial<Command> = {}) =>
    command(
      'update-order',
      { shop_slug: shop, id: externalId, id_type: 'external_id', expected_number_of_shipments: 2, ...data },
      attributes,
    );

  const byUuid = (id: string, data: object = {}) =>
    command('update-order', {
      shop_slug: shop,
      id,
      id_type: 'uuid',
      expected_number_of_shipments: 2,
      ...data,
    });

  const place = async (number: string, externalId?: string) =>
    expect(
      await client.ask(command('place-order', placed(number, externalId ? { external_id: externalId } : {}))),
    ).toMatchObject({ outcome: 'accepted', sequence: 1 });

  /** Waits until copies of a message lie in the n-th retry topic. */
  const waiting = ({ id }: Command, attempt = 0, copies = 1): Promise<number> => {
    const topic = client.topics.retry[attempt]?.topic ?? '';
    const own = () => client.heard.of(topic).filter(({ value }) => value?.includes(`"${id}"`)).length;
    return client.heard.until(`${id} in ${topic}`, () => (own() >= copies ? own() : undefined));
  };

  const waits = async ({ id }: Command): Promise<number[]> => {
    const topics = await Promise.all(client.topics.retry.map(({ topic }) => client.heard.all(topic)));
    return topics.map((records) => records.filter(({ value }) => value?.includes(`"${id}"`)).length);
  };

  const isDone = (number: string) => ({
    outcome: 'accepted',
    aggregate_id: orderId(shop, number),
    sequence: 2,
  });
  const isNotFound = (named: string) => ({
    outcome: 'refused',
    key: 'order_not_found',
    message: `no order ${named} in demo-shop`,
  });
  const isUnknown = (externalId: string) => isNotFound(`with external_id ${externalId}`);

  describe('by an external id', () => {
    it('that is known is done at once, under whatever key it was sent', async () => {
      await place('r-1', 'ext-1');
      const sent = byExternalId('ext-1');

      expect(await client.ask(sent, { key: 'anything' })).toMatchObject(isDone('r-1'));
      expect(await waits(sent)).toEqual([0, 0]);
    });

    it('that only the order number shows is done too', async () => {
      await place('r-2');

      expect(await client.ask(byExternalId('r-2'))).toMatchObject(isDone('r-2'));
    });

    it('that is not known yet waits, and is done when the order has come', async () => {
      const sent = byExternalId('ext-3');
      const asking = client.asking();
      await client.send(sent, { headers: asking.headers });
      await waiting(sent);
      await place('r-3', 'ext-3');

      expect(await asking.replies()).toMatchObject([isDone('r-3')]);
      const facts = await client.allFacts(orderId(shop, 'r-3'));
      expect(facts.map(({ sequence, causationId }) => [sequence, causationId]).at(1)).toEqual([2, sent.id]);
    });

    it('keeps its command time while it waits', async () => {
      const sent = byExternalId('ext-4', {}, { time: '2026-02-01T08:00:00Z' });
      await client.send(sent);
      await waiting(sent);
      await place('r-4', 'ext-4');

      const [, fact] = await client.facts(orderId(shop, 'r-4'), 2);
      expect(fact?.time).toBe('2026-02-01T08:00:00.000Z');
    });

    it('that never turns up is refused after the last delay, and has waited in each', async () => {
      const sent = byExternalId('ext-nowhere');

      expect(await client.ask(sent)).toMatchObject(isUnknown('ext-nowhere'));
      expect(await waits(sent)).toEqual([1, 1]);
    });

    it('that never turns up is kept where nobody asked for a reply, under the record that it was first', async () => {
      const sent = byExternalId('ext-nobody');
      const at = await client.send(sent);

      const letter = await client.deadLetter(at);
      expect(letter).toMatchObject({
        kind: 'refused',
        key: 'order_not_found',
        offset: at.offset,
        item: 0,
        n: 0,
      });
      expect(letter.record.value?.toString()).toBe(JSON.stringify(sent));
    });

    it('holds nobody up while it waits, least of all the order that it waits for', async () => {
      const sent = byExternalId('ext-5');
      const asking = client.asking();
      await client.send(sent, { key: keyOf('r-5'), headers: asking.headers });
      // behind it in its own partition: held up, it would never come in time
      await place('r-5', 'ext-5');

      expect(await asking.replies()).toMatchObject([isDone('r-5')]);
    });

    it('with an order creates it under its number at once, and gives it the id', async () => {
      const { order } = placed('r-6');
      const sent = command('upsert-order', { shop_slug: shop, id: 'ext-6', id_type: 'external_id', order });
      const reply = await client.ask(sent, { key: 'anything' });

      expect(reply).toMatchObject({ outcome: 'accepted', aggregate_id: orderId(shop, 'r-6'), sequence: 1 });
      const [fact] = await client.facts(orderId(shop, 'r-6'), 1);
      expect(fact?.data.order.external_id).toBe('ext-6');
    });
  });

  describe('by its uuid', () => {
    it('is done at once when the order is known', async () => {
      await place('u-1');

      expect(await client.ask(byUuid(orderId(shop, 'u-1')))).toMatchObject(isDone('u-1'));
    });

    it('waits when it is not known yet', async () => {
      const sent = byUuid(orderId(shop, 'u-2'));
      const asking = client.asking();
      await client.send(sent, { headers: asking.headers });
      await waiting(sent);
      await place('u-2');

      expect(await asking.replies()).toMatchObject([isDone('u-2')]);
    });

    it('is refused after the last delay when nobody has it', async () => {
      const id = randomUUID();

      expect(await client.ask(byUuid(id))).toMatchObject(isNotFound(id));
    });

    it('never finds the order of another shop', async () => {
      await place('u-3');
      const id = orderId(shop, 'u-3');

      expect(await client.ask(byUuid(id, { shop_slug: 'other-shop' }))).toMatchObject({
        outcome: 'refused',
        key: 'order_not_found',
      });
      expect(await client.allFacts(id)).toHaveLength(1);
    });

    it('with the order number of another one is refused at once', async () => {
      const { order } = placed('u-4');
      const sent = command('upsert-order', {
        shop_slug: shop,
        id: orderId(shop, 'u-5'),
        id_type: 'uuid',
        order,
      });

      expect(await client.ask(sent)).toMatchObject({ outcome: 'refused', key: 'order_reference_mismatch' });
      expect(await waits(sent)).toEqual([0, 0]);
    });
  });

  describe('in two records with one source and id', () => {
    it('that wait together is applied once', async () => {
      const sent = byExternalId('ext-7');
      const first = client.asking();
      const second = client.asking();
      await client.send(sent, { headers: first.headers });
      await client.send(sent, { headers: second.headers });
      await waiting(sent, 0, 2);
      await place('r-7', 'ext-7');

      const replies = [...(await first.replies()), ...(await second.replies())];
      expect(replies.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['accepted', 'duplicate']);
      expect(await client.allFacts(orderId(shop, 'r-7'))).toHaveLength(2);
    });

    it('goes where the first one went, though the external id means another order by now', async () => {
      await place('r-8', 'ext-8');
      const sent = byExternalId('ext-8');
      expect(await client.ask(sent)).toMatchObject(isDone('r-8'));
      const renamed = command('upsert-order', {
        shop_slug: shop,
        id: 'r-8',
        order: { external_id: 'ext-8-old' },
      });
      expect(await client.ask(renamed)).toMatchObject({ outcome: 'accepted', sequence: 3 });
      await place('r-9', 'ext-8');

      expect(await client.ask(sent)).toMatchObject({
        outcome: 'ignored',
        reason: 'duplicate',
        aggregate_id: orderId(shop, 'r-8'),
      });
      expect(await client.ask(byExternalId('ext-8'))).toMatchObject(isDone('r-9'));
    });

    it('asks anew after the first one was refused', async () => {
      const sent = byExternalId('ext-10');
      expect(await client.ask(sent)).toMatchObject(isUnknown('ext-10'));
      await place('r-10', 'ext-10');

      expect(await client.ask(sent)).toMatchObject(isDone('r-10'));
    });
  });

  describe('as an item of a bulk', () => {
    const item = (id: string, id_type = 'order_number') => ({
      id,
      id_type,
      trackings: [{ tracking_number: `1ZEXAMPLE-${id}` }],
    });

    it('waits alone: the other items are done, and each gets its reply', async () => {
      await place('b-1');
      const bulk = command('bulk-fulfil-orders', {
        shop_slug: shop,
        items: [
          item('ext-b-late', 'external_id'),
          item('b-1'),
          item('b-nowhere'),
          item('ext-b-nowhere', 'external_id'),
        ],
      });
      const asking = client.asking();
      await client.send(bulk, { headers: asking.headers });
      expect(await asking.replies(2)).toMatchObject([
        { item: 1, items: 4, outcome: 'accepted', aggregate_id: orderId(shop, 'b-1') },
        { item: 2, items: 4, ...isNotFound('b-nowhere') },
      ]);
      await waiting({ ...bulk, id: `${bulk.id}/0` });
      await place('b-late', 'ext-b-late');

      expect(await asking.replies(4)).toMatchObject([
        { item: 0, items: 4, outcome: 'accepted', aggregate_id: orderId(shop, 'b-late'), sequence: 3 },
        { item: 1 },
        { item: 2 },
        { item: 3, items: 4, ...isUnknown('ext-b-nowhere') },
      ]);
    });

    it('is kept alone where nobody asked for a reply, with its place in the bulk', async () => {
      await place('b-2');
      const bulk = command('bulk-fulfil-orders', {
        shop_slug: shop,
        items: [item('b-2'), item('b-unknown'), item('ext-b-unknown', 'external_id')],
      });
      const at: Place = await client.send(bulk);

      for (const index of [1, 2]) {
        const letter = await client.deadLetter(at, index);
        expect(letter).toMatchObject({
          kind: 'refused',
          key: 'order_not_found',
          item: index,
          items: 3,
          offset: at.offset,
        });
      }
      expect(await client.allFacts(orderId(shop, 'b-2'))).toHaveLength(3);
      const letters = await client.allDeadLetters();
      expect(letters.filter(({ record: { value } }) => value?.includes(bulk.id))).toHaveLength(2);
    });
  });
});
