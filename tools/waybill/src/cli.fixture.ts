import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from './system/project-root';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Called with all of standard error whenever there is more of it. */
  readonly onProgress?: (err: string, interrupt: () => void) => void;
}

const running = new Set<ChildProcess>();

/** Interrupts what a test that was given up has left running, and waits until it has cleaned up. */
export async function interruptAll(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const ended = once(child, 'close');
      child.kill('SIGINT');
      return ended;
    }),
  );
}

/** Runs the built command line to its end. Of the tests' own servers it knows what `args` and `env` tell it. */
export function waybill(args: readonly string[], { env = {}, onProgress }: RunOptions = {}): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(KAFKA|MONGODB)_|^WAYBILL_(SIGNING|STACK|ORDERS|SHIPMENTS|ANALYTICS)/.test(name),
  );
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/tools/waybill/main.js', ...args], {
    cwd: projectRoot(),
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => {
    err += String(text);
    onProgress?.(err, () => child.kill('SIGINT'));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, out, err });
    });
  });
}

export const jsonLines = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
