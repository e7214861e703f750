import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunName } from './promise';

/** When and of what a run was. */
interface Made {
  /** ISO 8601. */
  readonly date: string;
  readonly commit: string;
}

export interface SimulationResult extends Made {
  readonly seeds: readonly [first: number, last: number];
  readonly histories: number;
  readonly faults: number;
  readonly wrong: number;
  readonly crashPoints: Reached;
  readonly interleavings: Reached;
}

export interface Reached {
  readonly all: number;
  readonly reached: number;
  readonly never: readonly string[];
}

export interface ControlsResult extends Made {
  readonly rules: readonly {
    readonly rule: string;
    readonly leavesOut: string;
    /** Histories that it took to see what happens without the rule; null: not seen, which a rule for speed alone is. */
    readonly seeds: number | null;
    readonly isConfirmed: boolean;
  }[];
}

export interface FuzzingResult extends Made {
  readonly inputs: number;
  readonly breaches: number;
}

export interface StormResult extends Made {
  readonly seed: number;
  /** What was asked for, and how long it took with everything. */
  readonly options: {
    readonly kills: number;
    readonly minutes: number;
    readonly instances: number;
    readonly rate: number;
    readonly sessionTimeoutMs: number;
  };
  readonly seconds: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly failpoints: Readonly<Record<string, number>>;
  readonly trouble: Readonly<Record<string, number>>;
  readonly commands: number;
  readonly facts: number;
  readonly repeatsDropped: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly wrongAnswers: number;
  readonly slowestRecoveryMs: number;
}

export interface SoakResult extends Made {
  readonly options: { readonly minutes: number; readonly instances: number; readonly rate: number };
  readonly commands: number;
  readonly facts: number;
  readonly faults: number;
  readonly courses: readonly {
    readonly what: string;
    readonly middle: number;
    readonly last: number;
    readonly isFlat: boolean;
  }[];
}

export interface Results {
  readonly simulation: SimulationResult;
  readonly controls: ControlsResult;
  readonly fuzzing: FuzzingResult;
  readonly storm: StormResult;
  readonly soak: SoakResult;
}

export const resultFile = (root: string, name: RunName): string => join(root, 'docs/results', `${name}.json`);

/** The committed figures. A run that is missing is undefined. */
export function readResults(root: string): Partial<Results> {
  const read = (name: RunName): unknown => {
    const file = resultFile(root, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
  return {
    simulation: read('simulation'),
    controls: read('controls'),
    fuzzing: read('fuzzing'),
    storm: read('storm'),
    soak: read('soak'),
  } as Partial<Results>;
}

/** What a run found that contradicts a promise, as a number; 0 is good. */
export function faultsIn(results: Results): Readonly<Record<RunName, number>> {
  const { simulation, controls, fuzzing, storm, soak } = results;
  return {
    simulation: simulation.wrong,
    controls: controls.rules.filter(({ isConfirmed }) => !isConfirmed).length,
    fuzzing: fuzzing.breaches,
    storm: storm.lost + storm.doubled + storm.outOfOrder + storm.wrongAnswers,
    soak: soak.faults + soak.courses.filter(({ isFlat }) => !isFlat).length,
  };
}
