import { setTimeout as pause } from 'node:timers/promises';
import { type RunningOrders, startOrders } from '@waybill/testing';
import { type Consumer, PartitionAssigners } from 'kafkajs';

let orders: RunningOrders;
let stranger: Consumer;

beforeAll(async () => {
  orders = await startOrders({ env: { KAFKA_SESSION_TIMEOUT_MS: '2000' } });
}, 60_000);
afterAll(async () => {
  await stranger.disconnect();
  await orders.end();
}, 30_000);

/** Joins the group of the service with a protocol that it does not speak; the group has to be empty. */
async function takeOverGroup(): Promise<void> {
  const { client } = orders;
  stranger = client.kafka.consumer({
    groupId: 'orders',
    partitionAssigners: [
      (cluster) => ({ ...PartitionAssigners.roundRobin(cluster), name: 'another protocol' }),
    ],
  });
  const joined = new Promise((resolve) => stranger.on(stranger.events.GROUP_JOIN, resolve));
  await stranger.subscribe({ topics: [client.topics.commands] });
  await stranger.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
  await joined;
}

async function untilGroupIsEmpty(): Promise<void> {
  for (;;) {
    const { groups } = await orders.client.admin.describeGroups(['orders']);
    if (groups[0]?.members.length === 0) return;
    await pause(200);
  }
}

test('a consumer that can never join again ends the process, with the reason in the log', async () => {
  const { service } = orders;
  service.freeze();
  await untilGroupIsEmpty();
  await takeOverGroup();
  service.thaw();

  expect(await service.ended).toBe(1);
  expect(service.lines).toContainEqual(
    expect.objectContaining({
      level: 'fatal',
      msg: 'the service cannot go on',
      err: expect.objectContaining({ message: expect.stringContaining('protocols are incompatible') }),
    }),
  );
}, 60_000);
