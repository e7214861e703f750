import { claimId, orderId, shipmentId } from '@waybill/contracts';
import {
  type Alone,
  canStartPrivateStack,
  claimCommand,
  type ClaimsClient,
  type Command,
  partitionOf,
  startClaims,
  untilSettled,
} from '@waybill/testing';
import { claimOn, dispatchAll, gist, parcelId, sentOff, shop } from './claims.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

const numbers = Array.from({ length: 12 }, (_, i) => String(33_001 + i));
const [first = '', second = '', third = '', fourth = ''] = numbers;
const claim_id = 'b1b9a3a4-6f0e-4d26-8f0a-6a4d8e6f2c11';

withStack('claims among people who are careless or worse', () => {
  let running: Alone<ClaimsClient>;
  beforeAll(async () => {
    running = await startClaims();
    await dispatchAll(running, numbers);
    await running.neighbours.dispatch(sentOff(first, { shop: 'other-shop' }));
    await untilSettled([running.client]);
  });
  afterAll(() => running?.end());

  const ask = (sent: Command) => running.client.ask(sent);

  it('what is sent right behind a creation is judged after it', async () => {
    const { client } = running;
    const rows = numbers.flatMap((number, i) => {
      const creation = claimOn(number, { reason: 'return' });
      // every other one leaves its id to the service
      const id = i % 2 === 0 ? claimId(orderId(shop, number), creation.source, creation.id) : creation.id;
      const named = { shop_slug: shop, claim_id: id };
      const sent = i % 2 === 0 ? creation : { ...creation, data: { ...creation.data, claim_id: id } };
      return [
        sent,
        claimCommand('update-claim', { ...named, status: 'accepted' }),
        claimCommand('delete-claim', named),
      ];
    });
    const asked = rows.map((sent) => ({ sent, asking: client.asking() }));
    await client.put(
      asked.map(({ sent, asking }) => ({
        key: 'one for all',
        value: JSON.stringify(sent),
        headers: asking.headers,
      })),
    );
    const replies = await Promise.all(asked.map(({ asking }) => asking.replies()));
    expect(replies.flat().map(gist)).toEqual(rows.map(() => 'accepted'));
  });

  const photos = (count: number) =>
    Array.from({ length: count }, (_, i) => `https://img.example.com/${'x'.repeat(1000)}/${i}`);
  const day = 24 * 3_600_000;

  it.each<[string, object, Partial<Command>, string]>([
    ['no parcel', { shipment_id: null }, {}, 'validation_error'],
    ['a number of spaces', { shipment_id: undefined, tracking_number: '  ' }, {}, 'validation_error'],
    ['an id that is none', { claim_id: '' }, {}, 'validation_error'],
    ['a carrier that is none', { carrier_reference: 'pigeon' }, {}, 'carrier_reference_invalid'],
    ['an item without a name', { selected_items: [{ quantity: 1, sku: ' ' }] }, {}, 'validation_error'],
    ['an answer to nothing', { answers: [{ question: ' ', answer: 'Yes.' }] }, {}, 'validation_error'],
    ['a photo that is code', { image_urls: ['javascript:alert(1)'] }, {}, 'validation_error'],
    ['a search instead of an id', { shipment_id: { $ne: null } }, {}, 'validation_error'],
    [
      'the day after tomorrow',
      {},
      { time: new Date(Date.now() + 2 * day).toISOString() },
      'validation_error',
    ],
    [
      'more photos than anybody looks at',
      {
        selected_items: Array.from({ length: 30 }, (_, i) => ({
          quantity: 1,
          sku: `S${i}`,
          image_urls: photos(20),
        })),
      },
      {},
      'snapshot_too_large',
    ],
  ])('a claim with %s is refused, and said to be', async (_, data, attributes, key) => {
    expect(gist(await ask(claimOn(second, data, attributes)))).toBe(key);
    const path = `/v1/shops/${shop}/claims?shipment_id=${parcelId(second)}&reason=damage`;
    expect(await running.service.get(path)).toEqual([]);
  });

  it('texts that mean something elsewhere are texts', async () => {
    const answers = [{ question: '__proto__', answer: 'constructor' }];
    const data = {
      description: '{"$where": "sleep(1e9)"} ${7*7} \u202e\u{1f4a9}',
      answers,
      reason: 'support',
    };
    const { aggregate_id: id, outcome } = await ask(claimOn(second, data));
    expect(outcome).toBe('accepted');
    const [fact] = await running.client.facts(String(id), 1);
    const served = await running.service.get(`/v1/shops/${shop}/claims/${id}`);
    expect(served).toEqual(fact?.data.claim);
    expect(served).toMatchObject({ description: data.description, answers });
  });

  it('whoever takes an id with a claim that is refused keeps nobody from it', async () => {
    const blocked = claimOn(third, { claim_id, carrier_reference: 'ups' });
    expect(gist(await ask(blocked))).toBe('shipment_reference_mismatch');
    const named = { shop_slug: shop, claim_id };
    expect(gist(await ask(claimCommand('update-claim', { ...named, status: 'closed' })))).toBe(
      'claim_not_found',
    );
    expect(await ask(claimOn(fourth, { claim_id }))).toMatchObject({ outcome: 'accepted', sequence: 1 });
    expect(gist(await ask(claimCommand('update-claim', { ...named, status: 'accepted' })))).toBe('accepted');
    const facts = await running.client.facts(claim_id, 2);
    const order = orderId(shop, fourth);
    expect(facts.map(({ partition, data }) => [partition, data.order_id])).toEqual([
      [partitionOf(order), order],
      [partitionOf(order), order],
    ]);
  });

  it('another shop learns of an id no more than that it is taken', async () => {
    const other = { shop_slug: 'other-shop' };
    const own = { shipment_id: shipmentId(orderId('other-shop', first), 1), ...other };
    expect(gist(await ask(claimOn(first, { ...own, claim_id })))).toBe('claim_exists');
    for (const sent of [
      claimCommand('update-claim', { ...other, claim_id, status: 'closed' }),
      claimCommand('delete-claim', { ...other, claim_id }),
    ]) {
      const reply = await ask(sent);
      expect(reply).toMatchObject({ outcome: 'refused', key: 'claim_not_found' });
      expect(reply).not.toHaveProperty('sequence');
    }
    expect(gist(await ask(claimOn(fourth, { ...other, reason: 'return' })))).toBe('shipment_not_found');
    expect(gist(await ask(claimOn(first, own)))).toBe('accepted');
  });

  it.each([
    ['claims?page=0', 422],
    ['claims?page=1.5', 422],
    ['claims?page=99999999999999999999', 422],
    ['claims?per_page=101', 422],
    ['claims?per_page=ten', 422],
    ['claims?status=pending&status=closed', 422],
    ['claims?status[$ne]=closed', 422],
    ['claims?order_id[]=1', 422],
    ['claims?reason=', 422],
    ['claims?include_deleted=1', 422],
    ['claims?colour=red', 422],
    ['claims?shipment_id=%00', 422],
    ['claims?page=1000000&per_page=100', 200],
    [`claims/${claim_id.toUpperCase()}`, 200],
    ['claims/%2e%2e', 404],
    ['claims/1', 422],
    ['claims/%ff', 400],
  ])('GET %s is answered %i', async (path, status) => {
    expect(await running.service.status(`/v1/shops/${shop}/${path}`)).toBe(status);
  });

  it('a shop that cannot be is refused', async () => {
    for (const name of ['Demo-Shop', '-', '%24ne', 'x'.repeat(65)])
      expect(await running.service.status(`/v1/shops/${name}/claims`)).toBe(422);
  });

  it('after all of that nothing waits, nothing failed, and no error was logged', async () => {
    await untilSettled([running.client]);
    const { service } = running;
    expect(await service.status('/health/ready')).toBe(200);
    const complaints = service.lines.filter(
      ({ level = '', logger }) => ['error', 'fatal', 'stderr'].includes(level) && logger !== 'kafkajs',
    );
    expect(complaints).toEqual([]);
    expect(await running.client.allDeadLetters()).toEqual([]);
  });
});
