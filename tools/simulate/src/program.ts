import { Command, InvalidArgumentError, Option } from 'commander';
import { controls, type WeatherName, weathers } from '@waybill/aggregates/simulated';
import { runControls } from './controls';
import { runFuzzing } from './fuzz/run-fuzzing';
import { runSeeds } from './seeds';
import { tellSeed } from './story';

interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
  readonly weather: readonly WeatherName[];
  readonly negative?: string;
  readonly jobs: number;
  readonly out: string;
}

interface FuzzOptions {
  readonly inputs: number;
  readonly from: number;
  readonly jobs: number;
  readonly out: string;
}

const weatherNames = Object.keys(weathers) as WeatherName[];
const ruleNames = controls.map(({ rule }) => rule);

/** Exit codes: 0 nothing is wrong, 1 something is, 2 called in a wrong way. */
export function program(): Command {
  const simulate = new Command('simulate')
    .description(
      'Plays histories of the engine against a simulated broker, database and clock: its processes die, stand still and ' +
        'go on beside their successors, and lose requests and acknowledgements, between any two of their calls. ' +
        'A seed is one history. One that goes wrong is told, and made smaller.',
    )
    .addOption(new Option('--seeds <n>', 'how many histories').default(1000).argParser(whole))
    .addOption(new Option('--from <n>', 'the first seed').default(0).argParser(whole))
    .addOption(new Option('--seed <n>', 'plays and tells this one only').argParser(whole))
    .addOption(
      new Option('--weather <names>', `only these kinds, separated by commas: ${weatherNames.join(', ')}`)
        .default(weatherNames, 'all, by turns')
        .argParser(weatherList),
    )
    .addOption(
      new Option(
        '--negative <rule>',
        'takes a rule of the design out, or each in turn, until a history goes wrong',
      ).choices(['all', ...ruleNames]),
    )
    .addOption(new Option('--jobs <n>', 'threads').default(2).argParser(whole))
    .addOption(new Option('--out <file>', 'where the result goes, as JSON').default('tmp/simulation.json'))
    .addHelpText('after', '\nExit codes: 0 nothing is wrong, 1 something is, 2 called in a wrong way.')
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    // otherwise it takes those options of `fuzz` that have the names of its own
    .enablePositionalOptions()
    .action(run);
  simulate.addCommand(fuzzCommand());
  return simulate;
}

function fuzzCommand(): Command {
  return new Command('fuzz')
    .description(
      'Feeds records that nobody should send to everything that reads messages of strangers: noise, and valid messages ' +
        'with something wrong in value, key or headers. Nothing may throw, hang, change a prototype or answer without end. ' +
        'An input is made again from its number.',
    )
    .addOption(new Option('--inputs <n>', 'how many').default(10_000).argParser(whole))
    .addOption(new Option('--from <n>', 'number of the first one').default(0).argParser(whole))
    .addOption(new Option('--jobs <n>', 'threads').default(2).argParser(whole))
    .addOption(new Option('--out <file>', 'where the result goes, as JSON').default('tmp/simulation.json'))
    .exitOverride()
    .action(async ({ from, inputs, jobs, out }: FuzzOptions) => {
      if (!(await runFuzzing(from, from + inputs, jobs, out))) process.exitCode = 1;
    });
}

async function run({ seed, seeds, from, weather, negative, jobs, out }: Options): Promise<void> {
  const chosen = controls.filter(({ rule }) => negative === 'all' || rule === negative);
  let isRight: boolean;
  if (seed !== undefined) isRight = await tellSeed(seed, weather, chosen[0]);
  else if (negative !== undefined) isRight = await runControls(chosen, jobs, out);
  else isRight = await runSeeds({ from, to: from + seeds, weathers: weather }, jobs, out);
  if (!isRight) process.exitCode = 1;
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is wanted.');
  return Number(text);
}

function weatherList(text: string): WeatherName[] {
  return text.split(',').map((name) => {
    const known = weatherNames.find((one) => one === name);
    if (!known) throw new InvalidArgumentError(`${name} is none of ${weatherNames.join(', ')}.`);
    return known;
  });
}
