import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { NewerVersionError } from './aggregate-store';
import { openEngineCollections } from './engine-collections';
import { MongoAggregateStore } from './mongo-aggregate-store';
import { MongoKeptStore } from './mongo-kept-store';
import { MongoPositionStore } from './mongo-position-store';
import { MongoRouteStore } from './mongo-route-store';
import { describeKeptStore, keptCommand } from './simulated/kept-store-suite';
import {
  describeAggregateStore,
  describePositionStore,
  describeRouteStore,
  stored,
} from './simulated/store-suite';

let connection: mongoose.Connection;

beforeAll(async () => {
  connection = await mongoose
    .createConnection(process.env['MONGODB_URI'] ?? '', { dbName: `engine-${randomUUID().slice(0, 8)}` })
    .asPromise();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const collections = () => openEngineCollections(connection, `aggregates-${randomUUID()}`);

describe('aggregates on MongoDB', () => {
  describeAggregateStore(async () => new MongoAggregateStore((await collections()).aggregates, 1));

  it('does not touch a document of a newer version', async () => {
    const { aggregates } = await collections();
    await new MongoAggregateStore(aggregates, 2).write([
      { document: stored('a', 1, { version: 2 }), expectedRev: 0 },
    ]);
    await expect(new MongoAggregateStore(aggregates, 1).load(['a'])).rejects.toThrow(NewerVersionError);
  });
});

it.each([
  {
    what: 'goes some day',
    parked: { numbering: 'orders.commands/3/40,0', since: 'orders.commands/3/40', first: 5, next: 5 },
    expires: true,
  },
  {
    what: 'stays while commands are parked for it',
    parked: { numbering: 'orders.commands/3/40,0', since: 'orders.commands/3/40', first: 2, next: 5 },
    expires: false,
  },
])('a shell $what', async ({ parked, expires }) => {
  const { aggregates } = await collections();
  const document = stored('a', 1, { state: null, parked });
  await new MongoAggregateStore(aggregates, 1).write([{ document, expectedRev: 0 }]);
  expect((await aggregates.findOne({ _id: 'a' }))?.expires !== undefined).toBe(expires);
});

it.each([0, 1])('a bulk that failed as a whole is no success: expected revision %i', async (expectedRev) => {
  const { aggregates } = await collections();
  const broken = Object.assign(new Error('connection closed'), { code: undefined, writeErrors: [] });
  jest.spyOn(aggregates, 'bulkWrite').mockRejectedValue(broken);
  const store = new MongoAggregateStore(aggregates, 1);
  await expect(store.write([{ document: stored('a', expectedRev + 1), expectedRev }])).rejects.toThrow(
    broken,
  );
});

describe('routes on MongoDB', () => {
  describeRouteStore(async () => {
    const { routes } = await collections();
    await routes.deleteMany({});
    return new MongoRouteStore(routes, 60_000);
  });

  it('does not let a producer that gives all its messages one id fill a document', async () => {
    const { routes } = await collections();
    const store = new MongoRouteStore(routes, 60_000);
    const request = { message: 'always the same', found: null, stage: 'late' as const, last: true };
    for (let batch = 0; batch < 3; batch++) {
      const records = Array.from({ length: 500 }, (_, i) => ({ ...request, record: `r${batch}-${i}` }));
      const decisions = await store.decide(records);
      expect(new Set(decisions.map(({ kind }) => kind))).toEqual(new Set(['refused']));
    }
    expect((await routes.findOne({ _id: request.message }))?.refused).toHaveLength(1000);
  }, 60_000);
});

describe('positions on MongoDB', () => {
  describePositionStore(async () => {
    const { positions } = await collections();
    await positions.deleteMany({});
    return new MongoPositionStore(positions);
  });
});

describe('kept commands on MongoDB', () => {
  describeKeptStore(async () => {
    const { kept } = await collections();
    await kept.deleteMany({});
    return new MongoKeptStore(kept);
  });
  it('lets an end pass away only once it was told', async () => {
    const { kept } = await collections();
    const store = new MongoKeptStore(kept);
    const command = keptCommand('to be told');
    await store.keep(command, 9);
    await store.mark(command, 'expired');
    expect(await kept.findOne({ _id: command.identity })).not.toHaveProperty('removeAt');
    await store.told(command);
    expect(await kept.findOne({ _id: command.identity })).toMatchObject({
      told: true,
      removeAt: expect.any(Date),
    });
  });
});
