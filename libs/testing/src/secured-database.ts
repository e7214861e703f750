import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, mongoCommand, selfSigned } from '@waybill/stack';
import { mongo } from 'mongoose';

/** A database server that speaks TLS alone and wants a password. */
export interface SecuredDatabase {
  readonly uri: string;
  readonly caFile: string;
  end(): Promise<void>;
}

/** Starts one with a single user; only where the stack of the run is a local one. */
export async function startSecuredDatabase(user: string, password: string): Promise<SecuredDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-database-'));
  const { key, certificate } = selfSigned();
  const [keyFile, caFile] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(caFile, certificate);
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const tls = ['--tls-cert-file', caFile, '--tls-key-file', keyFile];
  const start = (...more: string[]): ChildProcess => {
    const { command, args, env } = mongoCommand(folder, { port });
    const environment = { ...process.env, ...env };
    const server = spawn(command, [...args, ...tls, ...more], { env: environment, stdio: 'ignore' });
    process.once('exit', () => server.kill('SIGKILL'));
    return server;
  };
  // the first user is made before anybody has to be one
  const open = start();
  await whenUp(uri, caFile, (admin) => admin.command({ createUser: user, pwd: password, roles: ['root'] }));
  await stop(open);
  const locked = start('--auth');
  await whenUp(uri, caFile, (admin) => admin.command({ hello: 1 }));
  return {
    uri,
    caFile,
    end: async () => {
      await stop(locked);
      rmSync(folder, { recursive: true });
    },
  };
}

async function stop(server: ChildProcess): Promise<void> {
  const gone = once(server, 'exit');
  server.kill();
  await gone;
}

async function whenUp(uri: string, tlsCAFile: string, work: (admin: mongo.Db) => Promise<unknown>) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new mongo.MongoClient(uri, { tls: true, tlsCAFile, serverSelectionTimeoutMS: 1000 });
    try {
      await work(client.db('admin'));
      return;
    } catch (error) {
      if (!(error instanceof mongo.MongoServerSelectionError) || Date.now() > deadline) throw error;
      await pause(50);
    } finally {
      await client.close();
    }
  }
}
