/** What can be wrong, as the table has it. */
export const columns = ['lost', 'doubled', 'out of order', 'wrong'] as const;
export type Column = (typeof columns)[number];

export interface Violation {
  readonly column: Column;
  readonly text: string;
}

/** Collects what an auditor finds, and what it has dropped as readers do. */
export class Verdict {
  readonly violations: Violation[] = [];
  /** Records that say again what others have said: facts, replies, dead letters. */
  repeats = 0;

  say(column: Column, text: string): void {
    this.violations.push({ column, text });
  }

  of(column: Column): readonly Violation[] {
    return this.violations.filter((one) => one.column === column);
  }
}
