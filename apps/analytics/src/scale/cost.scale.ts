import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { ReportQuery } from '../figures/report-query';
import { FilledFigures } from './filled-figures.spec-data';
import { dayAfter, type Spread } from './synthetic-facts.spec-data';
import { medians } from './windows.spec-data';

/*
 * Not a test: measures what a fact and a question cost, and prints tables. See docs/analytics.md.
 *   npm run test:int -- --testMatch '**\/*.scale.ts'
 */
jest.setTimeout(3_600_000);

const sizes = (process.env['WAYBILL_SCALE'] ?? '1000,10000,100000').split(',').map(Number);
const rounds = 9;
const spread: Spread = { partitions: 12, days: 60, provinces: 10, carriers: 3 };
const query = (more: Partial<ReportQuery>, days = spread.days): ReportQuery => ({
  report: 'orders',
  shop: 'demo-shop',
  from: dayAfter(0),
  to: dayAfter(days),
  bucket: 'day',
  groupBy: null,
  filters: {},
  asOf: dayAfter(days),
  ...more,
});

let connection: mongoose.Connection;
beforeAll(async () => {
  const dbName = `scale-${randomUUID().slice(0, 8)}`;
  connection = await mongoose.createConnection(process.env['MONGODB_URI'] ?? '', { dbName }).asPromise();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const print = (line: string) => process.stdout.write(`${line}\n`);
const cell = (value: string | number) =>
  typeof value === 'number' ? String(Number(value.toFixed(2))) : value;
function table(title: string, heads: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  print(`\n${title}\n`);
  for (const row of [heads, heads.map(() => '---'), ...rows]) print(`| ${row.map(cell).join(' | ')} |`);
}

it('what a fact and a question cost, by how many orders there are', async () => {
  const all: FilledFigures[] = [];
  for (const [i, orders] of sizes.entries()) {
    const started = performance.now();
    all.push(await FilledFigures.fill(connection, i + 1, orders, spread));
    print(`${orders} orders filled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  const batches = [1, 50];
  const facts = await medians(
    batches.flatMap((count) =>
      all.map((figures) => ({ name: `${figures.orders}/${count}`, run: () => figures.change(count) })),
    ),
    rounds,
  );
  table(
    'A fact',
    ['orders', 'alone, ms', 'in a batch of 50, ms each', 'rollups written by each'],
    all.map(({ orders, rollupsWritten }) => [
      orders,
      facts.get(`${orders}/1`) ?? 0,
      (facts.get(`${orders}/50`) ?? 0) / 50,
      rollupsWritten / ((rounds + 1) * (1 + 50)),
    ]),
  );
  const asked: Record<string, ReportQuery> = {
    'orders, total': query({ bucket: 'total' }),
    'orders by day': query({}),
    'orders by day and province': query({ groupBy: 'province_code' }),
    'shipments by carrier': query({ report: 'shipments', bucket: 'total', groupBy: 'carrier_reference' }),
    'delivery times, total': query({ report: 'delivery-times', bucket: 'total' }),
  };
  const lanes = Object.entries(asked).flatMap(([name, one]) =>
    all.map((figures) => ({ name: `${name}/${figures.orders}`, run: () => figures.ask(one) })),
  );
  const times = await medians(lanes, rounds);
  const rows = await Promise.all(
    Object.entries(asked).map(async ([name, one]) => [
      name,
      ...(await Promise.all(
        all.map(
          async (figures) =>
            `${(times.get(`${name}/${figures.orders}`) ?? 0).toFixed(1)} (${await figures.ask(one)})`,
        ),
      )),
    ]),
  );
  table('A question, ms (rollups read)', ['report', ...sizes.map((size) => `${size} orders`)], rows);
});

it('what a question costs, by buckets, groups and partitions', async () => {
  const orders = 12 * 60 * 10 * 3;
  const byPartitions = await Promise.all(
    [1, 3, 12].map(async (partitions) => ({
      partitions,
      figures: await FilledFigures.fill(connection, 100 + partitions, orders, { ...spread, partitions }),
    })),
  );
  const full = byPartitions.at(-1)?.figures;
  if (!full) throw new Error('no figures');
  const cases = [
    ...[15, 30, 60].map((days) => ({
      buckets: days,
      groups: 1,
      partitions: 12,
      figures: full,
      days,
      of: {},
    })),
    ...[15, 30, 60].map((days) => ({
      buckets: days,
      groups: 10,
      partitions: 12,
      figures: full,
      days,
      of: { groupBy: 'province_code' } as const,
    })),
    ...byPartitions.map(({ partitions, figures }) => ({
      buckets: 60,
      groups: 10,
      partitions,
      figures,
      days: 60,
      of: { groupBy: 'province_code' } as const,
    })),
  ].map((one, i) => ({ ...one, name: String(i), query: query(one.of, one.days) }));
  const times = await medians(
    cases.map(({ name, figures, query: asked }) => ({ name, run: () => figures.ask(asked) })),
    rounds,
  );
  const rows = await Promise.all(
    cases.map(async ({ name, buckets, groups, partitions, figures, query: asked }) => [
      buckets,
      groups,
      partitions,
      await figures.ask(asked),
      times.get(name) ?? 0,
    ]),
  );
  table('A question over 21,600 orders', ['buckets', 'groups', 'partitions', 'rollups read', 'ms'], rows);
});
