import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKafka } from '@waybill/messaging';
import { freePort, mongoCommand } from '@waybill/stack';
import { mongo } from 'mongoose';
import { readTopics } from './evidence/read-topics';
import { StormServers } from './system/servers';

/*
 * What a storm stands on: that servers keep what they have acknowledged when their process is killed. A loss of power is
 * another matter, and not tested here: neither server waits for the disk.
 */
const isLocal = process.env['WAYBILL_STACK_KIND'] === 'local';
const rounds = 3;
const writers = 8;
const folder = mkdtempSync(join(tmpdir(), 'waybill-durability-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes until the server is gone; answers the numbers that were acknowledged. */
async function writeUntilKilled(uri: string, first: number, kill: () => Promise<void>): Promise<number[]> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2000, retryWrites: false });
  const numbers = client.db('durability').collection<{ _id: number; text: string }>('numbers');
  const acknowledged: number[] = [];
  let next = first;
  const gone = new AbortController();
  const write = async () => {
    while (!gone.signal.aborted) {
      const _id = next++;
      await numbers.insertOne({ _id, text: 'x'.repeat(300) }, { writeConcern: { w: 1, journal: true } }).then(
        () => acknowledged.push(_id),
        () => gone.abort(),
      );
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, write));
  while (acknowledged.length < 300) await pause(10);
  await kill();
  await writing;
  await client.close();
  return acknowledged;
}

async function lost(uri: string, acknowledged: readonly number[]): Promise<number> {
  const client = new mongo.MongoClient(uri);
  const found = await client.db('durability').collection<{ _id: number }>('numbers').distinct('_id');
  await client.close();
  const there = new Set(found);
  return acknowledged.filter((number) => !there.has(number)).length;
}

(isLocal ? describe : describe.skip)('a server that is killed', () => {
  it('keeps what it has acknowledged: broker and database as storms run them', async () => {
    const servers = await StormServers.start(join(folder, 'stack'), () => {});
    try {
      const { mongoUri, brokers } = servers.direct;
      const written: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        written.push(...(await writeUntilKilled(mongoUri, round * 1_000_000, () => servers.kill('mongo'))));
        await servers.restart('mongo');
      }
      expect(await lost(mongoUri, written)).toBe(0);
      expect(await lostByBroker(servers, brokers)).toBe(0);
    } finally {
      await servers.end();
    }
  }, 120_000);

  it('does not, where the database is started without the setting that the stack gives it', async () => {
    const port = await freePort();
    const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
    const written: number[] = [];
    let missing = 0;
    for (let round = 1; round <= rounds && missing === 0; round++) {
      const server = await startWithoutSetting(join(folder, 'bare'), port, uri);
      written.push(...(await writeUntilKilled(uri, round * 1_000_000, server.kill)));
      const again = await startWithoutSetting(join(folder, 'bare'), port, uri);
      missing = await lost(uri, written);
      await again.kill();
    }
    expect(missing).toBeGreaterThan(0);
  }, 120_000);
});

async function startWithoutSetting(dataDir: string, port: number, uri: string) {
  const { command, args } = mongoCommand(dataDir, { port });
  const { WIREDTIGER_CONFIG: _setting, ...env } = process.env;
  const child = spawn(command, args, { env: { ...env, HOME: folder }, cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 30_000 });
  await client.db('admin').command({ ping: 1 });
  await client.close();
  return {
    kill: (): Promise<void> => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Sends while the broker is killed and started again; answers how many acknowledged records are not there. */
async function lostByBroker(servers: StormServers, brokers: readonly string[]): Promise<number> {
  const kafka = createKafka({ brokers, clientId: 'durability' });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'numbers', numPartitions: 1 }], waitForLeaders: true });
  const retry = { initialRetryTime: 100, maxRetryTime: 1000, retries: 60 };
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry });
  await producer.connect();
  const acknowledged: number[] = [];
  const over = new AbortController();
  const sending = (async () => {
    while (!over.signal.aborted) {
      const numbers = Array.from({ length: 20 }, (_, i) => acknowledged.length + i);
      const messages = numbers.map((number) => ({ value: String(number) }));
      await producer.send({ topic: 'numbers', acks: -1, messages });
      acknowledged.push(...numbers);
    }
  })();
  for (let round = 0; round < rounds; round++) {
    const wanted = acknowledged.length + 400;
    while (acknowledged.length < wanted) await pause(10);
    await servers.kill('kafka');
    await servers.restart('kafka');
  }
  over.abort();
  await sending;
  await Promise.all([producer.disconnect(), admin.disconnect()]);
  const records = (await readTopics(brokers, ['numbers'])).get('numbers') ?? [];
  const there = new Set(records.map(({ value }) => Number(value)));
  return acknowledged.filter((number) => !there.has(number)).length;
}
