import { Command, Option } from 'commander';
import { growthCommand } from './growth/growth.command';
import { floors, lanes, runLane } from './lanes/lanes';
import type { Lane } from './lanes/lane';
import { type Latency, measureLatency } from './latency';
import { type Limits, measure, type Measured } from './measure';
import { summaries, type Summary } from './medians';
import { listOption, whole } from './option-values';
import { loadAverage } from './process-usage';
import { writeResult } from './result-file';
import { servicesCommand } from './services/services-command';
import { startCommand } from './start/start.command';
import { latencyTable, rateTable, ratioTable } from './tables';
import { bytesOf, messagesOf, type Workload, workloads } from './workloads';

interface Options {
  readonly quick?: boolean;
  readonly messages: number;
  readonly rounds: number;
  readonly workloads: readonly string[];
  readonly lanes: readonly string[];
  readonly latency: boolean;
  readonly out: string;
}

const everyLane = [...lanes, ...floors];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

export function program(): Command {
  const bench = new Command('bench')
    .description(
      'Measures the orders service beside stock Nest services and bare parts, on the same bytes, each run on a fresh local broker and database. Nothing else should run on the machine.',
    )
    // the subcommands have options of the same names
    .enablePositionalOptions()
    .option('--quick', 'one round of the first three workloads with short windows: some minutes')
    .addOption(new Option('--messages <n>', 'messages waiting on the topic').default(20_000).argParser(whole))
    .addOption(new Option('--rounds <n>', 'interleaved rounds').default(5).argParser(whole))
    .addOption(listOption('--workloads <names>', 'some of them', workloads))
    .addOption(listOption('--lanes <names>', 'some of them', everyLane))
    .option('--no-latency', 'leaves out the latency at a fixed load')
    .option('--out <file>', 'where the result goes, as JSON', 'tmp/bench.json')
    .action((options: Options) => run(options));
  bench.addCommand(startCommand());
  bench.addCommand(growthCommand());
  bench.addCommand(servicesCommand());
  bench
    .command('lane', { hidden: true })
    .argument('<name>')
    .argument('<messages>', '', whole)
    .action((name: string, messages: number) => runLane(name, messages));
  return bench;
}

async function run(options: Options): Promise<void> {
  const { quick = false, out } = options;
  const chosen = workloads
    .filter(({ name }) => options.workloads.includes(name))
    .slice(0, quick ? 3 : undefined);
  const chosenLanes = everyLane.filter(({ name }) => options.lanes.includes(name));
  const rounds = quick ? 1 : options.rounds;
  const limits: Limits = quick
    ? { warmUpShare: 0.25, warmUpMs: 5000, windowMs: 10_000 }
    : { warmUpShare: 0.25, warmUpMs: 15_000, windowMs: 30_000 };
  for (const workload of chosen) say(bytesLine(workload, options.messages));
  const measured = await allRounds(chosen, chosenLanes, rounds, options.messages, limits);
  const medians = summaries(measured);
  const latencies = options.latency ? await allLatencies(medians, chosenLanes, quick ? 10 : 30) : [];
  const lines = [...rateTable(medians), '', ...ratioTable(medians), '', ...latencyTable(latencies)];
  console.log(lines.join('\n'));
  writeResult(out, { messages: options.messages, limits, medians, latencies, runs: measured });
  if (measured.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}

async function allRounds(
  chosen: readonly Workload[],
  chosenLanes: readonly Lane[],
  rounds: number,
  messages: number,
  limits: Limits,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (let round = 1; round <= rounds; round++)
    for (const workload of chosen)
      for (const lane of chosenLanes) {
        if (isFloor(lane) && workload !== chosen[0]) continue;
        const count = Math.max(500, Math.round(messages * workload.scale));
        const result = await measure(lane, workload, count, limits);
        measured.push(result);
        say(`round ${round} of ${rounds}  ${workload.name}  ${lane.name}: ${gist(result)}`);
      }
  return measured;
}

/** At half of what stock+ can do: a load that every lane carries. */
async function allLatencies(
  medians: readonly Summary[],
  chosenLanes: readonly Lane[],
  seconds: number,
): Promise<Latency[]> {
  const slowest = medians.find(({ lane, workload }) => lane === 'stock+' && workload === 'new');
  if (!slowest) return [];
  const offered = Math.floor(slowest.rate.median / 2);
  const all: Latency[] = [];
  for (const lane of chosenLanes.filter(({ name }) => name === 'stock+' || name === 'waybill')) {
    all.push(await measureLatency(lane, offered, seconds));
    say(
      `latency at ${offered} messages/s  ${lane.name}: p50 ${all.at(-1)?.p50} ms, p99 ${all.at(-1)?.p99} ms`,
    );
  }
  return all;
}

const isFloor = (lane: Lane): boolean => floors.includes(lane);

const gist = ({ rate, serviceUs, peakMb, load, faults }: Measured): string =>
  faults.length > 0
    ? `VOID, ${faults.join('; ')}`
    : `${rate} messages/s, ${serviceUs} µs of CPU each, ${peakMb} MB, load ${load}`;

function bytesLine(workload: Workload, messages: number): string {
  const count = Math.max(500, Math.round(messages * workload.scale));
  const { bytes, sha256 } = bytesOf(messagesOf(workload, count));
  return `${workload.name}: ${workload.about}, ${count} messages of ${Math.round(bytes / count)} bytes, sha256 ${sha256.slice(0, 16)}…, load ${loadAverage()}`;
}
