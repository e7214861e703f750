import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailure } from '../failure';
import { projectRoot } from './project-root';
import { logFile, type ServiceName } from './system-state';

const patienceMs = 60_000;

export interface ServiceRequest {
  readonly name: ServiceName;
  readonly dataDir: string;
  readonly brokers: string;
  readonly mongoUri: string;
  readonly signingKeyFile: string;
  /** 0: any free one. */
  readonly port: number;
  /** Further settings; they come before those of this program's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ServiceProcess {
  readonly name: ServiceName;
  readonly pid: number;
  /** Resolves with a sentence when the process ends. */
  readonly ended: Promise<string>;
  /** Waits until it takes work, and answers its port. */
  ready(signal: AbortSignal): Promise<number>;
}

const asInTheImage = ['--enable-source-maps', '--max-semi-space-size=32'];

/** Starts a built service in a process group of its own, so that Ctrl-C reaches this program alone, which then stops it. */
export async function startServiceProcess(request: ServiceRequest): Promise<ServiceProcess> {
  const { name, dataDir } = request;
  const program = join(projectRoot(), 'dist/apps', name, 'main.js');
  if (!existsSync(program))
    throw new CommandFailure(`${program} is missing: build first, with npm run build`);
  const log = logFile(dataDir, name);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const logStart = statSync(log).size;
  const child = spawn(process.execPath, [...asInTheImage, program], {
    cwd: projectRoot(),
    env: environmentOf(request),
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const pid = await spawned(child, name);
  child.unref();
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(`${name} ended with ${signal ?? `code ${code}`}`));
  });
  return { name, pid, ended, ready: (signal) => untilReady(name, log, logStart, ended, signal) };
}

function environmentOf(request: ServiceRequest): NodeJS.ProcessEnv {
  const { brokers, mongoUri, signingKeyFile, port, environment } = request;
  // the four share one server: each must fall back to a database of its own name, and to the key of the data folder
  const { MONGODB_DATABASE: _database, WAYBILL_SIGNING_KEY: _key, ...env } = process.env;
  return {
    ...env,
    ...environment,
    KAFKA_BROKERS: brokers,
    MONGODB_URI: mongoUri,
    WAYBILL_SIGNING_KEY_FILE: signingKeyFile,
    // one machine: whoever was killed is replaced by hand, and should not be waited for long
    KAFKA_SESSION_TIMEOUT_MS: process.env['KAFKA_SESSION_TIMEOUT_MS'] ?? '10000',
    HOST: process.env['HOST'] ?? '127.0.0.1',
    PORT: String(port),
  };
}

function spawned(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (error) =>
      reject(new CommandFailure(`${name} could not be started: ${error.message}`)),
    );
  });
}

async function untilReady(
  name: string,
  log: string,
  logStart: number,
  ended: Promise<string>,
  signal: AbortSignal,
): Promise<number> {
  let end: string | undefined;
  void ended.then((sentence) => (end = sentence));
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const port = readyPort(readFileSync(log).subarray(logStart).toString());
    if (port !== undefined) return port;
    if (end !== undefined) throw new CommandFailure(`${end} before it was ready\n${endOfLog(log)}`);
    if (Date.now() > deadline) {
      throw new CommandFailure(`${name} was not ready in ${patienceMs / 1000} s\n${endOfLog(log)}`);
    }
    await pause(50, undefined, { signal });
  }
}

/** The port of the line that a service logs when it takes work. */
export function readyPort(log: string): number | undefined {
  for (const line of log.split('\n')) {
    if (!line.includes('"msg":"ready"')) continue;
    try {
      const { msg, port } = JSON.parse(line) as { msg?: unknown; port?: unknown };
      if (msg === 'ready' && typeof port === 'number') return port;
    } catch {
      // the line is still being written
    }
  }
  return undefined;
}

export function endOfLog(log: string, lines = 12): string {
  const text = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  return `the end of ${log}:\n${text}`;
}
