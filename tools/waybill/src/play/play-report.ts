import type { Comparison } from './comparison';

export type OutcomeName = 'accepted' | 'ignored' | 'refused';

/** A command of the order whose life is told, and what came of it. */
export interface LifeEntry {
  readonly at: string;
  readonly command: string;
  readonly gist: string;
  readonly outcome: OutcomeName;
  /** Reason of an ignored, key of a refused command. */
  readonly because?: string;
  readonly facts: readonly { readonly sequence: number; readonly type: string; readonly gist: string }[];
}

/** Commands with the same outcome and reason. */
export interface OutcomeCount {
  readonly outcome: OutcomeName;
  readonly because: string;
  readonly count: number;
}

export interface SetAside {
  readonly kind: string;
  readonly gist: string;
  readonly because: string;
}

/** All that one run has to say, as data: the screen and `--json` show the same. */
export interface PlayReport {
  readonly title: string;
  readonly hero: string;
  readonly life: readonly LifeEntry[];
  readonly sent: number;
  readonly outcomes: readonly OutcomeCount[];
  readonly facts: readonly { readonly type: string; readonly count: number }[];
  /** Facts of the run's own commands. */
  readonly newFacts: number;
  readonly deadLetters: readonly SetAside[];
  readonly speed: {
    readonly commands: number;
    readonly seconds: number;
    readonly medianMs: number;
    readonly slowestMs: number;
  };
  readonly check: Comparison;
  /** Messages that had another outcome than expected, one sentence each. */
  readonly surprises: readonly string[];
  readonly ok: boolean;
}
