import { type Column, columns } from '../audit/verdict';
import type { StormOptions } from '../options';

/** What a storm has come to. */
export interface Figures {
  /** Processes that were killed: by the monkey, and at failpoints. */
  readonly kills: Readonly<Record<string, number>>;
  readonly failpoints: Readonly<Record<string, number>>;
  /** What else was done to them. */
  readonly trouble: Readonly<Record<string, number>>;
  /** Processes that have ended by themselves, by their last words, and were started again. */
  readonly gaveUp: Readonly<Record<string, number>>;
  readonly commands: number;
  readonly facts: number;
  readonly repeatsDropped: number;
  /** How often the sender was in doubt and sent again. */
  readonly sendersInDoubt: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly wrongAnswers: number;
  readonly slowestRecovery: { readonly ms: number; readonly command: string };
  readonly settledAfterMs: number;
}

/** The content of a result file. */
export interface Result {
  readonly date: string;
  readonly commit: string;
  readonly seed: number;
  readonly options: Omit<StormOptions, 'dir' | 'result' | 'seed'>;
  readonly seconds: number;
  readonly figures: Figures;
}

/** The four that must be zero. */
export const faults = ({ lost, doubled, outOfOrder, wrongAnswers }: ReturnType<typeof countsOf>): number =>
  lost + doubled + outOfOrder + wrongAnswers;

export const countsOf = (
  of: (column: Column) => number,
): Pick<Figures, 'lost' | 'doubled' | 'outOfOrder' | 'wrongAnswers'> => {
  const [lost = 0, doubled = 0, outOfOrder = 0, wrongAnswers = 0] = columns.map(of);
  return { lost, doubled, outOfOrder, wrongAnswers };
};
