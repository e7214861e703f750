import {
  audit,
  command,
  ordersEvidence,
  OrdersService,
  type SentCommand,
  type RunningOrders,
  startOrders,
  untilSettled,
  waybillCli,
} from '@waybill/testing';
import { ConfigResourceTypes } from 'kafkajs';
import { mongo } from 'mongoose';
import type { LoadRecord } from './load-record.spec-data';
import { orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';
import { newSeed } from './seed.spec-data';

const minuteMs = 60_000;
const retry = { WAYBILL_RETRY_DELAYS: '1s,2s' };
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

const seed = newSeed();
const played: SentCommand[] = [];
// what two orders want at once may go to the other one when it is decided again
const records = orderLoad(seed, 800, { contended: false });

/** One new order under its canonical key. */
function placing(number: string): LoadRecord {
  const address = { zip_code: '10115' };
  const sent = command('upsert-order', {
    shop_slug: 'demo-shop',
    id: number,
    order: { order_number: number, address },
  });
  const known = { id: sent.id, asks: false, copies: 1, must: 'change' } as const;
  return { key: `demo-shop/${number}`, value: JSON.stringify(sent), headers: {}, commands: [known] };
}

const start = (env: Record<string, string> = {}) => OrdersService.start(orders.stack, { ...retry, ...env });

/** What the service says when it refuses to start. */
async function refusal(env: Record<string, string> = {}): Promise<string> {
  const service = OrdersService.spawn(orders.stack, { ...retry, ...env });
  // one that starts after all must not outlive the test
  await service.ready().then(
    () => service.kill(),
    () => undefined,
  );
  expect(await service.ended).toBe(1);
  expect(service.lines.at(-1)).toMatchObject({ level: 'fatal', msg: 'the service cannot start' });
  return service.lines.at(-1)?.err?.message ?? '';
}

interface Backup {
  readonly name: string;
  readonly documents: mongo.Document[];
}

async function backUp(): Promise<Backup[]> {
  const collections = await database.db('orders').collections();
  return Promise.all(
    collections.map(async (collection) => ({
      name: collection.collectionName,
      documents: await collection.find({}, { promoteValues: false }).toArray(),
    })),
  );
}

async function restore(backup: readonly Backup[]): Promise<void> {
  await database.db('orders').dropDatabase();
  for (const { name, documents } of backup)
    if (documents.length > 0) await database.db('orders').collection(name).insertMany(documents);
}

/** Lets the sender of a command say how old it is. */
async function trustTimestamps(): Promise<void> {
  const { admin, topics } = orders.client;
  const configEntries = [
    { name: 'message.timestamp.type', value: 'CreateTime' },
    { name: 'max.message.bytes', value: '2097152' },
  ];
  const resource = { type: ConfigResourceTypes.TOPIC, name: topics.commands, configEntries };
  await admin.alterConfigs({ validateOnly: false, resources: [resource] });
}

test(`a database from a backup is refused, and caught up with after a rewind (seed ${seed})`, async () => {
  const { client, stack } = orders;
  await trustTimestamps();
  const old = new Playing(client.kafka, records.slice(0, 400));
  await old.done;
  await untilSettled(client);
  expect(await orders.service.stop()).toBe(0);
  const backup = await backUp();
  const second = await start();
  const recent = new Playing(client.kafka, records.slice(400));
  await recent.done;
  await untilSettled(client);
  // as if it had gone on for ten minutes
  const last = new Playing(client.kafka, [placing('last')], { timestampMs: Date.now() + 10 * minuteMs });
  await last.done;
  await untilSettled(client);
  expect(await second.stop()).toBe(0);

  await restore(backup);
  expect(await refusal()).toMatch(
    /s of records beyond \d+ that this database finished \(restored from a backup\?\)/,
  );
  expect(await waybillCli(stack, 'positions', 'rewind', '--all')).toMatchObject({ code: 0 });
  const third = await start();
  await untilSettled(client);
  played.push(...old.sent, ...recent.sent, ...last.sent);
  expect(audit(played, await ordersEvidence(stack, client, third), 'order')).toEqual([]);
  expect(await third.stop()).toBe(0);
}, 120_000);

test('an empty database is refused where commands were finished with before, and filled after a rewind', async () => {
  const { client, stack } = orders;
  const other = { MONGODB_DATABASE: 'another' };
  expect(await refusal(other)).toMatch(/this database has finished nothing/);
  const rewind = await waybillCli(stack, 'positions', 'rewind', '--all', '--database', 'another');
  expect(rewind).toMatchObject({ code: 0 });
  const service = await start(other);
  await untilSettled(client);
  expect(audit(played, await ordersEvidence(stack, client, service, 'another'), 'order')).toEqual([]);
  expect(await service.stop()).toBe(0);
}, 60_000);

test('a topic that has lost records which nobody has seen is refused', async () => {
  const { admin, kafka, topics } = orders.client;
  await new Playing(kafka, records.slice(0, 200)).done;
  const ends = await admin.fetchTopicOffsets(topics.commands);
  await admin.deleteTopicRecords({
    topic: topics.commands,
    partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
  });
  expect(await refusal()).toMatch(
    /begins at \d+, but only records below \d+ are finished \(truncated topic\?\)/,
  );
}, 60_000);

test('a topic that was made anew under the old epoch is refused', async () => {
  const { admin, topics } = orders.client;
  await admin.deleteTopics({ topics: [topics.commands] });
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic: topics.commands, numPartitions: 12, replicationFactor: 1 }],
  });
  expect(await refusal()).toMatch(/ends at 0, but records below \d+ are finished \(recreated topic\?\)/);
}, 60_000);
