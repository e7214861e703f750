import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { ReportQuery } from '../figures/report-query';
import { FilledFigures } from './filled-figures.spec-data';
import { printTable } from './markdown-table.spec-data';
import { dayAfter, type Spread } from './synthetic-facts.spec-data';
import { medians } from './windows.spec-data';

/*
 * No test: measures what a fact and a question cost, and prints tables. See docs/analytics.md.
 *   npm run test:int -- --testMatch '**\/*.scale.ts'
 */
jest.setTimeout(3_600_000);

const sizes = (process.env['WAYBILL_SCALE'] ?? '1000,10000,100000').split(',').map(Number);
const rounds = 9;

const query = (days: number, more: Partial<ReportQuery>): ReportQuery => ({
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

describe('by how many orders there are', () => {
  // so few values that a thousand orders have all of them
  const spread: Spread = { partitions: 12, days: 20, provinces: 3, carriers: 2 };
  const all: FilledFigures[] = [];
  beforeAll(async () => {
    for (const [i, orders] of sizes.entries())
      all.push(await FilledFigures.fill(connection, i + 1, orders, spread));
  });

  it('what a fact costs', async () => {
    const batch = 50;
    const lanes = [1, batch].flatMap((count) =>
      all.map((figures) => ({ name: `${figures.orders}/${count}`, run: () => figures.change(count) })),
    );
    const times = await medians(lanes, rounds);
    printTable(
      'A fact',
      ['orders', 'alone, ms', `in a batch of ${batch}, ms each`, 'rollups written by each'],
      all.map(({ orders, rollupsWritten, factsTaken }) => [
        orders,
        times.get(`${orders}/1`) ?? 0,
        (times.get(`${orders}/${batch}`) ?? 0) / batch,
        rollupsWritten / factsTaken,
      ]),
    );
  });

  it('what a question costs', async () => {
    const asked = Object.entries({
      'orders, total': { bucket: 'total' },
      'orders by day': {},
      'orders by day and province': { groupBy: 'province_code' },
      'shipments by carrier': { report: 'shipments', bucket: 'total', groupBy: 'carrier_reference' },
      'delivery times, total': { report: 'delivery-times', bucket: 'total' },
    } as const).map(([name, more]) => ({ name, question: query(spread.days, more) }));
    const read = new Map<string, number>();
    const lanes = asked.flatMap(({ name, question }) =>
      all.map((figures) => {
        const lane = `${name}/${figures.orders}`;
        return { name: lane, run: async () => read.set(lane, await figures.ask(question)) };
      }),
    );
    const times = await medians(lanes, rounds);
    printTable(
      'A question, ms (rollups read)',
      ['report', ...sizes.map((size) => `${size} orders`)],
      asked.map(({ name }) => [
        name,
        ...sizes.map((size) => {
          const lane = `${name}/${size}`;
          return `${(times.get(lane) ?? 0).toFixed(1)} (${read.get(lane)})`;
        }),
      ]),
    );
  });
});

describe('by buckets, groups and partitions', () => {
  const spread: Spread = { partitions: 12, days: 40, provinces: 8, carriers: 1 };
  const orders = spread.partitions * spread.days * spread.provinces;
  const byPartitions = new Map<number, FilledFigures>();
  beforeAll(async () => {
    for (const partitions of [1, 3, spread.partitions])
      byPartitions.set(
        partitions,
        await FilledFigures.fill(connection, 100 + partitions, orders, { ...spread, partitions }),
      );
  });

  it('what a question costs', async () => {
    const cases = [
      ...[10, 20, 40].map((buckets) => ({ buckets, groups: 1, partitions: 12 })),
      ...[10, 20, 40].map((buckets) => ({ buckets, groups: spread.provinces, partitions: 12 })),
      ...[1, 3].map((partitions) => ({ buckets: 40, groups: spread.provinces, partitions })),
    ];
    const read = new Map<string, number>();
    const nameOf = (one: (typeof cases)[number]) => Object.values(one).join('/');
    const lanes = cases.map((one) => ({
      name: nameOf(one),
      run: async () => {
        const question = query(one.buckets, { groupBy: one.groups === 1 ? null : 'province_code' });
        read.set(nameOf(one), (await byPartitions.get(one.partitions)?.ask(question)) ?? 0);
      },
    }));
    const times = await medians(lanes, rounds);
    printTable(
      `A question over ${orders} orders`,
      ['buckets', 'groups', 'partitions', 'rollups read', 'ms'],
      cases.map((one) => [...Object.values(one), read.get(nameOf(one)) ?? 0, times.get(nameOf(one)) ?? 0]),
    );
  });
});
