import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf } from './processes.mjs';
import { localStatus, readStack, startLocalStack } from './stack.mjs';

const quiet = (): void => {};

// machines without Java or Linux run the tests on other stacks
(process.env.WAYBILL_STACK_KIND === 'local' ? describe : describe.skip)('a local stack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-local-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs beside others, on ports of its own, and leaves nothing running', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((name) => start(join(folder, name))));
    const ports = [one, two].flatMap((stack) => [stack?.brokers, stack?.mongoUri]);
    expect(new Set(ports).size).toBe(4);
    for (const name of ['one', 'two']) expect(await statesOf(join(folder, name))).toEqual(['ready', 'ready']);

    await Promise.all([one?.stop(), two?.stop()]);
    for (const pid of [one, two].flatMap((stack) => Object.values(stack?.pids ?? {}))) {
      expect(identityOf(pid)).toBeUndefined();
    }
  }, 60_000);

  it('does not start twice in one data folder', async () => {
    const dataDir = join(folder, 'twice');
    const stack = await start(dataDir);
    await expect(start(dataDir)).rejects.toThrow(`a stack is running already in ${dataDir}`);
    await stack.stop();
  }, 60_000);

  it('says which port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const dataDir = join(folder, 'taken');
    await expect(startLocalStack({ dataDir, kafkaPort: port, say: quiet })).rejects.toThrow(
      `port ${port} is taken by another process: stop it, or give another port with --kafka-port`,
    );
    server.close();
    expect(readStack(dataDir)).toBeUndefined();
  });

  it('of a killed run is recognised, ended and replaced', async () => {
    const dataDir = join(folder, 'stale');
    await runAndDie(dataDir);
    expect(await statesOf(dataDir)).toEqual(['ready', 'ready']);
    const stalePids = Object.values((await localStatus(dataDir)) ?? {}).map(({ pid }) => pid);

    const said: string[] = [];
    const stack = await startLocalStack({ dataDir, say: (line) => said.push(line) });
    expect(said).toContain(`ending the stack that a killed run left in ${dataDir}`);
    for (const pid of stalePids) expect(identityOf(pid)).toBeUndefined();
    expect(await statesOf(dataDir)).toEqual(['ready', 'ready']);
    await stack.stop();
    expect(existsSync(join(dataDir, 'kafka', 'meta.properties'))).toBe(true);
  }, 60_000);
});

function start(dataDir: string): ReturnType<typeof startLocalStack> {
  return startLocalStack({ dataDir, say: quiet });
}

async function statesOf(dataDir: string): Promise<string[]> {
  const status = (await localStatus(dataDir)) ?? {};
  return Object.values(status).map(({ ready }) => (ready ? 'ready' : 'down'));
}

async function runAndDie(dataDir: string): Promise<void> {
  const { WAYBILL_STACK_OWNER: _owner, ...env } = process.env;
  const script = `
    const { startLocalStack } = await import(${JSON.stringify(join(__dirname, 'stack.mjs'))});
    await startLocalStack({ dataDir: ${JSON.stringify(dataDir)}, say: () => {} });
    process.kill(process.pid, 'SIGKILL');
  `;
  const [, signal] = await once(
    spawn(process.execPath, ['--input-type=module', '--eval', script], { env, stdio: 'inherit' }),
    'close',
  );
  expect(signal).toBe('SIGKILL');
}
