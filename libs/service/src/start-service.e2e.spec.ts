import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(__dirname, '../../..');
const fixture = 'libs/service/src/process-fixture';

interface Line {
  readonly level?: string;
  readonly msg?: string;
  readonly event?: string;
  readonly port?: number;
  readonly route?: string | null;
  readonly problems?: string[];
  readonly err?: { message: string };
}

class Run {
  readonly lines: Line[] = [];
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, [`dist/${fixture}/main.js`], {
      cwd: root,
      env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(this.child);
    const { stdout } = this.child;
    if (stdout === null) throw new Error('no output to read');
    createInterface(stdout).on('line', (line) => this.lines.push(JSON.parse(line)));
    this.ended = once(this.child, 'close').then(([code]) => {
      running.delete(this.child);
      return code;
    });
  }

  async until(matches: (line: Line) => boolean): Promise<Line> {
    const stdout = this.child.stdout;
    for (;;) {
      const found = this.lines.find(matches);
      if (found !== undefined) return found;
      if (stdout?.closed !== false) throw new Error(`ended before that: ${JSON.stringify(this.lines)}`);
      await Promise.race([once(stdout, 'data'), this.ended]);
    }
  }

  ready = () => this.until(({ msg }) => msg === 'ready');

  get events(): string[] {
    return this.lines.flatMap(({ event, msg }) => event ?? (msg === 'ready' ? ['ready'] : []));
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
}

const running = new Set<ChildProcess>();
const run = (env: Record<string, string> = {}) => new Run(env);
const status = async (port: number | undefined, path: string) =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).status;

jest.setTimeout(180_000);
beforeAll(() => execFileSync(process.execPath, ['tools/build/build-app.mjs', fixture], { cwd: root }));
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe('a start', () => {
  it('answers probes and says its port', async () => {
    const service = run();
    const { port } = await service.ready();
    expect(await status(port, '/health/live')).toBe(200);
    expect(await status(port, '/health/ready')).toBe(200);
    expect(service.events).toEqual(['dependencies well', 'consumer started', 'ready']);
  });

  it('says its port at any log level', async () => {
    const service = run({ LOG_LEVEL: 'silent' });
    expect((await service.ready()).port).toBeGreaterThan(0);
  });

  it('waits for what it needs, alive but not ready', async () => {
    const service = run({ FAULT: 'dependency-never' });
    const { port } = await service.until(({ msg }) => msg === 'waiting');
    expect(await status(port, '/health/live')).toBe(200);
    expect(await status(port, '/health/ready')).toBe(503);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(service.events).toEqual(['connection closed']);
  });

  it('goes on once it is there', async () => {
    const service = run({ FAULT: 'dependency-late' });
    await service.ready();
    expect(service.lines.filter(({ msg }) => msg === 'waiting')).toHaveLength(1);
  });

  it('goes back to waiting when something goes away in between', async () => {
    const service = run({ FAULT: 'leader-election' });
    await service.ready();
    expect(service.lines).toContainEqual(
      expect.objectContaining({ msg: 'waiting', fault: 'not the leader for that partition' }),
    );
  });

  it.each([
    ['preflight', 'the topic begins above the saved position'],
    ['consumer-start', 'the group cannot be joined'],
  ])('that fails (%s) ends with its reason', async (fault, message) => {
    const service = run({ FAULT: fault });
    expect(await service.ended).toBe(1);
    expect(service.lines.at(-1)).toMatchObject({ level: 'fatal', err: { message } });
  });

  it('with a wrong variable names it', async () => {
    const service = run({ PORT: 'eighty' });
    expect(await service.ended).toBe(1);
    expect(service.lines).toEqual([
      expect.objectContaining({
        msg: 'the service cannot start',
        problems: ['PORT must be a port from 0 (any free one) to 65535, got "eighty"'],
      }),
    ]);
  });

  it('on a taken port says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const service = run({ PORT: String((taken.address() as { port: number }).port) });
    expect(await service.ended).toBe(1);
    expect(service.lines.at(-1)?.err?.message).toContain('EADDRINUSE');
    taken.close();
  });
});

it('logs requests without what was asked for', async () => {
  const service = run({ LOG_LEVEL: 'trace' });
  const { port } = await service.ready();
  await status(port, '/orders/max@example.com?email_id=max@example.com');
  await status(port, '/health/live?email_id=max@example.com');
  const probe = await service.until(({ route }) => route === '/health/live');
  expect(probe).toMatchObject({ level: 'debug', method: 'GET', status: 200, msg: 'request' });
  expect(service.lines).toContainEqual(expect.objectContaining({ route: null, status: 404, msg: 'request' }));
  expect(JSON.stringify(service.lines)).not.toContain('example.com');
});

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s drains, closes the connections last, and is no failure',
    async (name) => {
      const service = run({ FAULT: 'slow-batch' });
      await service.ready();
      service.signal(name);
      service.signal(name);
      expect(await service.ended).toBe(0);
      expect(service.events.slice(-2)).toEqual(['consumer drained', 'connection closed']);
    },
  );

  it('that gets stuck is cut off and is a failure', async () => {
    const service = run({ FAULT: 'stuck-batch' });
    await service.ready();
    service.signal('SIGTERM');
    expect(await service.ended).toBe(1);
    expect(service.lines.at(-1)?.msg).toContain('stopping took too long');
  });
});

describe('a service that cannot go on', () => {
  it.each([
    ['dead-consumer', 'no progress for 60 s', ['consumer drained', 'connection closed']],
    ['rejection', 'forgotten promise', []],
    ['exception', 'a bug in a timer', []],
  ])('(%s) ends non-zero with a line that says why', async (fault, message, closed) => {
    const service = run({ FAULT: fault });
    expect(await service.ended).toBe(1);
    expect(service.lines).toContainEqual(
      expect.objectContaining({ level: 'fatal', err: expect.objectContaining({ message }) }),
    );
    expect(service.events).toEqual(expect.arrayContaining(closed));
  });
});
