import 'reflect-metadata';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { readOptions, type StormOptions } from './options';
import { readSoakOptions, type SoakOptions } from './soak/options';
import { pictureOf } from './soak/picture';
import { runSoak } from './soak/soak';
import { currentCommit } from './report/commit';
import { faults } from './report/figures';
import { tableOf } from './report/table';
import { runStorm } from './storm';
import { writeResult, writeText } from './report/files';

// the bundle lies in dist/tools/storm
const root = resolve(__dirname, '../../..');
const bySignal: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const [first, ...rest] = process.argv.slice(2);
  let job: (signal: AbortSignal) => Promise<number>;
  try {
    if (first === 'soak') {
      const options = readSoakOptions(rest, root);
      job = (signal) => soak(options, signal);
    } else {
      const options = readOptions(process.argv.slice(2), root);
      job = (signal) => storm(options, signal);
    }
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  const interrupted = new AbortController();
  for (const name of Object.keys(bySignal)) process.on(name, () => interrupted.abort(name));
  try {
    return await job(interrupted.signal);
  } catch (error) {
    const { aborted, reason } = interrupted.signal;
    if (!aborted) throw error;
    say(`stopped by ${String(reason)}`);
    return bySignal[String(reason)] ?? 1;
  }
}

async function storm(options: StormOptions, signal: AbortSignal): Promise<number> {
  const { seed, kills, minutes, instances, rate, sessionTimeoutMs, dir } = options;
  say(`storm with seed ${seed}: ${kills} kills in ${minutes} min; data and logs in ${dir}`);
  const begin = new Date();
  const figures = await runStorm(options, say, signal);
  for (const line of tableOf(figures)) console.log(line);
  writeResult(options.result, {
    date: begin.toISOString(),
    commit: currentCommit(root),
    seed,
    options: { kills, minutes, instances, rate, sessionTimeoutMs },
    seconds: Math.round((Date.now() - begin.getTime()) / 1000),
    figures,
  });
  say(`figures in ${options.result}`);
  if (faults(figures) === 0) {
    // nobody will ask the servers' data what has happened
    rmSync(join(dir, 'stack'), { recursive: true, force: true });
    return 0;
  }
  say(`what is wrong, line by line: ${dir}/findings.txt`);
  return 1;
}

async function soak(options: SoakOptions, signal: AbortSignal): Promise<number> {
  const { seed, minutes, instances, rate, dir, plot } = options;
  say(`soak: ${rate} records a second for ${minutes} min; data and logs in ${dir}`);
  const begin = new Date();
  const figures = await runSoak(options, say, signal);
  const commit = currentCommit(root);
  for (const { what, middle, last, isFlat } of figures.courses)
    console.log(`${what.padEnd(36)} ${middle} → ${last}${isFlat ? '' : '  GROWS'}`);
  console.log(`${figures.commands} commands, ${figures.facts} facts, ${faults(figures)} faults`);
  const made = { date: begin.toISOString(), commit, seed };
  writeResult(options.result, { ...made, options: { minutes, instances, rate }, figures });
  say(`figures in ${options.result}`);
  if (plot !== undefined) {
    const caption = `${rate} records a second, ${instances} of each service, ${begin.toISOString().slice(0, 10)}, ${commit}`;
    writeText(plot, pictureOf(figures.samples, caption));
  }
  rmSync(join(dir, 'stack'), { recursive: true, force: true });
  return faults(figures) === 0 && figures.courses.every(({ isFlat }) => isFlat) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
