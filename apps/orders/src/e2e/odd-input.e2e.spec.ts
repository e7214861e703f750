import { defaultPartitions, orderId } from '@waybill/contracts';
import {
  canStartPrivateStack,
  command,
  type CommandRecord,
  installKafkaTools,
  type OrdersClient,
  type OrdersService,
  partitionOf,
  produceByConsole,
  putBetweenGoodOnes,
  recordOf,
  type RunningOrders,
  startOrders,
  wellDone,
} from '@waybill/testing';
import { CompressionTypes } from 'kafkajs';
import { keyOf, placed, shop } from './orders.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('a good command that is sent in an odd way is done', () => {
  let orders: RunningOrders;
  let client: OrdersClient;
  let service: OrdersService;

  beforeAll(async () => {
    orders = await startOrders();
    ({ client, service } = orders);
  });
  afterAll(() => orders?.end());

  /** Places an order by a record that lies between two others, in their partition. */
  async function placeBetween(number: string, record: Partial<CommandRecord>): Promise<void> {
    const sent = recordOf(command('place-order', placed(number)), record);
    const { places: _places, ...neighbours } = await putBetweenGoodOnes(client, [sent]);
    expect(neighbours).toMatchObject(wellDone);
  }

  const isPlaced = (number: string) => ({
    outcome: 'accepted',
    aggregate_id: orderId(shop, number),
    sequence: 1,
  });

  describe('in the wrong place: it is handed on', () => {
    it.each<{ name: string; key: string | null }>([
      { name: 'another key', key: 'whatever' },
      { name: 'an empty key', key: '' },
      { name: 'no key', key: null },
      { name: 'the key of another order', key: keyOf('somebody else') },
    ])('$name', async ({ name, key }) => {
      const { headers, replies } = client.asking();
      await placeBetween(`under ${name}`, { key, headers });

      expect(await replies()).toMatchObject([isPlaced(`under ${name}`)]);
      const [fact] = await client.allFacts(orderId(shop, `under ${name}`));
      expect(fact?.partition).toBe(partitionOf(orderId(shop, `under ${name}`)));
    });

    it('its own key, but a partition that disagrees with it', async () => {
      const home = partitionOf(keyOf('disagrees'));
      const partition = (home + 1) % defaultPartitions;
      const sent = command('place-order', placed('disagrees'));

      expect(await client.ask(sent, { partition })).toMatchObject(isPlaced('disagrees'));
      const records = await client.heard.all('orders.commands');
      const copies = records.filter(({ value }) => value?.includes(sent.id));
      expect(copies.map((copy) => copy.partition)).toEqual(expect.arrayContaining([partition, home]));
      expect(copies).toHaveLength(2);
    });
  });

  describe('in a compressed batch, with a bad one in its middle', () => {
    beforeAll(installKafkaTools, 300_000);

    it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('%s, as the Java client packs it', async (codec) => {
      const numbers = Array.from({ length: 20 }, (_, i) => `${codec}-${i}`);
      const lines = numbers.map((number) => ({
        key: 'one partition for all',
        value: JSON.stringify(command('place-order', placed(number))),
      }));
      const bad = { key: 'one partition for all', value: codec };
      await produceByConsole(orders.stack, 'orders.commands', lines.toSpliced(10, 0, bad), codec);

      for (const number of numbers) expect(await client.facts(orderId(shop, number), 1)).toHaveLength(1);
      const letters = await client.allDeadLetters();
      expect(letters.filter(({ record: { value } }) => value?.toString() === codec)).toHaveLength(1);
    });

    it('gzip, as kafkajs packs it', async () => {
      const sent = command('place-order', placed('gzip-kafkajs'));
      const messages = [{ key: keyOf('gzip-kafkajs'), value: JSON.stringify(sent) }];
      await client.producer.send({ topic: 'orders.commands', compression: CompressionTypes.GZIP, messages });

      expect(await client.facts(orderId(shop, 'gzip-kafkajs'), 1)).toHaveLength(1);
    });
  });

  it('with repeated headers: the last of each counts, as with the clients of Kafka', async () => {
    const { headers, replies } = client.asking();
    await placeBetween('repeated headers', {
      headers: {
        kafka_correlationId: ['first', headers.kafka_correlationId ?? ''],
        kafka_replyTopic: ['nobody.reply', 'orders.commands.reply'],
        'x-shop': ['a', 'b'],
      },
    });

    expect(await replies()).toMatchObject([isPlaced('repeated headers')]);
  });

  describe('with a reply address that cannot be used: that is counted', () => {
    /** Places an order with these headers; answers how many replies were counted as undeliverable for the reason. */
    async function undeliverable(
      reason: string,
      number: string,
      headers: Record<string, string>,
    ): Promise<number> {
      const count = () => service.metric('waybill_replies_undeliverable_total', { reason });
      const before = await count();
      await placeBetween(number, { headers: { kafka_correlationId: 'x', ...headers } });
      expect(await client.facts(orderId(shop, number), 1)).toHaveLength(1);
      // its reply is dealt with before a later command on the same order is answered
      await client.ask(command('cancel-order', { shop_slug: shop, id: number }));
      return (await count()) - before;
    }

    it.each(['orders.commands', 'orders.events', 'orders.dead-letters'])(
      'one of our own topics: %s',
      async (topic) => {
        expect(await undeliverable('not_a_reply_topic', `to ${topic}`, { kafka_replyTopic: topic })).toBe(1);

        const records = await client.heard.all(topic);
        expect(records.filter(({ value }) => value?.includes('"outcome"'))).toEqual([]);
      },
    );

    it.each(['shipments.commands', 'claims.events'])('a topic of another service: %s', async (topic) => {
      expect(await undeliverable('not_a_reply_topic', `to ${topic}`, { kafka_replyTopic: topic })).toBe(1);
      expect(await client.size(topic)).toBe(0);
    });

    it('a foreign topic that is no reply topic by its name', async () => {
      const topic = 'somebody.invoices';
      await client.admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });

      expect(await undeliverable('not_a_reply_topic', 'to invoices', { kafka_replyTopic: topic })).toBe(1);
      expect(await client.size(topic)).toBe(0);
    });

    it('a topic that does not exist, and is not made by that', async () => {
      expect(await undeliverable('no_such_topic', 'to nobody', { kafka_replyTopic: 'nobody.reply' })).toBe(1);
      const { topics } = await client.admin.fetchTopicMetadata();
      expect(topics.map(({ name }) => name)).not.toContain('nobody.reply');
    });

    it('a partition that the reply topic does not have', async () => {
      const headers = { kafka_replyTopic: 'orders.commands.reply', kafka_replyPartition: '99' };

      expect(await undeliverable('no_such_topic', 'to partition 99', headers)).toBe(1);
    });

    it('a correlation id that is empty', async () => {
      const headers = { kafka_replyTopic: 'orders.commands.reply', kafka_correlationId: '' };

      expect(await undeliverable('malformed_address', 'to no correlation', headers)).toBe(1);
    });
  });
});
