import { ClientKafka } from '@nestjs/microservices';
import { orderId } from '@waybill/contracts';
import {
  canStartPrivateStack,
  command,
  installKafkaTools,
  type OrdersClient,
  produceByConsole,
  type Reply,
  type RunningOrders,
  startOrders,
} from '@waybill/testing';
import { CloudEvent, Kafka as CloudEventsKafka } from 'cloudevents';
import { Kafka, logLevel } from 'kafkajs';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import { keyOf, placed, shop } from './orders.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('a producer of commands', () => {
  let orders: RunningOrders;
  let client: OrdersClient;

  beforeAll(async () => {
    orders = await startOrders();
    client = orders.client;
  });
  afterAll(() => orders?.end());

  describe('that is a stock Nest ClientKafka', () => {
    let nest: ClientKafka;

    beforeAll(async () => {
      const brokers = [...orders.stack.brokers];
      nest = new ClientKafka({
        client: { brokers },
        consumer: { groupId: 'a-nest-app' },
      });
      nest.subscribeToResponseOf('orders.commands');
      await nest.connect();
    });
    afterAll(() => nest?.close());

    it('gets the reply to what it sends, and its stream ends', async () => {
      const value = command('place-order', placed('nest-1'));
      const reply = nest.send<Reply>('orders.commands', { key: keyOf('nest-1'), value });

      // would wait for ever if the reply did not end the stream
      expect(await lastValueFrom(reply)).toEqual({
        outcome: 'accepted',
        aggregate_id: orderId(shop, 'nest-1'),
        sequence: 1,
        events: [{ type: 'orders.order-placed.v1', sequence: 1 }],
      });
    });

    it('gets the first reply with firstValueFrom', async () => {
      const value = command('place-order', placed('nest-2'));
      const reply = await firstValueFrom(
        nest.send<Reply>('orders.commands', { key: keyOf('nest-2'), value }),
      );

      expect(reply.outcome).toBe('accepted');
    });

    it('is told the reason of a refusal', async () => {
      const value = command('cancel-order', { shop_slug: shop, id: 'nest-unknown' });
      const reply = await firstValueFrom(
        nest.send<Reply>('orders.commands', { key: keyOf('nest-unknown'), value }),
      );

      expect(reply).toEqual({
        outcome: 'refused',
        key: 'order_not_found',
        message: 'no order nest-unknown in demo-shop',
        errors: [],
      });
    });

    it('gets each its own reply when many are under way', async () => {
      const numbers = Array.from({ length: 50 }, (_, i) => `nest-many-${i}`);
      const replies = await Promise.all(
        numbers.map((number) =>
          firstValueFrom(
            nest.send<Reply>('orders.commands', {
              key: keyOf(number),
              value: command('place-order', placed(number)),
            }),
          ),
        ),
      );

      expect(replies.map(({ aggregate_id }) => aggregate_id)).toEqual(
        numbers.map((number) => orderId(shop, number)),
      );
    });

    it('is accepted when it emits', async () => {
      const value = command('place-order', placed('nest-emit'));
      await firstValueFrom(nest.emit('orders.commands', { key: keyOf('nest-emit'), value }));

      const [fact] = await client.facts(orderId(shop, 'nest-emit'), 1);
      expect(fact).toMatchObject({ type: 'orders.order-placed.v1', causationId: value.id });
    });
  });

  it('that is plain kafkajs is accepted, without any header or option', async () => {
    const kafka = new Kafka({ brokers: [...orders.stack.brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer();
    await producer.connect();
    const sent = command('place-order', placed('plain'));
    await producer.send({
      topic: 'orders.commands',
      messages: [{ key: keyOf('plain'), value: JSON.stringify(sent) }],
    });
    await producer.disconnect();

    const [fact] = await client.facts(orderId(shop, 'plain'), 1);
    expect(fact).toMatchObject({
      type: 'orders.order-placed.v1',
      causationId: sent.id,
      correlationId: sent.id,
    });
  });

  describe('that is the console producer of Kafka', () => {
    beforeAll(installKafkaTools, 300_000);

    it('is accepted with one structured event on a line', async () => {
      const sent = command('place-order', placed('console'));
      await produceByConsole(orders.stack, 'orders.commands', [
        { key: keyOf('console'), value: JSON.stringify(sent) },
      ]);

      const [fact] = await client.facts(orderId(shop, 'console'), 1);
      expect(fact).toMatchObject({ type: 'orders.order-placed.v1', causationId: sent.id });
    });

    it('gets a reply with two headers', async () => {
      const { headers, replies } = client.asking();
      const sent = command('place-order', placed('console-2'));
      await produceByConsole(orders.stack, 'orders.commands', [
        {
          key: keyOf('console-2'),
          value: JSON.stringify(sent),
          headers: Object.entries(headers)
            .map(([name, value]) => `${name}:${value}`)
            .join(','),
        },
      ]);

      expect((await replies())[0]?.outcome).toBe('accepted');
    });
  });

  describe('that is the CloudEvents SDK', () => {
    const event = (number: string) =>
      new CloudEvent({
        id: `event-${number}`,
        type: 'orders.place-order.v1',
        source: 'shop-sync',
        subject: keyOf(number),
        time: '2026-01-10T08:00:00.000Z',
        datacontenttype: 'application/json',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        data: placed(number),
      });
    const attributes = {
      type: 'orders.order-placed.v1',
      time: '2026-01-10T08:00:00.000Z',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };

    it('is accepted in structured mode', async () => {
      const { value, headers } = CloudEventsKafka.structured(event('structured'));
      await client.put([{ key: keyOf('structured'), value, headers: headers as Record<string, string> }]);

      const [fact] = await client.facts(orderId(shop, 'structured'), 1);
      expect(fact).toMatchObject({ ...attributes, causationId: 'event-structured' });
    });

    it('is accepted in binary mode', async () => {
      const { value, headers } = CloudEventsKafka.binary(event('binary'));
      expect(headers).toMatchObject({ ce_type: 'orders.place-order.v1' });
      await client.put([
        { key: keyOf('binary'), value: JSON.stringify(value), headers: withoutGaps(headers) },
      ]);

      const [fact] = await client.facts(orderId(shop, 'binary'), 1);
      expect(fact).toMatchObject({ ...attributes, causationId: 'event-binary' });
    });
  });

  it('of a bulk gets one reply for each item, in any order, with its place and their number', async () => {
    const item = (number: string) => ({
      id: number,
      order: placed(number).order,
      trackings: [{ tracking_number: `1ZEXAMPLE-${number}` }],
    });
    const bulk = command('bulk-fulfil-orders', {
      shop_slug: shop,
      items: [item('bulk-0'), item('bulk-1'), { ...item('bulk-2'), trackings: [] }, item('bulk-0')],
    });
    const replies = await client.askItems(bulk, 4);

    const taken = { outcome: 'accepted', items: 4 };
    expect(replies).toMatchObject([
      { ...taken, item: 0, aggregate_id: orderId(shop, 'bulk-0'), sequence: 3 },
      { ...taken, item: 1, aggregate_id: orderId(shop, 'bulk-1'), sequence: 3 },
      { outcome: 'refused', key: 'validation_error', item: 2, items: 4 },
      { outcome: 'ignored', reason: 'nothing_changed', item: 3, items: 4 },
    ]);
    const facts = await client.facts(orderId(shop, 'bulk-0'), 3);
    expect(facts.map(({ causationId, correlationId }) => [causationId, correlationId])).toEqual(
      Array.from({ length: 3 }, () => [`${bulk.id}/0`, bulk.id]),
    );
  });
});

// the SDK names attributes that the event does not have
const withoutGaps = (headers: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
