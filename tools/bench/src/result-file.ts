import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes what was measured, with what it was measured of, and says so. */
export function writeResult(file: string, measured: object): void {
  mkdirSync(dirname(file), { recursive: true });
  const made = { at: new Date().toISOString(), commit: commit(), node: process.version };
  writeFileSync(file, `${JSON.stringify({ ...made, ...measured }, null, 2)}\n`);
  process.stderr.write(`written: ${file}\n`);
}

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};
