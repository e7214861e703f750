import type { Cell, Contribution, Measures } from '../figures/cell';
import type { CellRange } from '../figures/report-query';

/** What is known of one subject. */
export interface SubjectDocument<Kept> {
  readonly id: string;
  /** Guard: one more with every write. */
  readonly rev: number;
  /** Of the last fact taken, by aggregate. */
  readonly sequences: Readonly<Record<string, number>>;
  /** Plain JSON. */
  readonly kept: Kept | null;
}

/** Subjects of one topic. Every call may fail as a whole while the database is away. */
export interface SubjectStore<Kept> {
  load(ids: readonly string[]): Promise<ReadonlyMap<string, SubjectDocument<Kept>>>;
  /** Each takes the place of the revision before it. `false`: of some, somebody else wrote that revision; they are unchanged. */
  write(documents: readonly SubjectDocument<Kept>[]): Promise<boolean>;
}

/** What is to be added to the rollup of a cell in one input partition. */
export interface RollupChange {
  readonly stream: string;
  readonly cell: Cell;
  readonly measures: Measures;
  /** Offset up to which the rollup holds everything; null: there is no such rollup. */
  readonly expectedOffset: number | null;
  readonly offset: number;
}

/** A rollup as it stands: what the facts of one partition up to `offset` add to a cell. */
export interface Rollup extends Contribution {
  readonly stream: string;
  readonly offset: number;
}

export interface RollupStore {
  /** Offsets of those rollups that exist, in the order asked for; null for the others. */
  offsets(stream: string, cells: readonly Cell[]): Promise<readonly (number | null)[]>;
  /** A rollup is changed as a whole or not at all. `false`: some had another offset and are unchanged. */
  add(changes: readonly RollupChange[]): Promise<boolean>;
  /** The cells of a range, one for each partition that has something in it. Sums of zero are left out. */
  read(range: CellRange): Promise<readonly Contribution[]>;
}

/** Rollups that can be compared with others as a whole. */
export interface ComparableRollups extends Pick<RollupStore, 'read'> {
  /** Every rollup; those of one page (see `pageOf`) follow one another. Not as of one moment. */
  scan(): AsyncIterable<Rollup>;
}

/** Up to where streams are counted in a generation. */
export interface PositionStore {
  /** Offset of the next record, by stream. */
  load(): Promise<ReadonlyMap<string, number>>;
  /** Never goes back. */
  save(stream: string, next: number): Promise<void>;
}
