import { canStartPrivateStack } from '@waybill/testing';
import { mongo } from 'mongoose';
import { january, orderFact } from './facts.spec-data';
import { RunningAnalytics, type Written } from './topics.spec-data';

jest.setTimeout(240_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const orders = 120;
const changes = 3;

withStack('a service that is killed over and over', () => {
  let all: RunningAnalytics;
  let client: mongo.MongoClient;
  let db: mongo.Db;
  beforeAll(async () => {
    all = await RunningAnalytics.start();
    client = await new mongo.MongoClient(all.stack.mongoUri).connect();
    db = client.db('analytics');
  });
  afterAll(async () => {
    await client?.close();
    await all?.end();
  });

  const facts: Written[] = Array.from({ length: orders * changes }, (_, i) => {
    const number = i % orders;
    const sequence = Math.floor(i / orders) + 1;
    return { partition: number % 12, value: orderFact(`2${number}`, sequence, january(sequence * 10)) };
  });

  /** From then on a batch gets no further than to the first of its two writes. */
  const refuseSubjects = (isRefused: boolean) =>
    db.command({
      collMod: 'g1_subjects_orders',
      validator: isRefused ? { $jsonSchema: { required: ['what none of them has'] } } : {},
    });
  /** Rollups that have facts which their subjects do not have: what a crash between the writes leaves behind. */
  const halfWritten = async () => {
    const positions = await db.collection<{ _id: string; next: number }>('g1_positions').find().toArray();
    const next = new Map(positions.map((position) => [position._id, position.next]));
    const rollups = await db.collection<{ _id: string; offset: number }>('g1_rollups').find().toArray();
    return rollups.filter(({ _id, offset }) => offset >= (next.get(_id.split(' ', 1)[0] ?? '') ?? 0)).length;
  };

  it('in the middle of its batches, counts every order once, as it is in the end', async () => {
    await all.write([{ partition: 0, value: orderFact('2', 1, january(1)) }]);
    await all.until(async () => (await all.waiting()) === 0, 'the first fact is counted');
    for (let change = 0; change < changes; change++) {
      await refuseSubjects(true);
      await all.write(facts.slice(change * orders, (change + 1) * orders));
      await all.until(async () => (await halfWritten()) > 0, 'a batch is between its two writes');
      await all.service.kill();
      expect(await halfWritten()).toBeGreaterThan(0);
      expect(await all.waiting()).toBeGreaterThan(0);
      await refuseSubjects(false);
      await all.another();
    }
    await all.until(async () => (await all.waiting()) === 0, 'all facts are counted');
    expect(await halfWritten()).toBe(0);
    const path = '/v1/shops/demo-shop/analytics/orders?from=2026-01-01&to=2026-02-01';
    const revenue = orders * changes * 10 + 1;
    expect(await all.service.get(path)).toMatchObject([{ orders: orders + 1, revenue }]);
  });
});
