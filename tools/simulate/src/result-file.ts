import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { say } from './progress';

/** Writes the result of one kind of run beside those of the others, with its own date and commit. */
export function writeResult(file: string, kind: 'histories' | 'controls' | 'fuzzing', result: object): void {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
  const made = { at: new Date().toISOString(), ...commit(), node: process.version };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...known, [kind]: { ...made, ...result } }, null, 2)}\n`);
  say(`written: ${file}`);
}

const git = (...args: string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();

function commit(): { readonly commit: string; readonly isChanged: boolean } | { readonly commit: null } {
  try {
    return { commit: git('rev-parse', 'HEAD'), isChanged: git('status', '--porcelain', '-uno') !== '' };
  } catch {
    // not in a clone
    return { commit: null };
  }
}
