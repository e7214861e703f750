import { orderId } from '@waybill/contracts';
import {
  command,
  partitionOf,
  type RunningOrders,
  startOrders,
  untilSettled,
  waybillCli,
} from '@waybill/testing';
import { mongo } from 'mongoose';

const shop = 'demo-shop';
const number = '10001';
const id = orderId(shop, number);
let orders: RunningOrders;
let database: mongo.MongoClient;

beforeAll(async () => {
  orders = await startOrders();
  database = new mongo.MongoClient(orders.stack.mongoUri);
}, 60_000);
afterAll(async () => {
  await database.close();
  await orders.end();
}, 30_000);

const documents = () => database.db('orders').collection<{ _id: string; state: object }>('orders');
const cli = (...args: string[]) => waybillCli(orders.stack, 'dead-letters', ...args);

test('a command that failed is listed with its stack, and applied once when it is sent back twice', async () => {
  const { client } = orders;
  const address = { zip_code: '10115', city: 'Berlin' };
  const placing = command('upsert-order', {
    shop_slug: shop,
    id: number,
    order: { order_number: number, address },
  });
  expect(await client.ask(placing)).toMatchObject({ outcome: 'accepted' });
  const whole = await documents().findOne({ _id: id });
  await documents().updateOne({ _id: id }, { $set: { state: { nobody: 'can read this' } } });

  const { headers, replies } = client.asking();
  const moving = command('update-order', { shop_slug: shop, id: number, address: { city: 'Potsdam' } });
  const place = await client.send(moving, { headers });
  const letter = await client.deadLetter(place);
  expect(letter).toMatchObject({
    kind: 'failed',
    key: 'internal_error',
    id: `orders.commands/${partitionOf(`${shop}/${number}`)}/${place.offset}`,
  });
  expect(await cli('list', '--kind', 'failed')).toMatchObject({
    code: 0,
    output: expect.stringContaining(letter.id),
  });
  expect(await cli('show', letter.id)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/stack[\s\S]+ at .*order\./),
  });

  await documents().updateOne({ _id: id }, { $set: { state: whole?.state ?? {} } });
  expect(await cli('redrive', letter.id)).toMatchObject({ code: 0 });
  expect(await cli('redrive', letter.id)).toMatchObject({ code: 0 });
  const [first, second] = await replies(2);
  await untilSettled(client);

  expect(first).toMatchObject({ outcome: 'accepted', sequence: 2 });
  expect(second).toMatchObject({ outcome: 'ignored', reason: 'duplicate' });
  expect((await client.allFacts(id)).map(({ sequence, type }) => [sequence, type])).toEqual([
    [1, 'orders.order-placed.v1'],
    [2, 'orders.order-updated.v1'],
  ]);
}, 60_000);
