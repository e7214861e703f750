import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { type Servers, signingKey } from './service-process';

const root = resolve(__dirname, '../../..');

export interface CliRun {
  readonly code: number;
  readonly output: string;
}

/** Runs the built command line of Waybill against these servers, with the key that the services of all tests sign with. */
export function waybillCli(servers: Servers, ...args: readonly string[]): Promise<CliRun> {
  return waybillCliWith({}, servers, ...args);
}

/** The same with more in its environment. */
export function waybillCliWith(
  more: Readonly<Record<string, string>>,
  { brokers, mongoUri }: Servers,
  ...args: readonly string[]
): Promise<CliRun> {
  const env = {
    ...process.env,
    KAFKA_BROKERS: brokers.join(','),
    MONGODB_URI: mongoUri,
    WAYBILL_SIGNING_KEY: signingKey,
    ...more,
  };
  const all = ['--enable-source-maps', 'dist/tools/waybill/main.js', ...args];
  return new Promise((done) => {
    const child = execFile(process.execPath, all, { cwd: root, env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, output: `${out}${err}` }),
    );
  });
}
