import type { Measured } from './measure';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** A lane on a workload over all rounds. */
export interface Summary {
  readonly lane: string;
  readonly workload: string;
  readonly rounds: number;
  readonly rate: Spread;
  readonly serviceUs: Spread;
  readonly brokerUs: Spread;
  readonly databaseUs: Spread;
  readonly peakMb: Spread;
  readonly load: Spread;
}

export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const at = (i: number): number => sorted[i] ?? Number.NaN;
  const half = Math.floor(sorted.length / 2);
  return {
    median: sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

/** By key, the first of the runs that have it, how many there are, and the spread of each of these members. */
export function spreads<Run extends Readonly<Record<Member, number>>, Member extends string>(
  runs: readonly Run[],
  keyOf: (run: Run) => string,
  members: readonly Member[],
): (Readonly<Record<Member, Spread>> & { readonly first: Run; readonly rounds: number })[] {
  return [...Map.groupBy(runs, keyOf).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const spread = members.map((member) => [member, spreadOf(own.map((run) => run[member]))]);
    return [{ first, rounds: own.length, ...(Object.fromEntries(spread) as Record<Member, Spread>) }];
  });
}

const members = ['rate', 'serviceUs', 'brokerUs', 'databaseUs', 'peakMb', 'load'] as const;

/** Medians of the runs that ended right; a lane without any is left out. */
export function summaries(all: readonly Measured[]): Summary[] {
  const right = all.filter(({ faults }) => faults.length === 0);
  return spreads(right, ({ lane, workload }) => `${workload}\n${lane}`, members).map(
    ({ first: { lane, workload }, ...spread }) => ({ lane, workload, ...spread }),
  );
}

/** Waybill's median rate over that of another lane on the same workload. */
export function ratiosOf(all: readonly Summary[], to: string): ReadonlyMap<string, number> {
  const rates = new Map(all.map(({ lane, workload, rate }) => [`${workload}\n${lane}`, rate.median]));
  const ratios = new Map<string, number>();
  for (const { lane, workload, rate } of all) {
    const other = rates.get(`${workload}\n${to}`);
    if (lane === 'waybill' && other !== undefined) ratios.set(workload, rate.median / other);
  }
  return ratios;
}
