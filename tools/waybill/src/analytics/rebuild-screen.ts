import { columns, grouped } from '../screen/columns';
import type { Paint } from '../screen/paint';
import { byPlace } from './counted-offsets';
import type { Estimate } from './estimate';
import type { Comparison, GenerationsDocument } from './generations';

export interface Progress {
  readonly done: number;
  readonly goal: number;
}

/** Records that the new generation has counted, of all that there are. `ends` by `topic/partition`. */
export function progressOf(
  ends: ReadonlyMap<string, number>,
  rebuilt: ReadonlyMap<string, number>,
): Progress {
  const counted = byPlace(rebuilt);
  let [done, goal] = [0, 0];
  for (const [place, end] of ends) {
    goal += end;
    done += Math.min(end, counted.get(place) ?? 0);
  }
  return { done, goal };
}

const takenUpWithinMs = 5000;

/** How far a rebuild is, in one line. */
export function progressLine(
  { live, rebuild, worker }: GenerationsDocument,
  { done, goal }: Progress,
  estimate: Estimate,
  nowMs: number,
): string {
  const name = `generation ${rebuild?.number}`;
  const heardOfMs = Math.max(worker?.until.getTime() ?? 0, (rebuild?.at.getTime() ?? 0) + takenUpWithinMs);
  if (heardOfMs < nowMs) return `${name} waits: no analytics service works on it (does one run?)`;
  if (rebuild?.stage === 'comparing')
    return `${name} is compared with generation ${live}; facts are not counted meanwhile`;
  const percent = goal === 0 ? 100 : Math.floor((100 * done) / goal);
  return `${name}: ${grouped(done)} of ${grouped(goal)} records (${percent} %), ${timeLeft(estimate)}`;
}

function timeLeft({ perSecond, timeLeft: left }: Estimate): string {
  if (left.is === 'unknown' || perSecond === null) return 'time left not known yet';
  const rate = `${grouped(Math.round(perSecond))} a second`;
  if (left.is === 'never')
    return perSecond > 0
      ? `${rate}, but facts come in as fast: it does not get there`
      : 'nothing moves: "waybill analytics status" says where';
  return `${rate}, about ${duration(left.seconds)} left until they are compared`;
}

/** `40 s`, `12 min`, `3 h 5 min`: no finer than such an estimate is. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The hashes of both generations, and what differs. */
export function comparisonLines(
  { reports, differingPages, differences }: Comparison,
  paint: Paint,
): string[] {
  const hashes = columns(
    ['REPORT', 'LIVE', 'REBUILT', ''].map((title) => ({ title })),
    reports.map(({ report, live, rebuilt }) => [
      report,
      live,
      rebuilt,
      live === rebuilt ? paint.good('equal') : paint.bad('DIFFERENT'),
    ]),
  );
  if (differingPages === 0) return hashes;
  const cells = columns(
    [
      { title: 'CELL' },
      { title: 'MEASURE' },
      { title: 'LIVE', align: 'right' },
      { title: 'REBUILT', align: 'right' },
    ],
    differences.map(({ cell, measure, live, rebuilt }) => [cell, measure, live, rebuilt]),
  );
  return [
    ...hashes,
    '',
    `what differs, in ${differingPages} groups of cells (the first ${differences.length} measures; money in minor units, durations in ms):`,
    ...cells,
  ];
}
