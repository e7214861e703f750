import { setTimeout as pause } from 'node:timers/promises';
import { AnalyticsService, canStartPrivateStack, waybillCli } from '@waybill/testing';
import { mongo } from 'mongoose';
import { RunningCommand } from './command-line.spec-data';
import { january, orderFact } from './facts.spec-data';
import { RunningAnalytics, serviceEnv, type Written } from './topics.spec-data';

jest.setTimeout(300_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const question = '/v1/shops/demo-shop/analytics/orders?from=2026-01-01&to=2026-02-01';
const inTheBeginning = 360;

interface Row {
  readonly orders: number;
  readonly revenue: number;
}

withStack('figures that are counted again while they answer', () => {
  let all: RunningAnalytics;
  let other: AnalyticsService;
  let client: mongo.MongoClient;
  let db: mongo.Db;
  let written = 0;

  beforeAll(async () => {
    all = await RunningAnalytics.start();
    other = await AnalyticsService.start(all.stack, serviceEnv);
    client = await new mongo.MongoClient(all.stack.mongoUri).connect();
    db = client.db('analytics');
  });
  afterAll(async () => {
    await other?.kill();
    await client?.close();
    await all?.end();
  });

  /** Each order is worth 10. */
  const write = async (count: number) => {
    const facts: Written[] = Array.from({ length: count }, () => {
      const number = written++;
      return { partition: number % 12, value: orderFact(`3${number}`, 1, january(10)) };
    });
    await all.write(facts);
  };
  const rowOf = async (service: AnalyticsService) => (await service.get<Row[]>(question))[0];
  const counted = (generation: number) =>
    all.until(async () => (await all.waiting(undefined, generation)) === 0, `${generation} counts all`);
  const rebuild = (...args: string[]) => waybillCli(all.stack, 'analytics', 'rebuild', ...args);
  const left = async (generation: number) => {
    const { groups } = await all.client.admin.listGroups();
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    return [
      ...collections.map(({ name }) => name).filter((name) => name.startsWith(`g${generation}_`)),
      ...groups.map(({ groupId }) => groupId).filter((id) => id === `analytics.g${generation}`),
    ];
  };

  it('goes on when its command is killed, beside facts that flow in, and ends with equal figures', async () => {
    await write(inTheBeginning);
    await counted(1);

    // nobody works on it, so the command is killed in the middle of the work for certain
    for (const service of [all.service, other]) service.freeze();
    const killed = new RunningCommand(all.stack, 'analytics', 'rebuild');
    await all.until(async () => killed.output.includes('generation 2'), 'the rebuild is begun');
    const refused = await rebuild();
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/generation 2 is being built since 20.+ \(process \d+\) watches it/);
    await killed.kill();
    for (const service of [all.service, other]) service.thaw();

    const flow = { isOn: true, answers: 0 };
    const flowing = (async () => {
      // as fast as they come, not as fast as they can be written
      for (; flow.isOn; await pause(250)) await write(4);
    })();
    const asking = (async () => {
      for (let least = inTheBeginning; flow.isOn; flow.answers += 1) {
        const { orders, revenue } = (await rowOf(all.service)) ?? { orders: 0, revenue: 0 };
        // never fewer than before, never more than there are, and each worth the same
        expect(orders).toBeGreaterThanOrEqual(least);
        expect(orders).toBeLessThanOrEqual(written);
        expect(revenue).toBe(orders * 10);
        least = orders;
      }
    })();
    // an instance that dies on the way is no reason to stop either
    await other.kill();
    other = await AnalyticsService.start(all.stack, serviceEnv);
    let again = await rebuild();
    while (again.output.includes('watches it')) again = await rebuild();
    flow.isOn = false;
    await Promise.all([flowing, asking]);

    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain('goes on with generation 2');
    expect(again.output).toMatch(/^orders +([0-9a-f]{64}) +\1 +equal$/m);
    expect(again.output).toMatch(/^claims +([0-9a-f]{64}) +\1 +equal$/m);
    expect(flow.answers).toBeGreaterThan(0);
    expect(await db.collection('generations').findOne()).toMatchObject({ live: 2, retired: [] });
    expect(await left(1)).toEqual([]);
    await counted(2);
    for (const service of [all.service, other])
      expect(await rowOf(service)).toMatchObject({ orders: written, revenue: written * 10 });
  });

  it('finds one measure that was changed, changes nothing, and heals it when told to', async () => {
    const rollups = db.collection('g2_rollups');
    const planted = { 'cell.report': 'orders', viewKind: 'all', groupKind: 'none' };
    await rollups.updateOne(planted, { $inc: { 'sums.revenue': 1 } });
    const different = await rebuild();
    expect(different.code).toBe(1);
    expect(different.output).toMatch(/^orders +[0-9a-f]{64} +[0-9a-f]{64} +DIFFERENT$/m);
    expect(different.output).toMatch(/^shipments +([0-9a-f]{64}) +\1 +equal$/m);
    const minor = written * 1000;
    const cell = new RegExp(
      `^demo-shop 2026-01-10 orders all none EUR .*  revenue +${minor + 1} +${minor}$`,
      'm',
    );
    expect(different.output).toMatch(cell);
    expect(await db.collection('generations').findOne()).toMatchObject({
      live: 2,
      rebuild: { number: 3, stage: 'different' },
    });
    expect(await left(3)).toContain('g3_rollups');
    expect(await rowOf(all.service)).toMatchObject({ revenue: written * 10 + 0.01 });

    const healed = await rebuild('--even-if-different');
    expect(healed).toMatchObject({ code: 0, output: expect.stringContaining('generation 3 answers now') });
    expect(await rowOf(all.service)).toMatchObject({ revenue: written * 10 });
    expect(await left(2)).toEqual([]);
  });

  it('throws away what was built when the rebuild is given up', async () => {
    for (const service of [all.service, other]) service.freeze();
    const interrupted = new RunningCommand(all.stack, 'analytics', 'rebuild');
    await all.until(async () => interrupted.output.includes('generation 4'), 'the rebuild is begun');
    expect(await interrupted.kill('SIGINT')).toBe(130);
    expect(interrupted.output).toContain('the rebuild goes on');
    expect(await rebuild('--cancel')).toMatchObject({ code: 0 });
    for (const service of [all.service, other]) service.thaw();
    const isGone = async () => (await db.collection('generations').findOne())?.['retired'].length === 0;
    await all.until(isGone, 'it is thrown away');
    expect(await left(4)).toEqual([]);
    expect(await rowOf(all.service)).toMatchObject({ orders: written });
  });
});
