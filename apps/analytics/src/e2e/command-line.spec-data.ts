import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Servers } from '@waybill/testing';

const root = resolve(__dirname, '../../../..');

/** A command of the built command line while it runs. */
export class RunningCommand {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown[]>;

  constructor({ brokers, mongoUri }: Servers, ...args: readonly string[]) {
    const env = { ...process.env, KAFKA_BROKERS: brokers.join(','), MONGODB_URI: mongoUri };
    this.child = spawn(process.execPath, ['dist/tools/waybill/main.js', ...args], { cwd: root, env });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text) => (this.output += String(text)));
  }

  /** Its exit code; null when a signal ended it. */
  async end(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.end();
  }
}
