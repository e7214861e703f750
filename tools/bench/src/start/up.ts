import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * How long `npm run up` takes, ms, in a new data folder: it returns when broker, database and the four services take work.
 * A first one, which builds what is older than its sources, does not count.
 */
export async function timeUp(rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'waybill-up-'));
    try {
      const begin = performance.now();
      await npmRun('up', dataDir);
      if (round > 0) times.push(performance.now() - begin);
    } finally {
      await npmRun('down', dataDir);
      rmSync(dataDir, { recursive: true });
    }
  }
  return times;
}

async function npmRun(script: string, dataDir: string): Promise<void> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(KAFKA|MONGODB|WAYBILL)_/.test(name));
  const child = spawn('npm', ['run', '--silent', script, '--', '--data-dir', dataDir], {
    env: Object.fromEntries(inherited),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`npm run ${script} ended with ${code}:\n${said}`);
}
