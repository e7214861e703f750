// usage: node tools/test/run.mjs [unit|int|e2e ...] [Jest arguments]
// Runs Jest and prints "N passed, N failed" (and ", N skipped") as the last line, whatever happened.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { endStaleStacks } from '../stack/stack-files.mjs';

const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'node_modules/.bin');
const kinds = new Set(['unit', 'int', 'e2e']);
const args = process.argv.slice(2);
const selected = args.filter((arg) => kinds.has(arg));
const rest = args.filter((arg) => !kinds.has(arg));
const folder = mkdtempSync(join(tmpdir(), 'waybill-test-'));
const countsFile = join(folder, 'counts.json');

const status = await runJest();
// a Jest that was interrupted has not come to its teardown
await endStaleStacks((line) => process.stderr.write(`${line}\n`), { ownerPid: process.pid });
const { passed, failed, skipped } = countsOf(status);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status;
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);

async function runJest() {
  // paths before --selectProjects, which would swallow them
  const jestArguments = [...rest, ...(selected.length > 0 ? ['--selectProjects', ...selected] : [])];
  const child = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...jestArguments], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      WAYBILL_TEST_COUNTS: countsFile,
      WAYBILL_STACK_OWNER: String(process.pid),
    },
  });
  // Ctrl-C reaches Jest through the process group; a kill of this process alone is handed on
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('close', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

function countsOf(exitCode) {
  const counts = readCounts();
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts() {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    // Jest died before its reporters ran, in globalSetup for instance
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
