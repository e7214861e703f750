import { setTimeout as pause } from 'node:timers/promises';
import { lagOf, OrdersService, type RunningOrders, startOrders } from '@waybill/testing';
import { newSeed, orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';

const waiting = 30_000;
const workedOff = 8000;
/** Some 120 MB idle; the rest are batches under way and what the collector has not yet come to. */
const mostBytes = 400 * 1024 * 1024;
let orders: RunningOrders;

beforeAll(async () => {
  orders = await startOrders();
}, 60_000);
afterAll(() => orders.end(), 30_000);

const seed = newSeed();

test(`${waiting} waiting commands take no more memory than a few (seed ${seed})`, async () => {
  const { client, stack } = orders;
  await orders.service.stop();
  await new Playing(client.kafka, orderLoad(seed, waiting, { orders: 5000 })).done;
  const before = await lagOf(client);
  const service = await OrdersService.start(stack, { WAYBILL_RETRY_DELAYS: '1s,2s' });

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
