import { setTimeout as pause } from 'node:timers/promises';
import { audit, ordersEvidence, type RunningOrders, startOrders, untilSettled } from '@waybill/testing';
import { orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';
import { newSeed } from './seed.spec-data';
import { untilAllWork } from './work.spec-data';

const sessionTimeoutMs = 3000;
let orders: RunningOrders;

beforeAll(async () => {
  orders = await startOrders({ env: { KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs) } });
}, 60_000);
afterAll(() => orders.end(), 30_000);

const seed = newSeed();

test(`processes that come, leave, and come back from the dead share the work and do it once (seed ${seed})`, async () => {
  const { client, stack, service } = orders;
  const playing = new Playing(client.kafka, orderLoad(seed, 2500), { everyMs: 400 });

  const second = await orders.another();
  await untilAllWork(service, second);
  expect(await second.stop()).toBe(0);

  const third = await orders.another();
  await untilAllWork(service, third);
  // it keeps its partitions in mind, and finishes its batch after somebody else has
  third.freeze();
  await pause(sessionTimeoutMs + 1000);
  await untilAllWork(service);
  third.thaw();
  await untilAllWork(service, third);

  await playing.done;
  await untilSettled(client);
  expect(audit(playing.sent, await ordersEvidence(stack, client, service), 'order')).toEqual([]);
}, 120_000);
