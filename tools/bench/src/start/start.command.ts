import { Command } from 'commander';
import { listOption } from '../option-values';
import { loadAverage } from '../process-usage';
import { writeResult } from '../result-file';
import { measureDrain } from './drain';
import { faultsIn, type Findings, findingsOf, findingTable } from './findings';
import { measureIdle } from './idle';
import { measureJoin } from './join';
import { timeServices } from './services-start';
import { timeUp } from './up';

const parts = [
  { name: 'services', about: 'each of the four to ready' },
  { name: 'up', about: '`npm run up` to ready' },
  { name: 'join', about: 'a second instance of orders joins under load' },
  { name: 'drain', about: 'SIGTERM to orders at full load' },
  { name: 'idle', about: 'CPU without traffic' },
] as const;

interface StartOptions {
  readonly quick?: boolean;
  readonly only: readonly string[];
  readonly rate: number;
  readonly out: string;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

export const startCommand = (): Command =>
  new Command('start')
    .description('measures how services start, join, end and idle; some minutes, nothing else should run')
    .option('--quick', 'each once')
    .addOption(listOption('--only <names>', 'some of them', parts))
    .option('--rate <n>', 'orders a second that are offered while an instance joins', Number, 500)
    .option('--out <file>', 'where the result goes, as JSON', 'tmp/bench-start.json')
    .action(run);

async function run({ quick = false, only, rate, out }: StartOptions): Promise<void> {
  const times = quick ? 1 : 3;
  const found: Findings = {
    ...(await part('services', () => timeServices(quick ? 1 : 7))),
    ...(await part('up', () => timeUp(times))),
    ...(await part('join', () => repeated(times, () => measureJoin(rate)), 'joins')),
    ...(await part('drain', () => repeated(times, () => measureDrain(20_000)), 'drains')),
    ...(await part('idle', () => measureIdle(quick ? 10 : 30))),
  };
  const findings = findingsOf(found);
  const faults = faultsIn(found);
  console.log(findingTable(findings).join('\n'));
  for (const fault of faults) say(`VOID: ${fault}`);
  writeResult(out, { load: loadAverage(), findings, ...found });
  if (faults.length > 0) process.exitCode = 1;

  async function part<T>(name: string, measure: () => Promise<T>, member = name): Promise<Record<string, T>> {
    if (!only.includes(name)) return {};
    say(`${name}, load ${loadAverage()} …`);
    return { [member]: await measure() };
  }
}

async function repeated<T>(times: number, measure: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let i = 0; i < times; i++) all.push(await measure());
  return all;
}
