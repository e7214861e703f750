import { setTimeout as pause } from 'node:timers/promises';
import { lagOf, OrdersService, type RunningOrders, startOrders } from '@waybill/testing';
import { orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';
import { newSeed } from './seed.spec-data';

const waiting = 30_000;
const workedOff = 6000;
/** What waits is 60 MB of text, and several times as much once it is parsed: it would not fit into this heap. */
const heap = '--max-old-space-size=128';
const mostBytes = 600 * 1024 * 1024;
let orders: RunningOrders;

beforeAll(async () => {
  orders = await startOrders();
}, 60_000);
afterAll(() => orders.end(), 30_000);

const seed = newSeed();

test(`${waiting} waiting commands are worked off in the memory that a few take (seed ${seed})`, async () => {
  const { client, stack } = orders;
  await orders.service.stop();
  await new Playing(client.kafka, orderLoad(seed, waiting, { orders: 5000, lines: 10 })).done;
  const before = await lagOf(client);
  const service = await OrdersService.start(stack, { WAYBILL_RETRY_DELAYS: '1s,2s', NODE_OPTIONS: heap });

  let peak = 0;
  while ((await service.metric('waybill_batch_records_sum')) < workedOff) {
    peak = Math.max(peak, await service.metric('process_resident_memory_bytes'));
    await pause(100);
  }
  await service.kill();
  expect(before).toBeGreaterThanOrEqual(waiting);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(mostBytes);
}, 120_000);
