import { topicMessageBytes } from '@waybill/contracts';
import {
  canStartPrivateStack,
  command,
  type CommandRecord,
  type OrdersClient,
  type OrdersService,
  type Place,
  putBetweenGoodOnes,
  type RunningOrders,
  startOrders,
  untilSettled,
  wellDone,
} from '@waybill/testing';
import { type BadRecord, invalidRecords, malformedRecords } from './bad-records.spec-data';
import { keyOf, placed, shop } from './orders.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('what bad input gets', () => {
  let orders: RunningOrders;
  let client: OrdersClient;
  let service: OrdersService;

  beforeAll(async () => {
    orders = await startOrders();
    ({ client, service } = orders);
  });
  afterAll(() => orders?.end());

  /** Writes bad records between two good ones, which must be done whatever becomes of the bad ones. */
  async function between(bad: readonly Omit<CommandRecord, 'partition'>[]): Promise<readonly Place[]> {
    const { places, ...neighbours } = await putBetweenGoodOnes(client, bad);
    expect(neighbours).toMatchObject(wellDone);
    return places;
  }

  async function oneBetween(bad: Omit<CommandRecord, 'partition'>): Promise<Place> {
    const [place] = await between([bad]);
    if (!place) throw new Error('nothing was written');
    return place;
  }

  const reasonsOf = (reasons: readonly { field: string; type: string }[]) =>
    reasons.map(({ field, type }) => `${field}: ${type}`).toSorted();

  describe('a record that nobody can read is kept with its bytes and the reason', () => {
    it.each(malformedRecords)('$name', async ({ record, leftOut, kind, key, reasons }) => {
      const place = await oneBetween({ ...record, key: keyOf('bad') });

      const letter = await client.deadLetter(place);
      expect(letter).toMatchObject({ kind, key, offset: place.offset, item: 0, n: 0 });
      expect(reasonsOf(letter.reasons)).toEqual([...reasons].toSorted());
      expect(letter.record).toMatchObject({ topic: 'orders.commands', ...place });
      expect(letter.record.key?.toString()).toBe(keyOf('bad'));
      expect(letter.leftOut).toEqual(leftOut ?? []);
      expect(leftOut?.includes('value') || hasBytes(letter.record.value, record.value)).toBe(true);
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

    await expect(client.put([{ key: keyOf('bad'), value }])).rejects.toThrow(
      'larger than the max message size',
    );
  });

  describe('a command that is not valid is refused', () => {
    it.each(invalidRecords)(
      '$name: kept where nobody asked for a reply',
      async ({ record, kind, key, reasons }) => {
        const place = await oneBetween({ ...record, key: keyOf('bad') });

        const letter = await client.deadLetter(place);
        expect(letter).toMatchObject({ kind, key, offset: place.offset, item: 0, n: 0, leftOut: [] });
        expect(reasonsOf(letter.reasons)).toEqual([...reasons].toSorted());
        expect(letter.record.value?.toString()).toBe(record.value);
      },
    );

    it.each(invalidRecords)('$name: answered where somebody did', async ({ record, key, reasons }) => {
      const asking = client.asking();
      const place = await oneBetween({ ...record, key: keyOf('bad'), headers: asking.headers });

      const [reply] = await asking.replies();
      expect(reply).toMatchObject({ outcome: 'refused', key });
      expect(reasonsOf(reply?.errors ?? [])).toEqual([...reasons].toSorted());
      const letters = await client.allDeadLetters();
      expect(letters.map(({ id }) => id)).not.toContain(idOf(place));
    });

    it('says nothing of what it was sent in log or reason', async () => {
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

  it('10,000 bad messages between two good ones: each is kept once, and the good ones are done', async () => {
    const kinds = [...malformedRecords, ...invalidRecords].filter(({ record }) => isSmall(record));
    const bad = Array.from({ length: 10_000 }, (_, i) => kinds[i % kinds.length] as BadRecord);
    const letters = (await client.allDeadLetters()).length;
    const places = await between(bad.map(({ record }) => ({ ...record, key: keyOf('bad') })));

    const kept = (await client.allDeadLetters()).slice(letters);
    const wanted = new Map(places.map((place, i) => [idOf(place), `${bad[i]?.kind} ${bad[i]?.key}`]));
    expect(kept).toHaveLength(10_000);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(10_000);
    expect(kept.filter(({ id, kind, key }) => wanted.get(id) !== `${kind} ${key}`)).toEqual([]);
  });

  it('after all of that the service is ready, has nothing left to do, and has logged no error', async () => {
    await untilSettled(client);
    expect(await service.status('/health/ready')).toBe(200);
    expect(await service.metric('waybill_consumer_lag_messages', { topic: 'orders.commands' })).toBe(0);
    const kept = await client.size('orders.dead-letters');
    expect(await service.metric('waybill_dead_letters_total')).toBe(kept);
    // kafkajs calls each attempt that it repeats an error
    const complaints = service.lines.filter(
      ({ level = '', logger }) => ['error', 'fatal', 'stderr'].includes(level) && logger !== 'kafkajs',
    );
    expect(complaints).toEqual([]);
  });
});

const idOf = ({ partition, offset }: Place): string => `orders.commands/${partition}/${offset}`;

// Jest compares buffers byte by byte, which takes seconds for a megabyte
const hasBytes = (kept: Buffer | null, sent: string | Buffer | null): boolean =>
  kept === null || sent === null ? kept === sent : kept.equals(Buffer.from(sent));

const isSmall = ({ value, headers }: BadRecord['record']): boolean =>
  (value?.length ?? 0) < 4000 && JSON.stringify(headers ?? {}).length < 500;
