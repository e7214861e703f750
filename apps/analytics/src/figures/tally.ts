import { cellKey, type Cell, type Contribution, type Measures } from './cell';

/** Adds measures up, cell by cell. */
export class Tally {
  private readonly byKey = new Map<string, Contribution>();

  add(cell: Cell, measures: Measures, sign: 1n | -1n = 1n): void {
    const key = cellKey(cell);
    const there = this.byKey.get(key);
    // most cells are added to once, and then nothing is copied
    const isCopied = there !== undefined || sign !== 1n;
    const sums = isCopied ? addTo({ ...there?.measures }, measures, sign) : measures;
    this.byKey.set(key, { cell: there?.cell ?? cell, measures: sums });
  }

  /** What is not zero. */
  contributions(): Contribution[] {
    return [...this.byKey.values()].flatMap(({ cell, measures }) => {
      const left = withoutZeros(measures);
      return Object.keys(left).length === 0 ? [] : [{ cell, measures: left }];
    });
  }
}

/** Adds into `sums`, so many times, and answers them. */
export function addTo(sums: Record<string, bigint>, measures: Measures, times = 1n): Measures {
  for (const name of Object.keys(measures)) sums[name] = (sums[name] ?? 0n) + (measures[name] ?? 0n) * times;
  return sums;
}

/** A measure that sums up to nothing is one that nobody contributes to. */
export function withoutZeros(measures: Measures): Measures {
  if (!Object.values(measures).includes(0n)) return measures;
  return Object.fromEntries(Object.entries(measures).filter(([, value]) => value !== 0n));
}
