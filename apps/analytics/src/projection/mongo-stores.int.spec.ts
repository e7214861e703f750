import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { MongoPositionStore } from './mongo-positions';
import { MongoRollupStore, MongoSubjectStore } from './mongo-stores';
import { describePositionStore, describeRollupStore, describeSubjectStore } from './store-suite.spec-data';

let connection: mongoose.Connection;

beforeAll(async () => {
  connection = await mongoose
    .createConnection(process.env['MONGODB_URI'] ?? '', { dbName: `analytics-${randomUUID().slice(0, 8)}` })
    .asPromise();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

describe('subjects on MongoDB', () => {
  describeSubjectStore(() => Promise.resolve(new MongoSubjectStore(connection, `subjects-${randomUUID()}`)));
});
describe('rollups on MongoDB', () => {
  describeRollupStore(async () => {
    const store = new MongoRollupStore(connection, `rollups-${randomUUID()}`);
    await store.makeIndexes();
    return store;
  });
});
describe('positions on MongoDB', () => {
  describePositionStore(() =>
    Promise.resolve(new MongoPositionStore(connection, `positions-${randomUUID()}`)),
  );
});
