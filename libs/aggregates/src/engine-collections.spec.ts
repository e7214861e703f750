import type { Connection } from 'mongoose';
import { openEngineCollections } from './engine-collections';

/** What the engine's collections are opened with on a server that describes itself like this. */
async function optionsOn(hello: object, build: object = { modules: [] }): Promise<unknown[]> {
  const opened: unknown[] = [];
  const db = {
    command: (command: object) => Promise.resolve('hello' in command ? hello : build),
    collection: (_name: string, options: unknown) => {
      opened.push(options);
      return { createIndex: () => Promise.resolve() };
    },
  };
  await openEngineCollections({ db } as unknown as Connection, 'orders');
  return opened;
}

const majority = { readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } };
const journaled = { writeConcern: { w: 1, journal: true } };

it.each([
  { what: 'a member of a replica set', hello: { setName: 'rs0' }, build: { modules: [] }, wanted: majority },
  {
    what: 'the router of a sharded cluster',
    hello: { msg: 'isdbgrid' },
    build: { modules: [] },
    wanted: majority,
  },
  { what: 'a single server', hello: {}, build: { modules: [] }, wanted: journaled },
  { what: 'the stand-in', hello: { setName: 'secantus' }, build: {}, wanted: journaled },
])('reads and writes safely on $what, always on the primary', async ({ hello, build, wanted }) => {
  for (const options of await optionsOn(hello, build))
    expect(options).toMatchObject({ ...wanted, readPreference: 'primary' });
});
