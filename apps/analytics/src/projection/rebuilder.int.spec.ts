import { randomUUID } from 'node:crypto';
import type { Fact } from '@waybill/messaging';
import mongoose from 'mongoose';
import { applyBatch } from './apply-batch';
import { type Generation, openGeneration, storedGenerations } from './generation';
import { countedGenerations, GenerationBook, type Rebuild } from './generation-book';
import { MongoSubjectStore } from './mongo-stores';
import { pausedFrom } from './pause';
import { Rebuilder } from './rebuilder';
import { type Crate, crateSubject, partFact } from './sample-subject.spec-data';

jest.setTimeout(60_000);

const partitions = ['here/t@1/0', 'here/t@1/1'] as const;
type Stream = (typeof partitions)[number];

let connection: mongoose.Connection;
let book: GenerationBook;
let rebuilder: Rebuilder;
let members: Record<string, number>;
let log: Record<Stream, Fact[]>;
let openedAlready: Map<number, Promise<Generation>>;

beforeEach(async () => {
  connection = await mongoose
    .createConnection(process.env['MONGODB_URI'] ?? '', { dbName: `analytics-${randomUUID().slice(0, 8)}` })
    .asPromise();
  book = new GenerationBook(connection);
  await book.open();
  members = {};
  openedAlready = new Map();
  log = { 'here/t@1/0': [], 'here/t@1/1': [] };
  rebuilder = new Rebuilder({
    connection,
    book,
    admin: {
      describeGroups: ([group = '']) =>
        Promise.resolve({ groups: [{ members: Array.from({ length: members[group] ?? 0 }) }] } as never),
      deleteGroups: () =>
        Promise.reject(Object.assign(new Error(), { groups: [{ error: { type: 'GROUP_ID_NOT_FOUND' } }] })),
    },
    isCurrent: (stream) => stream.startsWith('here/'),
    log: { info: () => undefined },
  });
});
afterEach(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const write = (count: number) => {
  for (let i = 0; i < count; i++) {
    const stream = partitions[i % 2] ?? partitions[0];
    const offset = log[stream].length;
    const place = offset % 3 === 0 ? 'hold' : 'quay';
    log[stream].push(partFact(`${stream}#${offset}`, 1, offset, { place, day: '2026-01-10', minor: offset }));
  }
};

/** A generation of crates. */
async function projectionOf(number: number) {
  const opened = openedAlready.get(number) ?? openGeneration(connection, number);
  openedAlready.set(number, opened);
  const { rollups, positions } = await opened;
  const subjects = new MongoSubjectStore<Crate>(connection, `g${number}_subjects_crates`);
  return { projection: { subject: crateSubject, subjects, rollups }, positions };
}

/** Counts at most `size` records of each partition into each generation that the document names, as far as it allows. */
async function countOnce(size: number): Promise<void> {
  const document = await book.read();
  for (const number of countedGenerations(document)) {
    const { projection, positions } = await projectionOf(number);
    const counted = await positions.load();
    for (const stream of partitions) {
      const next = counted.get(stream) ?? 0;
      const end = Math.min(next + size, pausedFrom(document.rebuild?.pause, stream, Date.now()));
      const batch = log[stream].slice(next, end);
      if (batch.length === 0) continue;
      await applyBatch(projection, stream, batch);
      await positions.save(stream, next + batch.length);
    }
  }
}

/** Works and counts beside it until the rebuild has come to one of these stages. */
async function until(...stages: Rebuild['stage'][]): Promise<Rebuild> {
  for (let turn = 0; turn < 400; turn++) {
    const document = await book.read();
    if (document.rebuild && stages.includes(document.rebuild.stage)) return document.rebuild;
    const state = { isOver: false };
    const working = rebuilder.work(document).finally(() => (state.isOver = true));
    do {
      await countOnce(40);
      if (turn < 40) write(2);
    } while (!state.isOver);
    await working;
  }
  throw new Error(`not ${stages.join(' or ')}: ${JSON.stringify(await book.read())}`);
}

const ask = (more: Partial<Rebuild> = {}) => {
  const rebuild: Rebuild = {
    number: 2,
    stage: 'filling',
    by: 'ada',
    at: new Date(),
    evenIfDifferent: false,
    ...more,
  };
  return connection
    .collection<{ _id: string }>('generations')
    .updateOne({ _id: 'analytics' }, { $set: { last: 2, rebuild } });
};

it('fills, compares at one point while facts go on coming, switches, and drops the old one once it is left', async () => {
  write(600);
  await countOnce(Infinity);
  await ask();
  members['analytics.g1'] = 1;
  const { result } = await until('switched');
  expect(result?.reports.map(({ live, rebuilt }) => live === rebuilt)).not.toContain(false);
  // of something: the hash of nothing is equal, too
  expect(new Set(result?.reports.map(({ live }) => live)).size).toBe(2);
  const switched = await book.read();
  expect(switched).toMatchObject({ live: 2, retired: [1] });
  await rebuilder.work(switched);
  expect(await storedGenerations(connection)).toContain(1);
  members['analytics.g1'] = 0;
  await rebuilder.work(switched);
  expect(await storedGenerations(connection)).toEqual([2]);
  expect(await book.read()).toMatchObject({ live: 2, retired: [] });
});

it('does not wait for what only a topic of the past held', async () => {
  write(100);
  await countOnce(Infinity);
  const { positions } = await projectionOf(1);
  await positions.save('gone/t@1/0', 10_000);
  await ask();
  expect((await until('switched', 'different')).stage).toBe('switched');
});

it('ends with a difference, and with the new one all the same when told so', async () => {
  write(100);
  await countOnce(Infinity);
  const rollups = connection.collection('g1_rollups');
  await rollups.updateOne(
    { 'cell.facets.country': 'hold' },
    { $inc: { 'sums.crates': mongoose.mongo.Long.fromInt(1) } },
  );
  await ask();
  const { result } = await until('switched', 'different');
  expect(await book.read()).toMatchObject({ live: 1, rebuild: { stage: 'different' } });
  expect(result?.differences).toMatchObject([{ report: 'orders', measure: 'crates' }]);
  expect(await storedGenerations(connection)).toHaveLength(2);
  await ask({ evenIfDifferent: true });
  expect((await until('switched', 'different')).stage).toBe('switched');
  expect(await book.read()).toMatchObject({ live: 2, retired: [1] });
});

it('comes to where somebody has died between the two writes of a batch', async () => {
  write(100);
  await countOnce(30);
  await ask();
  const { projection } = await projectionOf(1);
  const dying = {
    ...projection,
    subjects: {
      load: projection.subjects.load.bind(projection.subjects),
      write: () => Promise.reject(new Error('it died')),
    } as unknown as typeof projection.subjects,
  };
  const stream = partitions[0];
  await expect(applyBatch(dying, stream, log[stream].slice(30, 45))).rejects.toThrow('it died');
  // held where they stand, so that nobody has mended it before
  await ask({
    stage: 'comparing',
    pause: { until: new Date(Date.now() + 60_000), cut: [{ stream, next: 30 }] },
  });
  expect((await until('switched', 'different')).stage).toBe('switched');
});

it('leaves the stage when the rebuild is given up during the comparison', async () => {
  write(10);
  await countOnce(Infinity);
  await ask({ stage: 'comparing' });
  const document = await book.read();
  await connection
    .collection<{ _id: string }>('generations')
    .updateOne({ _id: 'analytics' }, { $unset: { rebuild: '' }, $set: { retired: [2] } });
  await rebuilder.work(document);
  expect(await book.read()).toMatchObject({ live: 1, retired: [2] });
});

it('sweeps up generations that nobody knows any more, but none that is to come', async () => {
  await ask({ stage: 'different' });
  await connection
    .collection<{ _id: string }>('generations')
    .updateOne({ _id: 'analytics' }, { $set: { last: 5 } });
  for (const number of [1, 2, 3, 5, 6]) await openGeneration(connection, number);
  await rebuilder.sweep(await book.read());
  const { retired = [] } = await book.read();
  expect([...retired].toSorted((a, b) => a - b)).toEqual([3, 5]);
});
