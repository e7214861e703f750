import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunName } from './promise';
import type {
  ControlsResult,
  FuzzingResult,
  Reached,
  SimulationResult,
  SoakResult,
  StormResult,
} from './results';
import { resultFile } from './results';

/** What the runs leave in tmp, as far as it is used here. */
interface RawSimulation {
  readonly histories?: RawMade & {
    readonly seeds: { readonly from: number; readonly to: number };
    readonly histories: number;
    readonly faults: number;
    readonly wrong: readonly unknown[];
    readonly crashPoints: Reached;
    readonly interleavings: Reached;
  };
  readonly controls?: RawMade & { readonly controls: ControlsResult['rules'] };
  readonly fuzzing?: RawMade & { readonly inputs: number; readonly breaches: readonly unknown[] };
}

interface RawMade {
  readonly at: string;
  readonly commit: string;
  readonly isChanged: boolean;
}

interface RawStorm {
  readonly date: string;
  readonly commit: string;
  readonly seed: number;
  readonly options: StormResult['options'];
  readonly seconds: number;
  readonly figures: Omit<
    StormResult,
    'date' | 'commit' | 'seed' | 'options' | 'seconds' | 'slowestRecoveryMs'
  > & {
    readonly slowestRecovery: { readonly ms: number };
  };
}

interface RawSoak {
  readonly date: string;
  readonly commit: string;
  readonly options: SoakResult['options'];
  readonly figures: Pick<SoakResult, 'commands' | 'facts' | 'courses'> &
    Pick<StormResult, 'lost' | 'doubled' | 'outOfOrder' | 'wrongAnswers'>;
}

/** Copies the figures of the runs in tmp to docs/results, without what is only of use to who looks for a cause. Answers which. */
export function collect(root: string): RunName[] {
  const raw = (read(join(root, 'tmp/simulation.json')) ?? {}) as RawSimulation;
  const storm = read(newest(globSync(join(root, 'tmp/storm/*/result.json')))) as RawStorm | undefined;
  const soak = read(join(root, 'tmp/soak/result.json')) as RawSoak | undefined;
  const found: readonly (readonly [RunName, object | undefined])[] = [
    ['simulation', raw.histories && simulationOf(raw.histories)],
    ['controls', raw.controls && controlsOf(raw.controls)],
    ['fuzzing', raw.fuzzing && fuzzingOf(raw.fuzzing)],
    ['storm', storm && stormOf(storm)],
    ['soak', soak && soakOf(soak)],
  ];
  return found.flatMap(([name, result]) => {
    if (!result) return [];
    const file = resultFile(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    return [name];
  });
}

const made = ({ at, commit, isChanged }: RawMade) => ({
  date: at,
  commit: `${commit.slice(0, 12)}${isChanged ? '+' : ''}`,
});

const reached = ({ all, reached: some, never }: Reached): Reached => ({ all, reached: some, never });

const simulationOf = (raw: NonNullable<RawSimulation['histories']>): SimulationResult => ({
  ...made(raw),
  seeds: [raw.seeds.from, raw.seeds.to],
  histories: raw.histories,
  faults: raw.faults,
  wrong: raw.wrong.length,
  crashPoints: reached(raw.crashPoints),
  interleavings: reached(raw.interleavings),
});

const controlsOf = (raw: NonNullable<RawSimulation['controls']>): ControlsResult => ({
  ...made(raw),
  rules: raw.controls.map(({ rule, leavesOut, seeds, isConfirmed }) => ({
    rule,
    leavesOut,
    seeds,
    isConfirmed,
  })),
});

const fuzzingOf = (raw: NonNullable<RawSimulation['fuzzing']>): FuzzingResult => ({
  ...made(raw),
  inputs: raw.inputs,
  breaches: raw.breaches.length,
});

const stormOf = ({ date, commit, seed, options, seconds, figures }: RawStorm): StormResult => ({
  date,
  commit,
  seed,
  options,
  seconds,
  kills: figures.kills,
  failpoints: figures.failpoints,
  trouble: figures.trouble,
  commands: figures.commands,
  facts: figures.facts,
  repeatsDropped: figures.repeatsDropped,
  lost: figures.lost,
  doubled: figures.doubled,
  outOfOrder: figures.outOfOrder,
  wrongAnswers: figures.wrongAnswers,
  slowestRecoveryMs: figures.slowestRecovery.ms,
});

const soakOf = ({ date, commit, options, figures }: RawSoak): SoakResult => ({
  date,
  commit,
  options,
  commands: figures.commands,
  facts: figures.facts,
  faults: figures.lost + figures.doubled + figures.outOfOrder + figures.wrongAnswers,
  courses: figures.courses,
});

const newest = (files: readonly string[]): string =>
  files.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] ?? '';

const read = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
