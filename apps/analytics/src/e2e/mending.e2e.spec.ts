import { canStartPrivateStack, waybillCli } from '@waybill/testing';
import { mongo } from 'mongoose';
import { january, orderFact } from './facts.spec-data';
import { RunningAnalytics } from './topics.spec-data';

jest.setTimeout(240_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const question = '/v1/shops/demo-shop/analytics/orders?from=2026-01-01&to=2026-02-01';

withStack('what an operator mends', () => {
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

  const row = async () => (await all.service.get<object[]>(question))[0];
  const settled = (generation = 1) =>
    all.until(async () => (await all.waiting(undefined, generation)) === 0, 'all facts are counted');
  const analytics = (...args: string[]) => waybillCli(all.stack, 'analytics', ...args);
  const accept = () => analytics('accept-gap', '--topic', 'orders.events', '--partition', '2');

  it('a partition that is held at a gap goes on when the gap is accepted, and says what is missing', async () => {
    await all.write([
      { partition: 2, value: orderFact('40001', 1, january(10)) },
      { partition: 2, value: orderFact('40001', 4, january(25)) },
      { partition: 3, value: orderFact('40002', 1, january(5)) },
    ]);
    await all.until(async () => (await analytics('status')).output.includes('is held'), 'it is held');
    const held = await analytics('status');
    expect(held.output).toMatch(
      /^orders\.events\/2 is held at 1 since .+: 2 facts \(numbers 2 to 3\) of .+ are missing$/m,
    );
    await all.until(async () => (await all.waiting()) === 1, 'the other partitions go on');
    expect(await row()).toMatchObject({ orders: 2, revenue: 15 });

    expect(await accept()).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 facts (numbers 2 to 3)'),
    });
    await settled();
    expect(await row()).toMatchObject({ orders: 2, revenue: 30 });
    expect(await all.service.metric('waybill_facts_missing_total', { topic: 'orders.events' })).toBe(2);
    expect(await accept()).toMatchObject({ code: 1, output: expect.stringContaining('no gap holds') });
    expect((await analytics('status')).output).toMatch(/^2 facts are missing for good$/m);
  });

  it('a second generation passes the same gap, and is equal', async () => {
    expect(await analytics('rebuild')).toMatchObject({
      code: 0,
      output: expect.stringContaining('generation 2 answers now'),
    });
    expect(await row()).toMatchObject({ orders: 2, revenue: 30 });
  });

  it('a database that was restored from a backup catches up with what its group has committed long ago', async () => {
    const names = (await db.listCollections().toArray()).map(({ name }) => name);
    const backup = await Promise.all(
      names.map(async (name) => ({
        name,
        // as they are stored: a sum must not come back as another kind of number
        documents: await db.collection(name).find({}, { promoteValues: false }).toArray(),
      })),
    );
    const later = Array.from({ length: 24 }, (_, i) => ({
      partition: i % 12,
      value: orderFact(`5${i}`, 1, january(1)),
    }));
    await all.write(later);
    await settled(2);
    expect(await row()).toMatchObject({ orders: 26 });
    await all.service.stop();
    for (const { name, documents } of backup) {
      await db.collection(name).deleteMany({});
      if (documents.length > 0) await db.collection(name).insertMany(documents);
    }

    await all.another();
    expect(all.service.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: expect.stringContaining('restored from a backup?') }),
    );
    const isWhole = async () => JSON.stringify(await row()).includes('"orders":26,');
    await all.until(isWhole, 'what the backup lacks is counted again');
    expect(await row()).toMatchObject({ orders: 26, revenue: 54 });
  });
});
