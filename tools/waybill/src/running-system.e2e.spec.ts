import { join } from 'node:path';
import { orderId, shipmentId } from '@waybill/contracts';
import {
  canStartPrivateStack,
  command,
  type Running,
  claimCommand,
  type RunningEverything,
  type ServiceProcess,
  type OrdersClient,
  shipmentCommand,
  signingKey,
  startEverything,
} from '@waybill/testing';
import { type Ended, jsonLines, waybill } from './cli.fixture';

jest.setTimeout(240_000);

const sample = join(__dirname, '../sample');
const shop = 'cli-shop';
const urlOf = ({ lines }: ServiceProcess) =>
  `http://127.0.0.1:${lines.find(({ msg }) => msg === 'ready')?.port}`;

(canStartPrivateStack() ? describe : describe.skip)('the command line on a running system', () => {
  let parcels: RunningEverything;
  let orders: Running<OrdersClient>;
  let run: (...args: string[]) => Promise<Ended>;

  beforeAll(async () => {
    parcels = await startEverything();
    orders = parcels.orders;
    const { stack, shipments } = parcels;
    const env = {
      KAFKA_BROKERS: stack.brokers.join(','),
      MONGODB_URI: stack.mongoUri,
      WAYBILL_ORDERS_URL: urlOf(orders.service),
      WAYBILL_SHIPMENTS_URL: urlOf(shipments.service),
      WAYBILL_SIGNING_KEY: signingKey,
    };
    run = (...args) => waybill(args, { env });
  });
  afterAll(() => parcels?.end());

  it('puts a dead letter back, twice without a second effect', async () => {
    const place = await orders.client.send(command('cancel-order', { shop_slug: shop, id: 'late' }));
    const { id } = await orders.client.deadLetter(place);
    expect(jsonLines((await run('dead-letters', 'list', '--kind', 'refused', '--json')).out)).toContainEqual(
      expect.objectContaining({ id, kind: 'refused', key: 'order_not_found', n: 0 }),
    );

    const order = { address: { zip_code: '12345' } };
    const { aggregate_id: late = '' } = await orders.client.ask(
      command('upsert-order', { shop_slug: shop, id: 'late', order }),
    );
    expect(await run('dead-letters', 'redrive', id)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 sent'),
    });
    expect((await run('dead-letters', 'redrive', id)).code).toBe(0);

    // behind both redrives in the same partition
    const again = command('cancel-order', { shop_slug: shop, id: 'late' });
    expect(await orders.client.ask(again)).toMatchObject({ outcome: 'ignored', reason: 'already_cancelled' });
    const facts = await orders.client.allFacts(late);
    expect(facts.map(({ type }) => type)).toEqual(['orders.order-placed.v1', 'orders.order-cancelled.v1']);
    expect((await run('dead-letters', 'list', '--key', 'order_not_found', '--json')).out).toContain(id);
  });

  it('shows under the same id what is refused again', async () => {
    const place = await orders.client.send(command('cancel-order', { shop_slug: shop, id: 'never' }));
    const { id } = await orders.client.deadLetter(place);
    await run('dead-letters', 'redrive', id);
    await orders.client.ask(command('cancel-order', { shop_slug: shop, id: 'never' }));
    const listed = jsonLines((await run('dead-letters', 'list', '--limit', '500', '--json')).out);
    expect(listed.filter((letter) => letter['id'] === id)).toEqual([expect.objectContaining({ n: 1 })]);
  });

  it('does not put back what nobody can read', async () => {
    const [place] = await orders.client.put([{ key: 'x', value: '{"cut' }]);
    const { id } = await orders.client.deadLetter(place ?? { partition: -1, offset: -1 });
    const { code, out } = await run('dead-letters', 'redrive', id);
    expect(code).toBe(1);
    expect(out).toContain('not sent: it still cannot be read');
    expect((await run('dead-letters', 'show', id)).out).toMatch(/\{"cut$/m);
  });

  it('shows an order with state, facts and positions', async () => {
    const order = { address: { zip_code: '12345' } };
    await orders.client.ask(command('upsert-order', { shop_slug: shop, id: 'a/1', order }));
    const screen = await run('order', 'show', `${shop}/a/1`);
    expect(screen).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 order-placed: 1 parcel to come'),
    });
    const view = JSON.parse((await run('order', 'show', `${shop}/a/1`, '--json')).out);
    expect(view).toMatchObject({
      document: { seq: 1, rev: 1, at: { s: expect.stringContaining('/orders.commands@1/') } },
      facts: [{ type: 'orders.order-placed.v1', sequence: 1, data: { order_number: 'a/1' } }],
    });
  });

  it('shows a parcel with state, facts and positions, by its place and by its id', async () => {
    const number = { carrier_reference: 'dhl', tracking_number: '00340000000000010011' };
    await orders.client.ask(
      command('upsert-order', {
        shop_slug: shop,
        id: 'p/1',
        order: { address: { zip_code: '12345' } },
        trackings: [{ ...number, tracking_placed_at: '2026-01-12T08:30:00Z' }],
      }),
    );
    const scan = { event_name: 'CARRIER_PICKED_UP', event_time: '2026-01-12T17:05:00Z' };
    const id = shipmentId(orderId(shop, 'p/1'), 1);
    await parcels.shipments.client.ask(
      shipmentCommand('record-scan', { shop_slug: shop, ...number, ...scan }),
    );
    await parcels.shipments.client.facts(id, 7);

    const screen = await run('shipment', 'show', `${shop}/p/1/1`);
    expect([screen.code, screen.out]).toEqual([
      0,
      expect.stringMatching(/^ {2}phase +in_transit since 2026-01-12 17:05$/m),
    ]);
    expect(screen.out).toMatch(/^ +1 shipment-drafted: parcel 1$/m);
    expect(screen.out).toMatch(/ shipment-event-recorded: CARRIER_PICKED_UP of 2026-01-12 17:05/);
    expect(JSON.parse((await run('shipment', 'show', `${shop}/p/1/1`, '--json')).out)).toMatchObject({
      id,
      document: { seq: 7, state: { orderNumber: 'p/1' } },
      facts: expect.arrayContaining([
        expect.objectContaining({ type: 'shipments.shipment-fulfilled.v1', sequence: 3 }),
      ]),
    });
    expect((await run('shipment', 'show', id)).out).toBe(screen.out);
  });

  it('shows a claim with state, facts and positions', async () => {
    const number = { carrier_reference: 'dhl', tracking_number: '00340000000000010028' };
    const order = { address: { zip_code: '12345' } };
    const parcel = shipmentId(orderId(shop, 'c/1'), 1);
    await orders.client.ask(
      command('upsert-order', { shop_slug: shop, id: 'c/1', order, trackings: [number] }),
    );
    await parcels.shipments.client.facts(parcel, 2);
    const { aggregate_id: id = '', outcome } = await parcels.claims.client.ask(
      claimCommand('create-claim', { shop_slug: shop, shipment_id: parcel, reason: 'damage' }),
    );
    expect(outcome).toBe('accepted');
    await parcels.claims.client.ask(
      claimCommand('update-claim', { shop_slug: shop, claim_id: id, status: 'closed' }),
    );
    await parcels.claims.client.facts(id, 2);

    const screen = await run('claim', 'show', id);
    expect([screen.code, screen.out]).toEqual([0, expect.stringMatching(/^ {2}order +cli-shop\/c\/1$/m)]);
    expect(screen.out).toMatch(/^ {2}reason +damage$/m);
    expect(screen.out).toMatch(/^ {2}status +closed$/m);
    expect(screen.out).toMatch(/^ +1 claim-created: damage, pending$/m);
    expect(screen.out).toMatch(/^ +2 claim-updated: changed status$/m);
    expect(JSON.parse((await run('claim', 'show', id.toUpperCase(), '--json')).out)).toMatchObject({
      id,
      document: { seq: 2, rev: 2, at: { s: expect.stringContaining('/claims.commands@1/') } },
      facts: [
        { type: 'claims.claim-created.v1', sequence: 1 },
        { type: 'claims.claim-updated.v1', sequence: 2 },
      ],
    });
  });

  it('says that it does not know a claim', async () => {
    const id = shipmentId(orderId(shop, 'nobody'), 1);
    const { code, err } = await run('claim', 'show', id);
    expect([code, err]).toEqual([1, expect.stringContaining(`nothing is known of claim ${id}`)]);
  });

  it('says that it does not know a parcel', async () => {
    const { code, err } = await run('shipment', 'show', `${shop}/p/1/2`);
    expect([code, err]).toEqual([1, expect.stringContaining(`nothing is known of shipment ${shop}/p/1/2`)]);
  });

  it('lists and puts back what a carrier got wrong', async () => {
    const scan = { shop_slug: shop, event_name: 'LOST', event_time: '2026-01-10T08:00:00Z' };
    const place = await parcels.shipments.client.send(shipmentCommand('record-scan', scan));
    const { id } = await parcels.shipments.client.deadLetter(place);
    const listed = await run(
      'dead-letters',
      'list',
      '--service',
      'shipments',
      '--key',
      'validation_error',
      '--json',
    );
    expect(jsonLines(listed.out)).toContainEqual(
      expect.objectContaining({ id, command: expect.objectContaining({ type: 'shipments.record-scan.v1' }) }),
    );
    expect(await run('dead-letters', 'redrive', id, '--service', 'shipments')).toMatchObject({
      code: 0,
      out: expect.stringContaining('sent to shipments.commands'),
    });
  });

  it('says that it does not know an order', async () => {
    const { code, err } = await run('order', 'show', `${shop}/nobody`);
    expect([code, err]).toEqual([1, expect.stringContaining('nothing is known of order cli-shop/nobody')]);
  });

  it('shows the lag of both services partition by partition, of their reactions, too', async () => {
    const lags = jsonLines((await run('lag', '--json')).out);
    const count = (wanted: string, read: string) =>
      lags.filter(({ group, topic }) => group === wanted && topic === read).length;
    expect(count('orders', 'orders.commands')).toBe(12);
    expect(count('orders.reactions', 'shipments.events')).toBe(12);
    expect(count('shipments', 'shipments.commands')).toBe(12);
    expect(count('shipments.reactions', 'orders.events')).toBe(12);
  });

  it('compares the topics with the manifest', async () => {
    // the service of this test has shorter retry delays, so the usual retry topics are missing
    const plan = await run('topics', 'plan');
    expect([plan.code, plan.out]).toEqual([
      1,
      expect.stringMatching(/^create {2}orders\.retry\.5s: 12 partitions/m),
    ]);
    expect((await run('topics', 'apply')).code).toBe(0);
    expect(await run('topics', 'plan')).toMatchObject({
      code: 0,
      out: '24 topics are as the manifest wants them\n',
    });
  });

  it('shows positions, and rewinds none while the service is running', async () => {
    expect((await run('positions', 'show')).code).toBe(0);
    const { code, err } = await run('positions', 'rewind', '--all');
    expect([code, err]).toEqual([1, 'group orders has 1 running members: stop the service first\n']);
  });

  it('says what is missing when no broker answers', async () => {
    const { code, err } = await waybill(['lag', '--brokers', '127.0.0.1:1']);
    expect([code, err]).toEqual([1, expect.stringContaining('no broker answers at 127.0.0.1:1')]);
  });

  it.each([
    [['lag', '--no-such-option']],
    [['dead-letters', 'redrive']],
    [['order', 'show', 'nonsense']],
    [['shipment', 'show', 'a/1']],
    [['claim', 'show', 'a/1']],
    [['replay', '--data', sample, '--shuffle-scans', 'x']],
  ])('ends with 2 when it is called as %j', async (args) => expect((await run(...args)).code).toBe(2));
});
