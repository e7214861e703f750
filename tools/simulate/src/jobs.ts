import { parentPort } from 'node:worker_threads';
import {
  type Control,
  type Counts,
  Coverage,
  findFault,
  type Found,
  planOf,
  play,
  type WeatherName,
  weathers,
} from '@waybill/aggregates/simulated';
import { fuzz, type Fuzzed } from './fuzz/fuzz';
import { validMessages } from './fuzz/valid-messages';

/** Seeds `from` to `to`, the last one left out; each has one kind of weather. */
export interface SeedsJob {
  readonly kind: 'seeds';
  readonly from: number;
  readonly to: number;
  readonly weathers: readonly WeatherName[];
}

export interface SeedsResult extends Counts {
  readonly histories: number;
  readonly turns: number;
  readonly faults: number;
  readonly wrong: readonly { readonly seed: number; readonly weather: WeatherName; readonly what: string }[];
}

export interface ControlJob {
  readonly kind: 'control';
  readonly control: Control;
}

/** Inputs `from` to `to`, the last one left out. */
export interface FuzzJob {
  readonly kind: 'fuzz';
  readonly from: number;
  readonly to: number;
}

export type Job = SeedsJob | ControlJob | FuzzJob;

/** One seed is one history: it also says under which weather it is played. */
export function weatherOf(seed: number, among: readonly WeatherName[]): WeatherName {
  const name = among[seed % among.length];
  if (name === undefined) throw new Error('no weather to choose from');
  return name;
}

/** What a thread does: one job after the other, each answered with its result. */
export function serveJobs(): void {
  const port = parentPort;
  port?.on('message', (job: Job) => {
    void work(job).then((result) => port.postMessage(result));
  });
}

function work(job: Job): Promise<SeedsResult | Found | Fuzzed> {
  switch (job.kind) {
    case 'seeds':
      return playSeeds(job);
    case 'control':
      return findFault(job.control);
    case 'fuzz':
      return fuzz(job.from, job.to, validMessages(process.cwd()));
  }
}

async function playSeeds({ from, to, weathers: among }: SeedsJob): Promise<SeedsResult> {
  const coverage = new Coverage();
  const wrong: SeedsResult['wrong'][number][] = [];
  let turns = 0;
  let faults = 0;
  for (let seed = from; seed < to; seed++) {
    const weather = weatherOf(seed, among);
    const course = await play(planOf(seed, weathers[weather]), { coverage });
    turns += course.turns;
    faults += course.faults;
    const [what] = course.wrong;
    if (what !== undefined) wrong.push({ seed, weather, what });
  }
  const { crashPoints, interleavings } = coverage;
  return { histories: to - from, turns, faults, wrong, crashPoints, interleavings };
}
