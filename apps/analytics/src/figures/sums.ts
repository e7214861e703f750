import type { Measures } from './cell';

/** Sums by name, as they are added up for one row. */
export class Sums {
  private readonly byName = new Map<string, bigint>();

  add(measures: Measures): void {
    for (const name of Object.keys(measures)) this.byName.set(name, this.of(name) + (measures[name] ?? 0n));
  }

  of(name: string): bigint {
    return this.byName.get(name) ?? 0n;
  }

  /** Whether anything counted; cells that were left again are still there, with zeros. */
  isEmpty(): boolean {
    for (const value of this.byName.values()) if (value !== 0n) return false;
    return true;
  }

  /** Values of a breakdown that occur, by name: those of `units/TEE-L` under `TEE-L`. */
  split(breakdown: string): [value: string, sum: bigint][] {
    const prefix = `${breakdown}/`;
    return [...this.byName]
      .filter(([name, sum]) => name.startsWith(prefix) && sum !== 0n)
      .map(([name, sum]): [string, bigint] => [name.slice(prefix.length), sum])
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
  }

  /** A breakdown as it is published. */
  map(breakdown: string, shown: (sum: bigint) => number = Number): Record<string, number> {
    return Object.fromEntries(this.split(breakdown).map(([value, sum]) => [value, shown(sum)]));
  }
}
