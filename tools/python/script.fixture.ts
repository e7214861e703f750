import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const hasPython = spawnSync('python3', ['--version']).status === 0;

/** A `describe` that is skipped on a machine without Python. */
export const withPython = hasPython ? describe : describe.skip;

export interface ScriptRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const environment = { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };

/** Runs a script of this folder to its end. */
export function runScript(
  script: string,
  args: readonly string[],
  { input, env = {} }: { input?: string; env?: Record<string, string> } = {},
): ScriptRun {
  const { status, stdout, stderr, error } = spawnSync('python3', [join(__dirname, script), ...args], {
    encoding: 'utf8',
    input: input ?? '',
    env: { ...environment, ...env },
  });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}

/** The first `count` lines of a script that does not end by itself; then it is ended. */
export async function scriptLines(
  script: string,
  args: readonly string[],
  { count, env }: { count: number; env: Record<string, string> },
): Promise<string[]> {
  const child = spawn('python3', [join(__dirname, script), ...args], {
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (lines.push(line) === count) break;
    }
    return lines;
  } finally {
    child.kill('SIGKILL');
  }
}
