import type { Measures } from '../figures/cell';
import { escapedName, plainName } from './measure-names';

/** Sums of a rollup as the database has them: 64-bit integers by escaped name. */
export interface StoredSums {
  readonly sums?: Readonly<Record<string, bigint>>;
  /** How many times 2^40 there is of a sum beside what `sums` holds: a valid amount alone may be above 2^64. */
  readonly high?: Readonly<Record<string, bigint>>;
}

const unit = 2n ** 40n;

/** What is added to which path; nothing that is zero. */
export function incrementsOf(measures: Measures): Readonly<Record<string, bigint>> {
  const parts = Object.entries(measures).flatMap(([name, value]): [string, bigint][] => [
    [`sums.${escapedName(name)}`, value % unit],
    [`high.${escapedName(name)}`, value / unit],
  ]);
  return Object.fromEntries(parts.filter(([, value]) => value !== 0n));
}

export function storedMeasures({ sums = {}, high = {} }: StoredSums): Measures {
  const measures: Record<string, bigint> = {};
  for (const name of Object.keys(sums)) measures[plainName(name)] = sums[name] ?? 0n;
  for (const name of Object.keys(high)) {
    const plain = plainName(name);
    measures[plain] = (measures[plain] ?? 0n) + (high[name] ?? 0n) * unit;
  }
  return measures;
}
