import { Coverage } from '@waybill/aggregates/simulated';
import { Crew } from './crew';
import { type Job, type SeedsJob, type SeedsResult } from './jobs';
import { Progress, say } from './progress';
import { writeResult } from './result-file';
import { tellSeed } from './story';

const seedsOfJob = 100;
/** Of many that went wrong, the first ones are told. */
const mostTold = 3;

/** Plays seeds on several threads; true: none of them went wrong. */
export async function runSeeds(range: Omit<SeedsJob, 'kind'>, jobs: number, out: string): Promise<boolean> {
  const { from, to, weathers } = range;
  const coverage = new Coverage();
  const total = { histories: 0, turns: 0, faults: 0 };
  const wrong: SeedsResult['wrong'][number][] = [];
  const progress = new Progress(to - from, 'histories');
  await new Crew<Job, SeedsResult>({ size: jobs }).run(pieces(range), (result) => {
    total.histories += result.histories;
    total.turns += result.turns;
    total.faults += result.faults;
    coverage.merge(result);
    for (const one of result.wrong) say(`seed ${one.seed}, ${one.weather}: ${one.what}`);
    wrong.push(...result.wrong);
    progress.at(total.histories, `${wrong.length} wrong`);
  });
  const crashPoints = reached(coverage.crashPoints);
  const interleavings = reached(coverage.interleavings);
  const { seconds, perSecond } = progress;
  console.log(
    `${total.histories} histories with ${total.faults} faults in ${total.turns} turns, ${seconds} s, ${perSecond} a second: ${wrong.length} wrong\n` +
      `crash points: ${crashPoints.reached} of ${crashPoints.all} reached; interleavings with an owner of the past: ${interleavings.reached} of ${interleavings.all}`,
  );
  tellNever('crash points', crashPoints.never);
  tellNever('interleavings', interleavings.never);
  writeResult(out, 'histories', {
    seeds: { from, to: to - 1 },
    weathers,
    ...total,
    seconds,
    perSecond,
    wrong,
    crashPoints,
    interleavings,
  });
  for (const { seed, weather } of wrong.slice(0, mostTold)) await tellSeed(seed, [weather]);
  return wrong.length === 0;
}

function* pieces({ from, to, weathers }: Omit<SeedsJob, 'kind'>): Generator<SeedsJob> {
  for (let start = from; start < to; start += seedsOfJob)
    yield { kind: 'seeds', from: start, to: Math.min(to, start + seedsOfJob), weathers };
}

interface Reached {
  readonly all: number;
  readonly reached: number;
  readonly never: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

function reached(counts: ReadonlyMap<string, number>): Reached {
  const never = [...counts].flatMap(([name, count]) => (count === 0 ? [name] : []));
  return { all: counts.size, reached: counts.size - never.length, never, counts: Object.fromEntries(counts) };
}

function tellNever(what: string, never: readonly string[]): void {
  if (never.length === 0) return;
  console.log(`${what} never reached (${never.length}):`);
  const groups = Map.groupBy(never, (name) => name.split(/ × | by an owner/, 1)[0] ?? '');
  for (const [place, own] of groups)
    console.log(`  ${place}: ${own.map((name) => name.split(/ × | is at /).at(-1)).join(', ')}`);
}
