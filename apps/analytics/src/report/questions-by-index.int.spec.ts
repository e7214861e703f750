import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { ask, claimFact, orderFact } from '../figures/figures.samples.spec-data';
import { januaryClaim, januaryOrders } from '../figures/january.spec-data';
import { dimensions, queryIssues, type ReportQuery, reports } from '../figures/report-query';
import { cellsWanted } from '../figures/report-ranges';
import { applyBatch } from '../projection/apply-batch';
import { type Generation, openGeneration } from '../projection/generation';
import { databaseOf } from '../projection/mongo-stores';

let connection: mongoose.Connection;
let generation: Generation;

interface Find {
  readonly find: string;
  readonly filter: object;
  readonly projection?: object;
}
interface Explained {
  readonly executionStats: { readonly nReturned: number; readonly totalDocsExamined: number };
}

const finds: Find[] = [];

beforeAll(async () => {
  connection = await mongoose
    .createConnection(process.env['MONGODB_URI'] ?? '', {
      dbName: `analytics-${randomUUID().slice(0, 8)}`,
      monitorCommands: true,
    })
    .asPromise();
  generation = await openGeneration(connection, 1);
  const facts = januaryOrders.map((order, offset) => ({ ...orderFact(order), offset }));
  await applyBatch(generation.orders, 'orders', facts);
  await applyBatch(generation.claims, 'claims', [claimFact(januaryClaim)]);
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'find') finds.push(command as unknown as Find);
  });
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const filters = [{}, { segment: 'b2b' }, { carrier: 'dhl' }, { country: 'DE', phase: 'delivered' }];
const questions: ReportQuery[] = reports.flatMap((report) =>
  [null, ...dimensions].flatMap((groupBy) =>
    filters.map((filter) => ask({ report, groupBy, filters: filter, from: '2026-01-05', to: '2026-01-18' })),
  ),
);

describe('a question to the database', () => {
  it.each(reports)('of %s looks at nothing that it does not need', async (report) => {
    finds.length = 0;
    for (const query of questions.filter((one) => one.report === report && queryIssues(one).length === 0))
      await Promise.all(cellsWanted(query).map((range) => generation.rollups.read(range)));
    expect(finds.length).toBeGreaterThan(10);
    for (const { find, filter, projection } of finds) {
      const { executionStats } = (await databaseOf(connection).command({
        explain: { find, filter, projection },
        verbosity: 'executionStats',
      })) as unknown as Explained;
      expect({ filter, looked: executionStats.totalDocsExamined }).toEqual({
        filter,
        looked: executionStats.nReturned,
      });
    }
  });
});
