import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  canStartPrivateStack,
  command,
  type Running,
  type RunningParcels,
  type ServiceProcess,
  type OrdersClient,
  shipmentCommand,
  signingKey,
  startParcels,
} from '@waybill/testing';
import { type Ended, jsonLines, waybill } from './cli.fixture';

jest.setTimeout(240_000);

const sample = join(__dirname, '../sample');
const shop = 'cli-shop';
const urlOf = ({ lines }: ServiceProcess) =>
  `http://127.0.0.1:${lines.find(({ msg }) => msg === 'ready')?.port}`;

interface Outcomes {
  readonly outcomes: readonly { readonly because: string; readonly count: number }[];
}
const keptOf = ({ outcomes }: Outcomes) => outcomes.find(({ because }) => because === 'kept')?.count ?? 0;

(canStartPrivateStack() ? describe : describe.skip)('the command line on a running system', () => {
  let parcels: RunningParcels;
  let orders: Running<OrdersClient>;
  let finalState: object;
  let run: (...args: string[]) => Promise<Ended>;

  beforeAll(async () => {
    parcels = await startParcels();
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

  it('replays a data set, and a second time without a second effect', async () => {
    const replay = ['replay', '--data', sample, '--orders', '20', '--json'];
    const [first, second] = [await run(...replay), await run(...replay)];
    expect([first.code, first.err]).toEqual([0, expect.any(String)]);
    const report = JSON.parse(first.out);
    expect(report).toMatchObject({ ok: true, check: { ok: true }, finalState: { orders: 20, parcels: 20 } });
    expect(report.newFacts).toBeGreaterThan(100);
    // scans wait for their numbers here, estimates do not: each handed over parcel has one
    expect(report.check.rows[1]).toMatchObject({ wanted: `0 / ${keptOf(report)} / 2` });
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({
      ok: true,
      newFacts: 0,
      finalState: report.finalState,
    });
    finalState = report.finalState;
  });

  it('comes to the same, byte for byte, when scans come in another order', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'waybill-replay-spec-'));
    const shuffled = ['--shuffle-scans', '7', '--data-dir', dataDir];
    const { code, out } = await waybill(
      ['replay', '--data', sample, '--orders', '20', '--json', ...shuffled],
      {
        env: { WAYBILL_STACK: 'local' },
      },
    ).finally(() => rmSync(dataDir, { recursive: true, force: true }));
    expect([code, JSON.parse(out).surprises]).toEqual([0, []]);
    expect(JSON.parse(out).finalState).toEqual(finalState);
    // beside the estimates some scans came before their numbers, too
    expect(keptOf(JSON.parse(out))).toBeGreaterThan(20);
  });

  it('finds an order that somebody else has changed', async () => {
    await orders.client.ask(
      command('upsert-order', { shop_slug: 'demo-shop', id: 'R-1001', order: { shipping_price: 1 } }),
    );
    const { code, out, err } = await run('replay', '--data', sample, '--orders', '20', '--json');
    expect(code).toBe(1);
    expect(err).toContain('the check has failed');
    expect(JSON.parse(out).check.differences).toContainEqual(
      expect.stringMatching(/^order R-1001 is .* in facts/),
    );
  });

  it('finds a parcel that somebody else has reported of', async () => {
    const [parcel] = await parcels.shipments.service.get<
      { carrier_reference: string; tracking_number: string }[]
    >('/v1/shops/demo-shop/shipments?tracking_number=OLR-1002');
    const { carrier_reference, tracking_number } = parcel ?? {};
    const scan = {
      shop_slug: 'demo-shop',
      carrier_reference,
      tracking_number,
      event_name: 'DAMAGED',
      event_time: '2025-09-05T00:00:00Z',
    };
    expect(await parcels.shipments.client.ask(shipmentCommand('record-scan', scan))).toMatchObject({
      outcome: 'accepted',
    });
    const { code, out } = await run('replay', '--data', sample, '--orders', '20', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).check.differences).toContainEqual(
      expect.stringMatching(/^the parcel of order R-1002 is .* 5 events in facts, wanted .* 4 events$/),
    );
    expect(JSON.parse(out).finalState).not.toEqual(finalState);
  });

  it('puts a dead letter back, twice without a second effect', async () => {
    const place = await orders.client.send(command('cancel-order', { shop_slug: shop, id: 'late' }));
    const { id } = await orders.client.deadLetter(place);
    expect(jsonLines((await run('dead-letters', 'list', '--kind', 'refused', '--json')).out)).toContainEqual(
      expect.objectContaining({ id, kind: 'refused', key: 'order_not_found', n: 0 }),
    );

    const order = { address: { zip_code: '12345' } };
    const { aggregate_id: orderId = '' } = await orders.client.ask(
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
    const facts = await orders.client.allFacts(orderId);
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
    const screen = await run('shipment', 'show', 'demo-shop/R-1001/1');
    expect([screen.code, screen.out]).toEqual([
      0,
      expect.stringMatching(/^ {2}phase +delivered since 2025-09-10 00:23$/m),
    ]);
    expect(screen.out).toMatch(/^ +1 shipment-drafted: parcel 1$/m);
    expect(screen.out).toMatch(/ shipment-event-recorded: SUCCESSFULLY_DELIVERED of 2025-09-10 00:23$/m);
    const view = JSON.parse((await run('shipment', 'show', 'demo-shop/R-1001/1', '--json')).out);
    expect(view).toMatchObject({
      document: { state: { orderNumber: 'R-1001' } },
      facts: expect.arrayContaining([
        expect.objectContaining({ type: 'shipments.shipment-fulfilled.v1', sequence: 3 }),
      ]),
    });
    expect((await run('shipment', 'show', view.id)).out).toBe(screen.out);
  });

  it('says that it does not know a parcel', async () => {
    const { code, err } = await run('shipment', 'show', 'demo-shop/R-1001/2');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('nothing is known of shipment demo-shop/R-1001/2'),
    ]);
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
    [['replay', '--data', sample, '--shuffle-scans', 'x']],
  ])('ends with 2 when it is called as %j', async (args) => expect((await run(...args)).code).toBe(2));
});
