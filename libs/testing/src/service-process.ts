import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** Where broker and database are; a {@link PrivateStack} is one of these. */
export interface Servers {
  readonly brokers: readonly string[];
  readonly mongoUri: string;
}

/** One line of the service's log. */
export interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly port?: number;
  readonly err?: { readonly message?: string; readonly stack?: string };
  readonly [member: string]: unknown;
}

const root = resolve(__dirname, '../../..');
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The key that the services of all tests sign with. */
export const signingKey = 'a-signing-key-for-tests-that-is-long-enough';

const asInTheImage = ['--enable-source-maps', '--max-semi-space-size=32'];

/** A process of a built service. The end-to-end set-up builds it when it is older than its sources. */
export class ServiceProcess {
  /** Its log so far; what is no JSON is kept as `msg`. */
  readonly lines: LogLine[] = [];
  /** Resolves with the exit code, or with the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly news = new EventEmitter().setMaxListeners(0);
  private isOver = false;

  private readonly child: ChildProcess;

  /**
   * Starts a process; does not wait for it to be ready. `env` adds to and replaces what the tests set. `program` is
   * another build of the app, such as a packed one: it gets nothing of what surrounds the test.
   */
  constructor(
    app: string,
    { brokers, mongoUri }: Servers,
    env: Readonly<Record<string, string>> = {},
    program?: string,
  ) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(KAFKA|MONGODB|WAYBILL)_/.test(name));
    const built = resolve(root, `dist/apps/${app}/main.js`);
    const child = spawn(process.execPath, [...asInTheImage, program ?? built], {
      cwd: program === undefined ? root : dirname(program),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...(program === undefined ? Object.fromEntries(inherited) : {}),
        KAFKA_BROKERS: brokers.join(','),
        MONGODB_URI: mongoUri,
        WAYBILL_SIGNING_KEY: signingKey,
        PORT: '0',
        LOG_LEVEL: 'info',
        ...env,
      },
    });
    this.child = child;
    running.add(child);
    if (!child.stdout || !child.stderr) throw new Error('no output to read');
    createInterface(child.stdout).on('line', (line) => this.add(parsed(line)));
    createInterface(child.stderr).on('line', (msg) => this.add({ level: 'stderr', msg }));
    this.ended = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      this.isOver = true;
      this.news.emit('line');
      return (signal ?? code) as number | NodeJS.Signals;
    });
  }

  get pid(): number {
    const { pid } = this.child;
    if (pid === undefined) throw new Error('the service could not be started');
    return pid;
  }

  async ready(): Promise<void> {
    await this.until(({ msg }) => msg === 'ready');
  }

  /** The first log line that matches, also one that was logged before. Rejects when the process ends without it. */
  async until(matches: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(matches);
      if (found) return found;
      if (this.isOver)
        throw new Error(`the service ended before that:\n${JSON.stringify(this.lines.slice(-10), null, 1)}`);
      await once(this.news, 'line');
    }
  }

  /** Ends it in good order, as an orchestrator does. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** Ends it at once, as a power cut does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Stops it in its tracks: connections stay open, nothing is answered, no heartbeat is sent. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** GET on its HTTP side; the body as JSON. Throws on anything but 2xx. */
  async get<T = unknown>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Status of a GET. */
  async status(path: string): Promise<number> {
    return (await fetch(`${this.url}${path}`)).status;
  }

  /** Sum of a metric over all series that have these labels; 0 when there are none. */
  async metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const series = text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    const matching = series.filter((line) => wanted.every((label) => line.includes(label)));
    return matching.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  private get url(): string {
    const port = this.lines.find(({ msg }) => msg === 'ready')?.port;
    if (port === undefined) throw new Error('the service is not ready');
    return `http://127.0.0.1:${port}`;
  }

  private add(line: LogLine): void {
    this.lines.push(line);
    this.news.emit('line');
  }
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { msg: line };
  }
}
