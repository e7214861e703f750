import type { Sample } from './sample';

/** How one measure of one service went on. */
export interface Course {
  readonly what: string;
  /** Medians of the middle and of the last third of a soak. The first third is warm-up. */
  readonly middle: number;
  readonly last: number;
  readonly isFlat: boolean;
}

/** What the last third may be above the middle one before it counts as growth: a share, and an amount that is noise. */
interface Tolerance {
  readonly share: number;
  readonly noise: number;
}

const tolerances = {
  memoryMb: { share: 0.1, noise: 20 },
  descriptors: { share: 0, noise: 2 },
  documentKb: { share: 0.1, noise: 0.2 },
  lag: { share: 0.5, noise: 50 },
} as const satisfies Record<string, Tolerance>;

/** Judges whether memory, file descriptors, sizes of documents and lag grow. */
export function coursesOf(samples: readonly Sample[]): Course[] {
  const third = Math.floor(samples.length / 3);
  const middle = samples.slice(third, 2 * third);
  const last = samples.slice(2 * third);
  const course = (what: string, of: (sample: Sample) => number, { share, noise }: Tolerance): Course => {
    const [before, after] = [median(middle.map(of)), median(last.map(of))];
    return { what, middle: before, last: after, isFlat: after <= before * (1 + share) + noise };
  };
  const byService = (name: 'memoryMb' | 'descriptors' | 'documentKb', label: string) =>
    Object.keys(samples[0]?.[name] ?? {}).map((service) =>
      course(`${label} of ${service}`, (sample) => sample[name][service] ?? Number.NaN, tolerances[name]),
    );
  return [
    ...byService('memoryMb', 'memory, MB,'),
    ...byService('descriptors', 'file descriptors'),
    ...byService('documentKb', 'mean document, KB,'),
    course('records that wait', ({ lag }) => lag, tolerances.lag),
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
