import type { Fact } from '@waybill/messaging';
import { type Connection, createConnection } from 'mongoose';
import { Copy } from './copy';
import type { KnownDocument } from './known.documents';

const name = `test_copies_${process.pid}`;
let connection: Connection;

beforeAll(async () => {
  connection = createConnection();
  await connection.openUri(String(process.env['MONGODB_URI']), { dbName: name });
});
afterAll(async () => {
  await connection.db?.dropDatabase();
  await connection.close();
});
beforeEach(() => connection.db?.collection('known').deleteMany({}));

interface Known {
  readonly phase: string;
  readonly name: string;
}

function copy(): Copy<Known> {
  const collection = connection.db?.collection<KnownDocument<Known>>('known');
  if (!collection) throw new Error('the connection is not open');
  return new Copy(collection, ({ data }) => data as Known);
}

const fact = (aggregateId: string, sequence: number, phase: string): Fact => ({
  type: 'shipments.shipment-updated.v1',
  aggregateId,
  sequence,
  id: `${aggregateId}/${sequence}`,
  source: 'shipments',
  data: { phase, name: `$${aggregateId}` },
  topic: 'shipments.events',
  partition: 0,
  offset: sequence,
});

it('keeps what the last fact says, with its number', async () => {
  await copy().take([fact('a', 1, 'order_created'), fact('b', 7, 'in_transit'), fact('a', 2, 'delivered')]);
  expect(await copy().load(['a', 'b', 'c'])).toEqual(
    new Map([
      ['a', 2],
      ['b', 7],
    ]),
  );
  expect(await copy().byId(['a', 'c'])).toEqual(new Map([['a', { phase: 'delivered', name: '$a' }]]));
});

it('a fact that is behind changes nothing, and a repeat neither', async () => {
  await copy().take([fact('a', 3, 'delivered')]);
  await copy().take([fact('a', 2, 'in_transit')]);
  await copy().take([fact('a', 3, 'order_created')]);
  expect(await copy().load(['a'])).toEqual(new Map([['a', 3]]));
  expect(await copy().byId(['a'])).toEqual(new Map([['a', { phase: 'delivered', name: '$a' }]]));
});

it('of writers that race, an owner that has lost its partition among them, the newest fact stays', async () => {
  const sequences = [4, 9, 2, 7, 1, 8, 3, 6, 5];
  await Promise.all(sequences.map((sequence) => copy().take([fact('a', sequence, `phase ${sequence}`)])));
  expect(await copy().byId(['a'])).toEqual(new Map([['a', { phase: 'phase 9', name: '$a' }]]));
});

it('finds by a field, all that have one of its values', async () => {
  await copy().take([fact('a', 1, 'delivered'), fact('b', 1, 'delivered'), fact('c', 1, 'in_transit')]);
  const found = await copy().with('known.phase', ['delivered', 'lost']);
  expect(found.map((known) => known.name).toSorted()).toEqual(['$a', '$b']);
  expect(await copy().with('known.phase', [])).toEqual([]);
});
