import {
  audit,
  ordersEvidence,
  type OrdersService,
  type RunningOrders,
  startOrders,
  untilSettled,
} from '@waybill/testing';
import { orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';
import { newSeed } from './seed.spec-data';

const stops = 3;
let orders: RunningOrders;

beforeAll(async () => {
  orders = await startOrders();
}, 60_000);
afterAll(() => orders.end(), 30_000);

const seed = newSeed();

test(`told to stop, it finishes what it has begun, and the next one begins with what is left (seed ${seed})`, async () => {
  const { client, stack } = orders;
  const playing = new Playing(client.kafka, orderLoad(seed, 2000), { everyMs: 100 });
  let service: OrdersService = orders.service;
  for (let stop = 1; stop <= stops; stop++) {
    await playing.share((0.8 * stop) / stops);
    // it would end with 1 if a batch were still running when its time is up
    expect(await service.stop()).toBe(0);
    const { groups } = await client.admin.describeGroups(['orders', 'orders.retry']);
    expect(groups.flatMap(({ members }) => members)).toEqual([]);
    service = await orders.another();
  }
  await playing.done;
  await untilSettled(client);

  const evidence = await ordersEvidence(stack, client, service);
  expect(audit(playing.sent, evidence, 'order')).toEqual([]);
  // nothing was begun twice, so nothing is there twice
  expect(new Set(evidence.facts.map(({ value }) => String(value))).size).toBe(evidence.facts.length);
}, 120_000);
