import { orderId } from '@waybill/contracts';
import { command, type RunningOrders, startOrders, untilSettled, waybillCli } from '@waybill/testing';
import { mongo } from 'mongoose';

const shop = 'demo-shop';
let orders: RunningOrders;
let database: mongo.MongoClient;

beforeAll(async () => {
  orders = await startOrders({ env: { WAYBILL_PARK_BEHIND_FAILED: 'on' } });
  database = new mongo.MongoClient(orders.stack.mongoUri);
}, 60_000);
afterAll(async () => {
  await database.close();
  await orders.end();
}, 30_000);

const documents = () => database.db('orders').collection<{ _id: string; state: object }>('orders');
const cli = (...args: string[]) => waybillCli(orders.stack, 'dead-letters', ...args);

const place = (number: string) =>
  orders.client.ask(
    command('upsert-order', {
      shop_slug: shop,
      id: number,
      order: { order_number: number, address: { zip_code: '10115', city: 'Berlin' } },
    }),
  );

/** Moves the order to another city; asks for a reply, but does not wait for it. */
async function move(number: string, city: string) {
  const { headers, replies } = orders.client.asking();
  const sent = command('update-order', { shop_slug: shop, id: number, address: { city } });
  const sentTo = await orders.client.send(sent, { headers });
  return { sentTo, reply: async () => (await replies(1))[0] };
}

/** Nobody can read the order until it is mended. */
async function breakDocument(number: string): Promise<() => Promise<void>> {
  const _id = orderId(shop, number);
  const whole = await documents().findOne({ _id });
  await documents().updateOne({ _id }, { $set: { state: { nobody: 'can read this' } } });
  return async () => {
    await documents().updateOne({ _id }, { $set: { state: whole?.state ?? {} } });
  };
}

const cities = async (number: string) => {
  const facts = await orders.client.allFacts(orderId(shop, number));
  return facts.map(({ sequence, data }) => [
    sequence,
    (data as { order: { address: { city: string } } }).order.address.city,
  ]);
};

test('commands behind one that failed wait for it, and come back in their order, whatever is sent back first', async () => {
  const { client } = orders;
  await place('10001');
  await place('10002');
  const mend = await breakDocument('10001');
  const failing = await move('10001', 'Potsdam');
  const first = await client.deadLetter(failing.sentTo);
  const second = await move('10001', 'Hamburg');
  const third = await move('10001', 'Bremen');
  const { id, parked } = await client.deadLetter(third.sentTo);
  expect(parked).toEqual({
    aggregateId: orderId(shop, '10001'),
    numbering: `${first.id},0`,
    since: first.id,
    number: 2,
  });
  expect(await (await move('10002', 'Dresden')).reply()).toMatchObject({ outcome: 'accepted', sequence: 2 });
  await mend();

  expect((await cli('list')).output).toContain(`2, behind ${first.id}`);
  expect(await cli('redrive', id)).toMatchObject({ code: 0 });
  await untilSettled(client);
  const ofThird = (await client.allDeadLetters()).filter((letter) => letter.id === id);
  expect(ofThird.map(({ n, parked: { number } = {} }) => [n, number])).toEqual([
    [0, 2],
    [1, 2],
  ]);

  expect(await cli('redrive', first.id, '--behind')).toMatchObject({
    code: 0,
    output: expect.stringContaining('3 sent, 0 not sent'),
  });
  expect([await failing.reply(), await second.reply(), await third.reply()]).toMatchObject(
    [2, 3, 4].map((sequence) => ({ outcome: 'accepted', sequence })),
  );
  expect(await (await move('10001', 'Leipzig')).reply()).toMatchObject({ outcome: 'accepted', sequence: 5 });
  expect(await cities('10001')).toEqual([
    [1, 'Berlin'],
    [2, 'Potsdam'],
    [3, 'Hamburg'],
    [4, 'Bremen'],
    [5, 'Leipzig'],
  ]);
  const labels = { outcome: 'failed', key: 'parked' };
  expect(await orders.service.metric('waybill_command_outcomes_total', labels)).toBe(3);
}, 90_000);

test('one that is given up holds up nobody', async () => {
  const { client } = orders;
  await place('10003');
  const mend = await breakDocument('10003');
  const failing = await move('10003', 'Potsdam');
  const { id } = await client.deadLetter(failing.sentTo);
  const second = await move('10003', 'Hamburg');
  await client.deadLetter(second.sentTo);

  expect(await cli('discard', id)).toMatchObject({ code: 0 });
  expect(await failing.reply()).toMatchObject({ outcome: 'refused', key: 'internal_error' });
  await mend();
  expect(await cli('redrive', '--all')).toMatchObject({ code: 0 });
  expect(await second.reply()).toMatchObject({ outcome: 'accepted', sequence: 2 });
  await untilSettled(client);
  expect(await cities('10003')).toEqual([
    [1, 'Berlin'],
    [2, 'Hamburg'],
  ]);
}, 60_000);
