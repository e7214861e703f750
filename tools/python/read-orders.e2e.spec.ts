import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderId } from '@waybill/contracts';
import { canStartPrivateStack, command, type RunningOrders, startOrders } from '@waybill/testing';
import { ensureReaderPackages } from './reader-packages.mjs';
import { hasPython, runScript, type ScriptRun, scriptLines } from './script.fixture';

// the first run fetches the packages
jest.setTimeout(180_000);

const withStack = canStartPrivateStack() && hasPython ? describe : describe.skip;
const shop = 'demo-shop';

withStack('a reader in Python', () => {
  let orders: RunningOrders;
  let packages: string;

  beforeAll(async () => {
    packages = await ensureReaderPackages(() => {});
    orders = await startOrders();
    for (const number of ['py-1', 'py-2', 'py-3']) await accepted('place-order', placed(number));
    await accepted('cancel-order', { shop_slug: shop, id: 'py-2' });
    await accepted('upsert-order', {
      shop_slug: shop,
      id: 'py-3',
      trackings: [{ tracking_number: '00340434161094042557', carrier_reference: 'dhl' }],
    });
    await orders.client.facts(orderId(shop, 'py-3'), 3);
  });
  afterAll(() => orders?.end());

  const expected = {
    facts: 6,
    repeats: 0,
    invalid: 0,
    by_type: {
      'orders.order-cancelled.v1': 1,
      'orders.order-fulfilled.v1': 1,
      'orders.order-placed.v1': 3,
      'orders.order-shipment-dispatched.v1': 1,
    },
    orders: 3,
    orders_by_status: { cancelled: 1, fulfilled: 1, placed: 1 },
  };

  it('finds every fact valid and sums up what was sent', () => {
    const { code, out, err } = read('--until-end');
    expect({ code, err, summary: JSON.parse(out) }).toEqual({ code: 0, err: '', summary: expected });
  });

  it('follows the topic line by line, without who ordered', async () => {
    const lines = await scriptLines('read_orders.py', [], { count: expected.facts, env: environment() });

    expect(
      lines.filter((line) => line.includes(`${shop}/py-2`)).map((line) => line.split(' ').slice(1)),
    ).toEqual([
      ['orders.order-placed.v1', `${shop}/py-2`, 'placed'],
      ['orders.order-cancelled.v1', `${shop}/py-2`, 'cancelled'],
    ]);
    expect(lines.join('\n')).not.toMatch(/Alex|12345/);
  });

  it('knows after a restart what it has read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-reader-'));
    const database = join(folder, 'orders.db');
    read('--until-end', '--database', database);
    const again = JSON.parse(read('--until-end', '--database', database).out);
    rmSync(folder, { recursive: true });

    expect(again).toEqual({ ...expected, facts: 0, repeats: expected.facts, by_type: {} });
  });

  it('drops a fact that is in the topic a second time', async () => {
    await put('py-3', 1, ({ text }) => text);
    expect(JSON.parse(read('--until-end').out)).toEqual({ ...expected, repeats: 1 });
  });

  it('skips a fact that breaks its schema, and names the rule but not the value', async () => {
    await put('py-1', 1, ({ fact }) =>
      JSON.stringify({
        ...fact,
        ...numbered('py-1', 2),
        data: { ...fact.data, placed_at: 'Alex' },
      }),
    );

    const { code, out, err } = read('--until-end');

    expect({ code, summary: JSON.parse(out) }).toEqual({
      code: 4,
      summary: { ...expected, repeats: 1, invalid: 1 },
    });
    expect(err).toMatch(
      /ALARM orders\.events\/\d+\/\d+ skipped: .*\$\.placed_at breaks the rule (pattern|format)/,
    );
    expect(err).not.toContain('Alex');
  });

  it('stops at a gap with an alarm', async () => {
    await put('py-1', 1, ({ fact }) => JSON.stringify({ ...fact, ...numbered('py-1', 3) }));

    const { code, out, err } = read('--until-end');

    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(`order ${orderId(shop, 'py-1')}: fact 3 follows fact 1, wanted 2`);
  });

  it('says that no broker answers', () => {
    const { code, err } = read('--until-end', '--brokers', '127.0.0.1:1');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('orders.events cannot be read from 127.0.0.1:1'),
    });
  });

  function read(...args: string[]): ScriptRun {
    return runScript('read_orders.py', args, { env: environment() });
  }

  function environment(): Record<string, string> {
    return { PYTHONPATH: packages, KAFKA_BROKERS: orders.stack.brokers.join(',') };
  }

  async function accepted(type: string, data: object): Promise<void> {
    const { outcome, key, message } = await orders.client.ask(command(type, data));
    if (outcome !== 'accepted') throw new Error(`${type}: ${outcome} ${key} ${message}`);
  }

  /** Writes a record made of a fact to where that fact lies. */
  async function put(
    number: string,
    sequence: number,
    // the members of a fact depend on its type
    // oxlint-disable-next-line typescript/no-explicit-any
    change: (from: { text: string; fact: any }) => string,
  ): Promise<void> {
    const { client } = orders;
    const { events } = client.topics;
    const id = `${orderId(shop, number)}/${sequence}`;
    const record = client.heard.of(events).find(({ value }) => JSON.parse(String(value)).id === id);
    if (!record) throw new Error(`${id} was not heard`);
    const { partition, key, value } = record;
    const text = String(value);
    const changed = change({ text, fact: JSON.parse(text) });
    await client.producer.send({ topic: events, acks: -1, messages: [{ partition, key, value: changed }] });
  }
});

const numbered = (number: string, sequence: number) => ({
  id: `${orderId(shop, number)}/${sequence}`,
  sequence,
});

const placed = (number: string) => ({
  shop_slug: shop,
  order: {
    order_number: number,
    address: { name: 'Alex Example', country_code: 'DE', zip_code: '12345' },
    products: [{ title: 'Mug', sku: 'MUG-1', quantity: 2, price: 12.5 }],
    total_order_price: 25,
  },
});
