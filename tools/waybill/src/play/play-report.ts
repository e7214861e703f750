import type { ShownReport } from '../report/report-screen';
import type { Comparison } from './comparison';
import type { FiguresCheck } from './figures-check';
import type { FinalState } from './final-state';
import type { CommandService } from './planned-message';

export type OutcomeName = 'accepted' | 'ignored' | 'refused';

/** A fact in the life that is told. */
export interface LifeFact {
  /** Which parcel of the order; nothing for a fact of the order itself. */
  readonly ordinal?: number;
  readonly sequence: number;
  readonly type: string;
  readonly tale: string;
}

/** A command of the order whose life is told, and what came of it, in its parcels too. */
export interface LifeEntry {
  readonly at: string;
  readonly service: CommandService;
  readonly command: string;
  readonly gist: string;
  readonly outcome: OutcomeName;
  /** Reason of an ignored, key of a refused command; `kept`. */
  readonly because?: string;
  readonly facts: readonly LifeFact[];
}

/** Commands of one service with the same outcome and reason. */
export interface OutcomeCount {
  readonly service: CommandService;
  readonly outcome: OutcomeName;
  readonly because: string;
  readonly count: number;
}

export interface FactCount {
  readonly service: CommandService;
  readonly type: string;
  readonly count: number;
}

export interface SetAside {
  readonly service: CommandService;
  readonly kind: string;
  readonly gist: string;
  readonly because: string;
}

/** All that one run has to say, as data: the screen and `--json` show the same. */
export interface PlayReport {
  readonly title: string;
  readonly hero: string;
  readonly life: readonly LifeEntry[];
  /** Messages by service. */
  readonly sent: Readonly<Record<CommandService, number>>;
  readonly outcomes: readonly OutcomeCount[];
  /** Facts that came in this run, by service and type. */
  readonly facts: readonly FactCount[];
  readonly newFacts: number;
  readonly deadLetters: readonly SetAside[];
  readonly speed: {
    readonly commands: number;
    readonly seconds: number;
    readonly medianMs: number;
    readonly slowestMs: number;
    /** From the first command until nothing was on its way any more. */
    readonly restSeconds: number;
  };
  readonly check: Comparison;
  /** Of a replay: the reports of analytics against another calculation. */
  readonly figures?: FiguresCheck;
  /** Of a demo: some reports to look at. */
  readonly reports: readonly ShownReport[];
  /** What the orders and parcels of the rows came to, in one line that two runs can be compared by. */
  readonly finalState: FinalState;
  /** Messages that had another outcome than expected, one sentence each. */
  readonly surprises: readonly string[];
  readonly ok: boolean;
}
