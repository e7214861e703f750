import { join } from 'node:path';
import { canStartPrivateStack, command, type RunningOrders, signingKey, startOrders } from '@waybill/testing';
import { type Ended, jsonLines, waybill } from './cli.fixture';

jest.setTimeout(120_000);

const sample = join(__dirname, '../sample');
const shop = 'cli-shop';

(canStartPrivateStack() ? describe : describe.skip)('the command line on a running system', () => {
  let orders: RunningOrders;
  let run: (...args: string[]) => Promise<Ended>;

  beforeAll(async () => {
    orders = await startOrders();
    const port = orders.service.lines.find(({ msg }) => msg === 'ready')?.port;
    const env = {
      KAFKA_BROKERS: orders.stack.brokers.join(','),
      MONGODB_URI: orders.stack.mongoUri,
      WAYBILL_ORDERS_URL: `http://127.0.0.1:${port}`,
      WAYBILL_SIGNING_KEY: signingKey,
    };
    run = (...args) => waybill(args, { env });
  });
  afterAll(() => orders?.end());

  it('replays a data set, and a second time without a second effect', async () => {
    const [first, second] = [
      await run('replay', '--data', sample, '--orders', '20', '--json'),
      await run('replay', '--data', sample, '--orders', '20', '--json'),
    ];
    expect([first.code, first.err]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(first.out)).toMatchObject({ ok: true, check: { ok: true } });
    expect(JSON.parse(first.out).newFacts).toBeGreaterThan(20);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({ ok: true, newFacts: 0 });
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

  it('says that it does not know an order', async () => {
    const { code, err } = await run('order', 'show', `${shop}/nobody`);
    expect([code, err]).toEqual([1, expect.stringContaining('nothing is known of order cli-shop/nobody')]);
  });

  it('shows the lag of the service partition by partition', async () => {
    const lags = jsonLines((await run('lag', '--json')).out);
    const partitions = lags.filter(({ group, topic }) => group === 'orders' && topic === 'orders.commands');
    expect(partitions).toHaveLength(12);
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

  it.each([[['lag', '--no-such-option']], [['dead-letters', 'redrive']], [['order', 'show', 'nonsense']]])(
    'ends with 2 when it is called as %j',
    async (args) => expect((await run(...args)).code).toBe(2),
  );
});
