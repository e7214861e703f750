import { cellKey, type Cell, type Contribution, type Measures } from './cell';

/** Adds measures up, cell by cell. */
export class Tally {
  private readonly byKey = new Map<string, { cell: Cell; measures: Map<string, bigint> }>();

  add(cell: Cell, measures: Measures, sign = 1n): void {
    const key = cellKey(cell);
    const entry = this.byKey.get(key) ?? { cell, measures: new Map<string, bigint>() };
    this.byKey.set(key, entry);
    for (const [name, value] of Object.entries(measures)) {
      entry.measures.set(name, (entry.measures.get(name) ?? 0n) + sign * value);
    }
  }

  /** What is not zero. */
  contributions(): Contribution[] {
    return [...this.byKey.values()].flatMap(({ cell, measures }) => {
      const left = [...measures].filter(([, value]) => value !== 0n);
      return left.length === 0 ? [] : [{ cell, measures: Object.fromEntries(left) }];
    });
  }
}
