import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

type Line = Readonly<Record<string, unknown>>;

/** A process that tells of itself in lines of JSON. */
export class Child {
  readonly pid: number;
  private readonly process: ChildProcess;
  private readonly lines: Line[] = [];
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  private hasExited = false;
  private onLine = () => {};

  constructor(
    script: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    ofNode: readonly string[] = [],
  ) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(KAFKA|MONGODB|WAYBILL)_/.test(name));
    this.process = spawn(process.execPath, [...ofNode, script, ...args], {
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (this.process.pid === undefined || !this.process.stdout)
      throw new Error(`${script} could not be started`);
    this.pid = this.process.pid;
    const end = () => this.process.kill('SIGKILL');
    process.once('exit', end);
    this.exited = once(this.process, 'close').then(([code, signal]) => {
      process.off('exit', end);
      this.hasExited = true;
      this.onLine();
      return (signal ?? code) as number | NodeJS.Signals;
    });
    createInterface(this.process.stdout).on('line', (text) => {
      if (!text.startsWith('{')) return;
      this.lines.push(JSON.parse(text) as Line);
      this.onLine();
    });
  }

  /** The newest line that has this member. */
  latest(member: string): Line | undefined {
    return this.lines.findLast((line) => member in line);
  }

  /** Waits for a line that matches. */
  async until(matches: (line: Line) => boolean, what: string): Promise<Line> {
    for (;;) {
      const found = this.lines.find(matches);
      if (found) return found;
      if (this.hasExited)
        throw new Error(`a lane ended before ${what}: ${JSON.stringify(this.lines.slice(-5))}`);
      await new Promise<void>((resolve) => (this.onLine = resolve));
    }
  }

  /** Ends it in good order. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.process.kill('SIGTERM');
    return this.exited;
  }

  /** Stops it in its tracks: connections stay open, nothing is answered, no heartbeat is sent. */
  freeze(): void {
    this.process.kill('SIGSTOP');
  }

  thaw(): void {
    this.process.kill('SIGCONT');
  }
}
