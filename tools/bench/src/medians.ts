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

/** Medians of the runs that ended right; a lane without any is left out. */
export function summaries(all: readonly Measured[]): Summary[] {
  const groups = Map.groupBy(
    all.filter(({ faults }) => faults.length === 0),
    ({ lane, workload }) => `${workload}\n${lane}`,
  );
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs;
    if (!first) return [];
    const spread = (member: 'rate' | 'serviceUs' | 'brokerUs' | 'databaseUs' | 'peakMb' | 'load') =>
      spreadOf(runs.map((run) => run[member]));
    return [
      {
        lane: first.lane,
        workload: first.workload,
        rounds: runs.length,
        rate: spread('rate'),
        serviceUs: spread('serviceUs'),
        brokerUs: spread('brokerUs'),
        databaseUs: spread('databaseUs'),
        peakMb: spread('peakMb'),
        load: spread('load'),
      },
    ];
  });
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
