// usage: node tools/build/measure-start.mjs [--runs N]
// Packs each service, moves it out of the workspace, and starts it N times (7) against a stack of its own, whose topics
// are there: size of the folder, time from the start of the process to `ready` and what it computed until then.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { appRoots } from './bundle.mjs';
import { packProject } from './pack-project.mjs';
import { startStack } from '../stack/stack.mjs';

const clockTickMs = 10;
const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const runs = Number(values.runs);
const folder = mkdtempSync(join(tmpdir(), 'waybill-islands-'));
const stack = await startStack({ throwAway: true, say: (line) => process.stderr.write(`${line}\n`) });
// nothing of what runs this: a service gets its addresses and its key
const env = {
  KAFKA_BROKERS: stack.brokers,
  MONGODB_URI: stack.mongoUri,
  WAYBILL_SIGNING_KEY: 'a-signing-key-for-measuring-that-is-long-enough',
  PORT: '0',
};
try {
  await measure();
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true });
}

async function measure() {
  const cli = await packed('tools/waybill');
  execFileSync(process.execPath, [join(cli, 'main.js'), 'topics', 'apply'], { env });
  const programs = [];
  for (const app of appRoots()) programs.push(await packed(app));
  const starts = new Map(programs.map((program) => [program, []]));
  // round by round, so that a noisy minute meets all of them; the first round fills the disk cache
  for (let round = 0; round <= runs; round += 1)
    for (const program of programs) {
      const start = await startOf(program);
      if (round > 0) starts.get(program).push(start);
    }
  const load = loadavg()[0].toFixed(1);
  console.log(`Node ${process.versions.node}, ${runs} starts each, load ${load}\n`);
  console.log('| service | MB | ms to ready, median (least to most) | of them computing |');
  console.log('| --- | --- | --- | --- |');
  for (const [program, own] of starts) console.log(row(program, own));
}

async function packed(projectRoot) {
  const program = join(folder, basename(projectRoot));
  await packProject(projectRoot, program);
  return program;
}

async function startOf(program) {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', '--max-semi-space-size=32', 'main.js'], {
    cwd: program,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) if (JSON.parse(line).msg === 'ready') break;
  const start = { ms: performance.now() - begun, cpuMs: cpuMsOf(child.pid) };
  child.stdout.resume();
  child.kill('SIGTERM');
  await ended;
  return start;
}

/** User and system time of a process so far; Linux only. */
function cpuMsOf(pid) {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * clockTickMs;
}

function row(program, own) {
  const ms = own.map((one) => one.ms).toSorted((a, b) => a - b);
  const [least, most] = [ms[0], ms.at(-1)].map(Math.round);
  const times = `${Math.round(median(ms))} (${least} to ${most})`;
  const cpu = Math.round(median(own.map(({ cpuMs }) => cpuMs).toSorted((a, b) => a - b)));
  return `| ${basename(program)} | ${(bytesOf(program) / 1e6).toFixed(1)} | ${times} | ${cpu} |`;
}

function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}

function bytesOf(path) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}
