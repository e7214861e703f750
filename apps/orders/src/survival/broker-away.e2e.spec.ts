import { setTimeout as pause } from 'node:timers/promises';
import {
  audit,
  ordersEvidence,
  type RunningOrders,
  startOrders,
  untilReadiness,
  untilSettled,
} from '@waybill/testing';
import { orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';
import { newSeed } from './seed.spec-data';

const sessionTimeoutMs = 3000;
let orders: RunningOrders;

beforeAll(async () => {
  orders = await startOrders({ env: { KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs) } });
}, 60_000);
afterAll(() => orders.end(), 30_000);

const seed = newSeed();

test(`a broker that dies, and one that answers nothing, hold everything up and lose nothing (seed ${seed})`, async () => {
  const { client, stack, service } = orders;
  const playing = new Playing(client.kafka, orderLoad(seed, 2000), { everyMs: 200 });

  await playing.share(0.2);
  await stack.kill('kafka');
  await untilReadiness(service, 503);
  await stack.start('kafka');
  await untilReadiness(service, 200);

  await playing.share(0.6);
  await stack.freeze('kafka');
  await untilReadiness(service, 503);
  await pause(sessionTimeoutMs + 1000);
  await stack.thaw('kafka');
  await untilReadiness(service, 200);

  await playing.done;
  await untilSettled(client);
  expect(audit(playing.sent, await ordersEvidence(stack, client, service), 'order')).toEqual([]);
}, 120_000);
