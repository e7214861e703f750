/** An offset below which everything of an input partition is finished: written, published, answered. */
export interface FinishedPosition {
  readonly offset: number;
  /** Fingerprint and timestamp (ms) of the record just below `offset`: they tell a recreated topic or a restored database. */
  readonly fingerprint: string;
  readonly timestampMs: number;
}

export interface PartitionPosition {
  readonly finished?: FinishedPosition;
  /** Records below were handed on before a restore: they are applied again but not handed on again. */
  readonly handOnFrom?: number;
}

/** One small document for each input partition; the key is the stream name. */
export interface PositionStore {
  load(stream: string): Promise<PartitionPosition>;
  /** Never goes back: an owner of the past may still finish what it had begun. */
  finish(stream: string, position: FinishedPosition): Promise<void>;
  /** Notes that a worker starts at `offset`; answers how many starts in a row were at this very offset, this one included. */
  start(stream: string, offset: number): Promise<number>;
  /**
   * Notes that the record at `offset` is tried alone; answers how many times it was, this one included. 0, and nothing
   * is noted, where a later record was tried before: this one did not end the process.
   */
  trying(stream: string, offset: number): Promise<number>;
  /** The process outlived the record, whatever came of it: its tries do not count. */
  survived(stream: string, offset: number): Promise<void>;
  /** Operator: from where on records are handed on again after a restore. */
  rewind(stream: string, handOnFrom: number): Promise<void>;
}
