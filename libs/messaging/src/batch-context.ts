import type { InputRecord } from './record';

/** What a batch handler knows of the partition that it works on. */
export interface BatchContext {
  readonly topic: string;
  readonly partition: number;
  /** A new one whenever the consumer joins its group: what was known of the partition before may be out of date. */
  readonly session: string;
  /** Offset that the next record of the partition will get, as of the fetch. */
  readonly highWatermark: number;
  /** Keeps the membership during long work (it is kept every second anyway). Throws when the partition was lost. */
  heartbeat(): Promise<void>;
  /** The partition was lost or the consumer stops: what was not begun should not be begun. */
  isStale(): boolean;
  /**
   * Takes the records from `offset` on as not handled: they come again after `forMs`, or never in this session when that
   * is left out. Nothing is fetched from the partition until then.
   */
  holdFrom?(offset: number, forMs?: number): void;
}

/**
 * Handles records of one partition, in order. When it resolves, all of them are finished with and their offset is
 * committed. When it rejects, nothing is committed and the same records are tried again, later and as often as it takes.
 */
export type BatchHandler = (records: readonly InputRecord[], context: BatchContext) => Promise<void>;
