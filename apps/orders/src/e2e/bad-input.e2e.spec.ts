import { defaultPartitions, orderId, topicMessageBytes } from '@waybill/contracts';
import {
  canStartPrivateStack,
  command,
  type CommandRecord,
  installKafkaTools,
  type OrdersClient,
  type OrdersService,
  partitionOf,
  type Place,
  produceByConsole,
  recordOf,
  type Reply,
  type RunningOrders,
  startOrders,
} from '@waybill/testing';
import { CompressionTypes } from 'kafkajs';
import { type BadRecord, invalidRecords, malformedRecords } from './bad-records.spec-data';
import { keyOf, placed, shop } from './orders.spec-data';

jest.setTimeout(90_000);

(canStartPrivateStack() ? describe : describe.skip)('what bad input gets', () => {
  let orders: RunningOrders;
  let client: OrdersClient;
  let service: OrdersService;
  let count = 0;

  beforeAll(async () => {
    orders = await startOrders();
    ({ client, service } = orders);
  });
  afterAll(async () => {
    // whatever came in, it has not thrown; kafkajs calls each attempt that it repeats an error
    const complaints = service?.lines.filter(
      ({ level = '', logger }) => ['error', 'fatal', 'stderr'].includes(level) && logger !== 'kafkajs',
    );
    await orders?.end();
    expect(complaints).toEqual([]);
  });

  /** Writes records between two good ones, all into one partition and one batch; waits until the good ones are done. */
  async function between(bad: readonly Omit<CommandRecord, 'partition'>[]): Promise<Place[]> {
    const number = `good-${count++}`;
    const key = keyOf(number);
    const partition = partitionOf(key);
    const before = client.asking();
    const after = client.asking();
    const places = await client.put([
      recordOf(command('place-order', placed(number)), { headers: before.headers }),
      ...bad.map((record) => ({ ...record, partition })),
      recordOf(command('update-order', { shop_slug: shop, id: number, expected_number_of_shipments: 2 }), {
        headers: after.headers,
      }),
    ]);
    const done = { outcome: 'accepted', aggregate_id: orderId(shop, number) };
    expect(await before.replies()).toMatchObject([{ ...done, sequence: 1 }]);
    expect(await after.replies()).toMatchObject([{ ...done, sequence: 2 }]);
    return places.slice(1, -1);
  }

  async function oneBetween(bad: Omit<CommandRecord, 'partition'>): Promise<Place> {
    const [place] = await between([bad]);
    if (!place) throw new Error('nothing was written');
    return place;
  }

  /** A good command that is sent in an odd way, between two others, and its reply. */
  async function askBetween(number: string, record: Partial<CommandRecord>): Promise<{ reply: Reply; place: Place }> {
    const asking = client.asking();
    const sent = recordOf(command('place-order', placed(number)), record);
    const place = await oneBetween({ ...sent, headers: { ...asking.headers, ...record.headers } });
    const [reply] = await asking.replies();
    if (!reply) throw new Error('there was no reply');
    return { reply, place };
  }

  const reasonsOf = (reasons: readonly { field: string; type: string }[]) =>
    reasons.map(({ field, type }) => `${field}: ${type}`).toSorted();

  describe('a record that nobody can read is kept with its bytes and the reason', () => {
    it.each(malformedRecords)('$name', async ({ record, kind, key, reasons }) => {
      const sent = { ...record, key: keyOf('bad') };
      const place = await oneBetween(sent);

      const letter = await client.deadLetter(place);
      expect(letter).toMatchObject({ kind, key, offset: place.offset, item: 0, n: 0 });
      expect(reasonsOf(letter.reasons)).toEqual([...reasons].toSorted());
      expect(letter.record).toMatchObject({ topic: 'orders.commands', ...place });
      expect(letter.record.key?.toString()).toBe(keyOf('bad'));
      expect(letter.leftOut).toEqual(isTooLargeToKeep(record) ? ['value'] : []);
      if (letter.leftOut.length === 0) expect(hasBytes(letter.record.value, record.value)).toBe(true);
    });

    it('without its value where even the topic of dead letters could not take it', async () => {
      const value = 'x'.repeat(topicMessageBytes - 200);
      const place = await oneBetween({ key: keyOf('bad'), value });

      const letter = await client.deadLetter(place);
      expect(letter).toMatchObject({ kind: 'malformed', leftOut: ['value'], record: { value: null } });
    });
  });

  it('a record that is larger than its topic takes is refused at the producer', async () => {
    const value = 'x'.repeat(topicMessageBytes);

    await expect(client.put([{ key: keyOf('bad'), value }])).rejects.toThrow('larger than the max message size');
  });

  describe('a command that is not valid is refused', () => {
    it.each(invalidRecords)('$name: kept where nobody asked for a reply', async ({ record, kind, key, reasons }) => {
      const place = await oneBetween({ ...record, key: keyOf('bad') });

      const letter = await client.deadLetter(place);
      expect(letter).toMatchObject({ kind, key, offset: place.offset, item: 0, n: 0, leftOut: [] });
      expect(reasonsOf(letter.reasons)).toEqual([...reasons].toSorted());
      expect(letter.record.value?.toString()).toBe(record.value);
    });

    it.each(invalidRecords)('$name: answered where somebody did', async ({ record, key, reasons }) => {
      const asking = client.asking();
      const place = await oneBetween({ ...record, key: keyOf('bad'), headers: asking.headers });

      const [reply] = await asking.replies();
      expect(reply).toMatchObject({ outcome: 'refused', key });
      expect(reasonsOf(reply?.errors ?? [])).toEqual([...reasons].toSorted());
      const letters = await client.allDeadLetters();
      expect(letters.filter(({ record: { partition, offset } }) => isAt({ partition, offset }, place))).toEqual([]);
    });

    it('says nothing of what it was sent to log, metric or reason', async () => {
      const secret = 'kim.muster@example.com';
      const { order } = placed('bad');
      const sent = command('upsert-order', {
        shop_slug: shop,
        id: 'bad',
        order: { ...order, email_id: `${secret} `.repeat(30), address: { zip_code: secret } },
      });
      const place = await oneBetween({ key: keyOf('bad'), value: JSON.stringify(sent) });

      const { message, reasons } = await client.deadLetter(place);
      expect(reasonsOf(reasons)).toHaveLength(2);
      expect(JSON.stringify([message, reasons, service.lines])).not.toContain(secret);
    });
  });

  describe('a command in the wrong place is handed on and done', () => {
    it.each<{ name: string; key: (partition: number) => string | null }>([
      { name: 'another key', key: () => 'whatever' },
      { name: 'no key', key: () => null },
      { name: 'the key of another order', key: () => keyOf('good-0') },
    ])('$name', async ({ name, key }) => {
      const number = `astray ${name}`;
      const { reply } = await askBetween(number, { key: key(0) });

      expect(reply).toMatchObject({ outcome: 'accepted', aggregate_id: orderId(shop, number), sequence: 1 });
      const [fact] = await client.allFacts(orderId(shop, number));
      expect(fact?.partition).toBe(partitionOf(orderId(shop, number)));
    });

    it('its own key, but a partition that disagrees with it', async () => {
      const number = 'disagrees';
      const partition = (partitionOf(keyOf(number)) + 1) % defaultPartitions;
      const reply = await client.ask(command('place-order', placed(number)), { partition });

      expect(reply).toMatchObject({ outcome: 'accepted', aggregate_id: orderId(shop, number), sequence: 1 });
      const again = await client.ask(command('place-order', placed(number)));
      expect(again).toMatchObject({ outcome: 'refused', key: 'order_exists', sequence: 1 });
    });
  });

  describe('a compressed batch of any codec is taken', () => {
    beforeAll(installKafkaTools, 300_000);

    it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('%s, as the Java client packs it', async (codec) => {
      const numbers = Array.from({ length: 20 }, (_, i) => `${codec}-${i}`);
      const line = (number: string) => ({
        key: keyOf('one partition for all of them'),
        value: JSON.stringify(command('place-order', placed(number))),
      });
      const lines = numbers.map(line);
      await produceByConsole(
        orders.stack,
        'orders.commands',
        [...lines.slice(0, 10), { key: keyOf('one partition for all of them'), value: codec }, ...lines.slice(10)],
        codec,
      );

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

  describe('a reply address that cannot be used is counted, and the command is done', () => {
    const undeliverable = (reason: string) => service.metric('waybill_replies_undeliverable_total', { reason });

    it.each(['orders.events', 'orders.commands', 'orders.dead-letters', 'shipments.commands', 'claims.events'])(
      'one of our own topics: %s',
      async (topic) => {
        const before = await undeliverable('not_a_reply_topic');
        const number = `to ${topic}`;
        const correlationId = `reply to ${topic}`;
        const headers = { kafka_correlationId: correlationId, kafka_replyTopic: topic };
        await oneBetween(recordOf(command('place-order', placed(number)), { headers }));

        expect(await client.facts(orderId(shop, number), 1)).toHaveLength(1);
        expect(await undeliverable('not_a_reply_topic')).toBe(before + 1);
        const records = topic.startsWith('orders.') ? await client.heard.all(topic) : [];
        const own = records.filter(({ value }) => value?.toString().includes('"outcome"'));
        expect(own).toEqual([]);
        if (!topic.startsWith('orders.')) expect(await client.size(topic)).toBe(0);
      },
    );

    it('a topic that does not exist', async () => {
      const before = await undeliverable('no_such_topic');
      const headers = { kafka_correlationId: 'x', kafka_replyTopic: 'nobody.reply' };
      await oneBetween(recordOf(command('place-order', placed('to nobody')), { headers }));

      expect(await client.facts(orderId(shop, 'to nobody'), 1)).toHaveLength(1);
      expect(await undeliverable('no_such_topic')).toBe(before + 1);
      const { topics } = await client.admin.fetchTopicMetadata();
      expect(topics.map(({ name }) => name)).not.toContain('nobody.reply');
    });

    it('a partition that the reply topic does not have', async () => {
      const before = await undeliverable('no_such_topic');
      const headers = { kafka_correlationId: 'x', kafka_replyTopic: 'orders.commands.reply', kafka_replyPartition: '99' };
      await oneBetween(recordOf(command('place-order', placed('to partition 99')), { headers }));

      expect(await client.facts(orderId(shop, 'to partition 99'), 1)).toHaveLength(1);
      expect(await undeliverable('no_such_topic')).toBe(before + 1);
    });

    it('no correlation id', async () => {
      const before = await undeliverable('malformed_address');
      const headers = { kafka_replyTopic: 'orders.commands.reply' };
      await oneBetween(recordOf(command('place-order', placed('to no correlation')), { headers }));

      expect(await client.facts(orderId(shop, 'to no correlation'), 1)).toHaveLength(1);
      expect(await undeliverable('malformed_address')).toBe(before + 1);
    });

    it('a refusal that cannot be answered is still counted as refused', async () => {
      const before = await service.metric('waybill_command_outcomes_total', { key: 'order_not_found' });
      const headers = { kafka_correlationId: 'x', kafka_replyTopic: 'nobody.reply' };
      await oneBetween(recordOf(command('cancel-order', { shop_slug: shop, id: 'nobody' }), { headers }));

      expect(await service.metric('waybill_command_outcomes_total', { key: 'order_not_found' })).toBe(before + 1);
    });
  });

  it('a record with repeated headers: the last of each counts, as with the clients of Kafka', async () => {
    const asking = client.asking();
    const number = 'repeated headers';
    const headers = {
      kafka_correlationId: ['first', asking.headers.kafka_correlationId ?? ''],
      kafka_replyTopic: ['nobody.reply', 'orders.commands.reply'],
      'x-shop': ['a', 'b'],
    };
    await oneBetween(recordOf(command('place-order', placed(number)), { headers }));

    expect(await asking.replies()).toMatchObject([{ outcome: 'accepted', aggregate_id: orderId(shop, number) }]);
  });

  it('10,000 bad messages between two good ones: each is kept once, and the good ones are done', async () => {
    const kinds = [...malformedRecords, ...invalidRecords].filter(({ record }) => isSmall(record));
    const bad = Array.from({ length: 10_000 }, (_, i) => {
      const { record } = kinds[i % kinds.length] as BadRecord;
      return { ...record, key: keyOf('bad') };
    });
    const letters = (await client.allDeadLetters()).length;
    const places = await between(bad);

    const kept = (await client.allDeadLetters()).slice(letters);
    expect(kept).toHaveLength(10_000);
    const kindOf = new Map(places.map(({ partition, offset }, i) => [`orders.commands/${partition}/${offset}`, kinds[i % kinds.length]]));
    for (const { id, kind, key } of kept) expect({ id, kind, key }).toEqual({ id, kind: kindOf.get(id)?.kind, key: kindOf.get(id)?.key });
    expect(new Set(kept.map(({ id }) => id)).size).toBe(10_000);
  });

  it('after all of that the service is ready, with nothing left to do', async () => {
    expect(await service.status('/health/ready')).toBe(200);
    expect(await service.metric('waybill_consumer_lag_messages', { topic: 'orders.commands' })).toBe(0);
    const kept = await client.size('orders.dead-letters');
    expect(await service.metric('waybill_dead_letters_total')).toBe(kept);
  });
});

const isAt = (a: Place, b: Place): boolean => a.partition === b.partition && a.offset === b.offset;

const isTooLargeToKeep = ({ value }: BadRecord['record']): boolean =>
  (value?.length ?? 0) > topicMessageBytes - 8 * 1024;

// Jest compares buffers byte by byte, which takes seconds for a megabyte
const hasBytes = (kept: Buffer | null, sent: string | Buffer | null): boolean =>
  kept === null || sent === null ? kept === sent : kept.equals(Buffer.from(sent));

const isSmall = ({ value, headers }: BadRecord['record']): boolean =>
  (value?.length ?? 0) < 4000 && JSON.stringify(headers ?? {}).length < 500;
