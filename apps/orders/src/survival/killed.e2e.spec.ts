import { setTimeout as pause } from 'node:timers/promises';
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
import { newSeed, randomFrom } from './seed.spec-data';

const kills = 5;
let orders: RunningOrders;

beforeAll(async () => {
  orders = await startOrders({ env: { KAFKA_SESSION_TIMEOUT_MS: '3000' } });
}, 60_000);
afterAll(() => orders.end(), 30_000);

const seed = newSeed();

test(`killed ${kills} times while it works, it loses nothing and doubles nothing (seed ${seed})`, async () => {
  const { client, stack } = orders;
  const random = randomFrom(seed);
  const records = orderLoad(seed, 2000);
  const playing = new Playing(client.kafka, records);
  let service: OrdersService = orders.service;
  for (let kill = 1; kill <= kills; kill++) {
    const wanted = client.heard.of(client.topics.reply).length + 100 + Math.floor(random() * 200);
    await client.heard.until(
      `${wanted} replies`,
      () => client.heard.of(client.topics.reply).length >= wanted || undefined,
    );
    // a reply comes at the end of a batch; the kill shall come anywhere
    await pause(random() * 150);
    await service.kill();
    service = await orders.another();
  }
  await playing.done;
  await untilSettled(client);

  expect(audit(playing.sent, await ordersEvidence(stack, client, service), 'order')).toEqual([]);
}, 120_000);
