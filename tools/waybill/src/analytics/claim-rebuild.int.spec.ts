import { mongoUri, uniqueName } from '@waybill/testing';
import { mongo } from 'mongoose';
import { cancelRebuild, claimRebuild, keepWatching, stopWatching } from './claim-rebuild';
import { AnalyticsDatabase, type Rebuild } from './generations';

let client: mongo.MongoClient;
let db: mongo.Db;
let database: AnalyticsDatabase;

beforeEach(async () => {
  client = await new mongo.MongoClient(mongoUri()).connect();
  db = client.db(uniqueName('claim-rebuild'));
  database = new AnalyticsDatabase(db);
});
afterEach(async () => {
  await db.dropDatabase();
  await client.close();
});

const live = () => database.generations.insertOne({ _id: 'analytics', live: 1, last: 1 });
/** What the service, or time, does to the rebuild. */
const turn = (change: Partial<Rebuild>) =>
  database.generations.updateOne(
    { _id: 'analytics' },
    { $set: Object.fromEntries(Object.entries(change).map(([name, value]) => [`rebuild.${name}`, value])) },
  );
const miss = (by: string) => turn({ watch: { by, until: new Date(Date.now() - 1) } });
const rebuild = async () => (await database.read()).rebuild;

it('has nothing to do where no service has run', async () => {
  await expect(claimRebuild(database, 'ada', false)).rejects.toThrow(/no analytics service has run/);
});

it('is begun once, by one of two who ask at the same time', async () => {
  await live();
  const asked = await Promise.allSettled(['ada', 'bob'].map((by) => claimRebuild(database, by, false)));
  const [won] = asked.filter(({ status }) => status === 'fulfilled');
  expect(won).toMatchObject({ value: { number: 2, isResumed: false } });
  const [lost] = asked.filter(({ status }) => status === 'rejected');
  const { by = '', at } = (await rebuild()) ?? {};
  expect(String((lost as PromiseRejectedResult).reason)).toContain(
    `generation 2 is being built since ${at?.toISOString()}, and ${by} watches it`,
  );
  expect(await database.read()).toMatchObject({ live: 1, last: 2, rebuild: { number: 2, stage: 'filling' } });
});

it('is watched on by the next one when the first is gone, and refused to the first from then on', async () => {
  await live();
  await claimRebuild(database, 'ada', true);
  expect(await keepWatching(database, 2, 'ada')).toBe(true);
  await expect(claimRebuild(database, 'bob', false)).rejects.toThrow(/ada watches it/);
  await miss('ada');
  expect(await claimRebuild(database, 'bob', false)).toEqual({ number: 2, isResumed: true });
  expect(await keepWatching(database, 2, 'ada')).toBe(false);
  // what one operator wanted in spite of a difference, the other one does not want
  expect(await rebuild()).toMatchObject({ by: 'ada', evenIfDifferent: false, stage: 'filling' });
  await stopWatching(database, 2, 'bob', false);
  expect(await claimRebuild(database, 'eve', false)).toMatchObject({ isResumed: true });
});

it('is compared again after a difference', async () => {
  await live();
  await claimRebuild(database, 'ada', false);
  await turn({ stage: 'different', result: { reports: [], differingPages: 1, differences: [] } });
  await stopWatching(database, 2, 'ada', true);
  expect(await claimRebuild(database, 'ada', true)).toEqual({ number: 2, isResumed: true });
  expect(await rebuild()).toMatchObject({ stage: 'filling', evenIfDifferent: true });
  expect(await rebuild()).not.toHaveProperty('result');
  // the end of this one has not been told yet
  await turn({ stage: 'switched' });
  await miss('ada');
  expect(await claimRebuild(database, 'ada', false)).toEqual({ number: 2, isResumed: true });
});

it('is told how it ended before the next one is begun', async () => {
  await live();
  await claimRebuild(database, 'ada', false);
  await miss('ada');
  await turn({ stage: 'switched' });
  expect(await claimRebuild(database, 'bob', false)).toEqual({ number: 2, isResumed: true });
  expect(await rebuild()).toMatchObject({ stage: 'switched' });
  await stopWatching(database, 2, 'bob', true);
  expect(await claimRebuild(database, 'bob', false)).toEqual({ number: 3, isResumed: false });
});

it('is given up by nobody while somebody watches, and never when it answers', async () => {
  await live();
  await expect(cancelRebuild(database)).rejects.toThrow(/no rebuild is under way/);
  await claimRebuild(database, 'ada', false);
  await expect(cancelRebuild(database)).rejects.toThrow(/ada watches it/);
  await stopWatching(database, 2, 'ada', false);
  expect(await cancelRebuild(database)).toBe(2);
  expect(await database.read()).toMatchObject({ live: 1, last: 2, retired: [2] });
  expect(await rebuild()).toBeUndefined();

  expect(await claimRebuild(database, 'ada', false)).toMatchObject({ number: 3 });
  await stopWatching(database, 3, 'ada', false);
  await turn({ stage: 'switched' });
  await database.generations.updateOne({}, { $set: { live: 3 } });
  await expect(cancelRebuild(database)).rejects.toThrow(/no rebuild is under way/);
});
