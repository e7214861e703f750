import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { CellRange } from '../figures/report-query';
import { openGeneration } from './generation';
import type { Generations } from './generations';
import { LiveFigures } from './live-figures';
import { cellOf } from './sample-subject.spec-data';

let connection: mongoose.Connection;

beforeAll(async () => {
  connection = await mongoose
    .createConnection(process.env['MONGODB_URI'] ?? '', { dbName: `analytics-${randomUUID().slice(0, 8)}` })
    .asPromise();
  for (const number of [1, 2]) {
    const { rollups } = await openGeneration(connection, number);
    const measures = { orders: BigInt(number) };
    const cell = cellOf('quay', '2026-01-10');
    await rollups.add([{ stream: 's', cell, measures, expectedOffset: null, offset: 0 }]);
  }
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const range: CellRange = {
  shop: 'demo-shop',
  report: 'orders',
  viewKind: 'all',
  view: null,
  groupKind: 'none',
  from: '2026-01-10',
  to: '2026-01-11',
};

/** @param live what the document says, look by look; the last one for ever */
async function read(live: number[]): Promise<bigint[]> {
  const looks = [...live];
  const book = { read: () => Promise.resolve({ live: looks.length > 1 ? looks.shift() : looks[0] }) };
  const figures = new LiveFigures(connection, { book } as unknown as Generations);
  const found = await figures.read([range, range]);
  return found.map(({ measures }) => measures['orders'] ?? 0n);
}

it.each([
  { what: 'of the live generation', live: [1], read: [1n, 1n] },
  { what: 'again when another one is live afterwards', live: [1, 2], read: [2n, 2n] },
  { what: 'again for as long as they change', live: [1, 2, 1, 2, 2], read: [2n, 2n] },
])('reads all ranges $what', async ({ live, read: wanted }) => {
  expect(await read(live)).toEqual(wanted);
});

it('gives up when they never stop changing', async () => {
  await expect(read(Array.from({ length: 20 }, (_, i) => (i % 2) + 1))).rejects.toThrow(/change too fast/);
});

it('is not there before the service has started', async () => {
  const figures = new LiveFigures(connection, { book: undefined } as Generations);
  await expect(figures.read([range])).rejects.toThrow(/starting/);
});
