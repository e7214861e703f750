import { Command, Option } from 'commander';
import { listOption, whole } from '../option-values';
import { loadAverage } from '../process-usage';
import { writeResult } from '../result-file';
import { setStage } from '../stage';
import type { Findings, Measurement, Size } from './measurement';
import { measurements } from './measurements';
import { mediansOf, tablesOf, together } from './service-tables';

interface Options {
  readonly quick?: boolean;
  readonly messages?: number;
  readonly rounds?: number;
  readonly only: readonly string[];
  readonly out: string;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

export function servicesCommand(): Command {
  return new Command('services')
    .description(
      'Measures the services as they are delivered, each measurement on a fresh local broker and database. Nothing else should run on the machine.',
    )
    .option('--quick', 'one round with fewer messages and short windows: some minutes')
    .addOption(new Option('--messages <n>', 'messages of a rate (20000, with --quick 4000)').argParser(whole))
    .addOption(new Option('--rounds <n>', 'interleaved rounds (3, with --quick 1)').argParser(whole))
    .addOption(listOption('--only <names>', 'some of them', measurements))
    .option('--out <file>', 'where the result goes, as JSON', 'tmp/bench-services.json')
    .action((options: Options) => run(options));
}

async function run({ quick = false, only, out, ...asked }: Options): Promise<void> {
  const { rounds, messages, seconds } = quick
    ? { rounds: 1, messages: 4000, seconds: 4, ...asked }
    : { rounds: 3, messages: 20_000, seconds: 6, ...asked };
  const chosen = measurements.filter(({ name }) => only.includes(name));
  const findings: Findings[] = [];
  for (let round = 1; round <= rounds; round++)
    for (const measurement of chosen) {
      if (measurement.isOnce && round > 1) continue;
      say(`round ${round} of ${rounds}  ${measurement.name}: ${measurement.about}, load ${loadAverage()}`);
      const found = await onStage(measurement, { messages, seconds });
      findings.push(found);
      for (const line of gist(found)) say(`  ${line}`);
    }
  const all = together(findings);
  const medians = mediansOf(all);
  console.log(tablesOf(medians).join('\n'));
  writeResult(out, { messages, seconds, medians, ...all });
  if (findings.some((found) => faultsIn(found).length > 0)) process.exitCode = 1;
}

async function onStage(measurement: Measurement, size: Size): Promise<Findings> {
  const stage = await setStage();
  try {
    return await measurement.measure(stage, size);
  } finally {
    await stage.end();
  }
}

/** What makes a run void. */
const faultsIn = ({ rates = [], latencies = [], answers = [] }: Findings): string[] => [
  ...[...rates, ...answers].flatMap(({ faults }) => faults),
  ...latencies.flatMap(({ sent, seen }) => (sent === seen ? [] : [`${seen} of ${sent} facts were seen`])),
];

function gist(found: Findings): string[] {
  const { rates = [], latencies = [], answers = [] } = found;
  return [
    ...rates.map(
      ({ rate, serviceUs, peakMb }) => `${rate} messages/s, ${serviceUs} µs of CPU each, ${peakMb} MB`,
    ),
    ...latencies.map(({ p50, p99 }) => `p50 ${p50} ms, p99 ${p99} ms`),
    ...answers.map(
      ({ what, at, rate, p50, p99 }) => `${what}, ${at} at once: ${rate}/s, p50 ${p50} ms, p99 ${p99} ms`,
    ),
    ...faultsIn(found).map((fault) => `VOID: ${fault}`),
  ];
}
