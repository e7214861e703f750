import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from './file-lock.mjs';
import { describeProcess } from './processes.mjs';

describe('a file lock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-lock-'));
  const lock = join(folder, 'a.lock');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lets one in at a time, and all of them in the end', async () => {
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} in`);
      await new Promise((soon) => setImmediate(soon));
      log.push(`${name} out`);
    };

    await Promise.all(['a', 'b', 'c'].map((name) => withFileLock(lock, work(name))));

    const pairs = [log.slice(0, 2), log.slice(2, 4), log.slice(4)];
    expect(new Set(pairs.map(([first]) => first))).toEqual(new Set(['a in', 'b in', 'c in']));
    expect(pairs.map(([, second]) => second)).toEqual(pairs.map(([first]) => first?.replace('in', 'out')));
  });

  it('is given back when the work fails', async () => {
    await expect(withFileLock(lock, () => Promise.reject(new Error('no network')))).rejects.toThrow(
      'no network',
    );
    expect(existsSync(lock)).toBe(false);
  });

  it('tells a waiter who holds it', async () => {
    const holders: number[] = [];
    await withFileLock(lock, async () => {
      const waiting = withFileLock(lock, async () => {}, {
        onWait: ({ pid }: { pid: number }) => holders.push(pid),
      });
      while (holders.length === 0) await new Promise((soon) => setImmediate(soon));
      void waiting;
    });
    expect(holders).toEqual([process.pid]);
  });

  it.each([
    { owner: 'has ended', described: { pid: endedProcess(), started: '1' } },
    { owner: 'has a process id that another process has now', described: { pid: process.pid, started: '1' } },
  ])('is taken over when its owner $owner', async ({ described }) => {
    writeFileSync(lock, JSON.stringify(described));
    expect(await withFileLock(lock, async () => 'done')).toBe('done');
  });

  it('is not taken from an owner that lives', async () => {
    writeFileSync(lock, JSON.stringify(describeProcess(process.pid)));
    const log: string[] = [];
    const waiting = withFileLock(lock, async () => void log.push('in'), {
      onWait: () => {
        log.push('waits');
        setImmediate(() => {
          log.push('given back');
          rmSync(lock);
        });
      },
    });
    await waiting;
    expect(log).toEqual(['waits', 'given back', 'in']);
  });
});

function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
