import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { Gap } from './apply-batch';
import type { Comparison } from './comparison';
import { GapBook } from './gap-book';
import { countedGenerations, GenerationBook, type Rebuild } from './generation-book';
import { dropCollections, openGeneration, storedGenerations } from './generation';
import { partFact } from './sample-subject.spec-data';

let connection: mongoose.Connection;
let book: GenerationBook;

beforeEach(async () => {
  connection = await mongoose
    .createConnection(process.env['MONGODB_URI'] ?? '', { dbName: `analytics-${randomUUID().slice(0, 8)}` })
    .asPromise();
  book = new GenerationBook(connection);
  await book.open();
});
afterEach(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const generations = () => connection.collection<{ _id: string }>('generations');
/** As the command line asks for one. */
const ask = (more: Partial<Rebuild> = {}) => {
  const rebuild: Rebuild = {
    number: 2,
    stage: 'filling',
    by: 'somebody',
    at: new Date(0),
    evenIfDifferent: false,
    ...more,
  };
  return generations().updateOne({ _id: 'analytics' }, { $set: { last: 2, rebuild } });
};
const result: Comparison = { reports: [], differingPages: 0, differences: [] };

it('begins with one generation, and opening it again changes nothing', async () => {
  expect(await book.read()).toEqual({ _id: 'analytics', live: 1, last: 1 });
  await generations().updateOne({ _id: 'analytics' }, { $set: { live: 4, last: 6 } });
  expect(await book.open()).toEqual({ _id: 'analytics', live: 4, last: 6 });
});

it('gives the work to one instance until it is silent for too long', async () => {
  expect(await book.takeWork('a')).toBe(true);
  expect(await book.takeWork('b')).toBe(false);
  expect(await book.takeWork('a')).toBe(true);
  await generations().updateOne({ _id: 'analytics' }, { $set: { 'worker.until': new Date(Date.now() - 1) } });
  expect(await book.takeWork('b')).toBe(true);
  expect(await book.takeWork('a')).toBe(false);
});

it('switches from the comparison alone, and only from the generation that was compared', async () => {
  await ask();
  expect(await book.switchTo(2, 1, result)).toBe(false);
  expect(await book.enter({ number: 2, stage: 'filling' }, 'comparing')).toBe(true);
  expect(await book.enter({ number: 2, stage: 'filling' }, 'comparing')).toBe(false);
  expect(await book.pause(2, { until: new Date(5), cut: [{ stream: 's', next: 7 }] })).toBe(true);
  expect(countedGenerations(await book.read())).toEqual([1, 2]);
  expect(await book.switchTo(2, 3, result)).toBe(false);
  expect(await book.switchTo(3, 1, result)).toBe(false);
  expect((await book.read()).rebuild?.pause).toEqual({ until: new Date(5), cut: [{ stream: 's', next: 7 }] });
  expect(await book.switchTo(2, 1, result)).toBe(true);
  const switched = await book.read();
  expect(switched).toMatchObject({ live: 2, retired: [1], rebuild: { stage: 'switched', result } });
  expect(switched.rebuild).not.toHaveProperty('pause');
  expect(countedGenerations(switched)).toEqual([2]);
  expect(await book.switchTo(2, 1, result)).toBe(false);
  expect(await book.pause(2, { until: new Date(9), cut: [] })).toBe(false);
});

it('ends the pause when figures differ, and counts into the live generation alone', async () => {
  await ask({ stage: 'comparing', pause: { until: new Date(5), cut: [] } });
  expect(await book.enter({ number: 2, stage: 'comparing' }, 'different', result)).toBe(true);
  const different = await book.read();
  expect(different).toMatchObject({ live: 1, rebuild: { stage: 'different', result } });
  expect(different.rebuild).not.toHaveProperty('pause');
  expect(countedGenerations(different)).toEqual([1]);
});

it('throws away nothing that answers or is being built', async () => {
  await ask({ stage: 'different' });
  expect(await book.retire([1])).toBe(false);
  expect(await book.retire([2])).toBe(false);
  expect(await book.retire([3, 7])).toBe(true);
  expect(await book.dropped(3)).toBe(true);
  expect((await book.read()).retired).toEqual([7]);
});

it('finds the collections of generations by number, and drops those of one', async () => {
  await Promise.all([1, 11].map((number) => openGeneration(connection, number)));
  await connection.createCollection('gaps');
  expect((await storedGenerations(connection)).toSorted((a, b) => a - b)).toEqual([1, 11]);
  await dropCollections(connection, 1);
  expect(await storedGenerations(connection)).toEqual([11]);
  await dropCollections(connection, 1);
});

it('remembers a gap, and which one was accepted', async () => {
  const gaps = new GapBook(connection);
  const fact = partFact('a/1', 5, 17, { place: 'quay', day: '2026-01-10', minor: 1 });
  const gap: Gap = { fact, expected: 4 };
  expect(await gaps.isAccepted('s', gap)).toBe(false);
  expect(await gaps.isAccepted('s', gap)).toBe(false);
  const stored = connection.collection('gaps');
  const { topic, partition, offset, aggregateId } = fact;
  expect(await stored.find().toArray()).toMatchObject([
    { topic, partition, offset, aggregateId, expected: 4, got: 5 },
  ]);
  await stored.updateOne({}, { $set: { accepted: { by: 'somebody', at: new Date() } } });
  expect(await gaps.isAccepted('s', gap)).toBe(true);
  expect(await gaps.isAccepted('s', { fact, expected: 3 })).toBe(false);
  expect(await gaps.isAccepted('other', gap)).toBe(false);
});
