import type { DeadLetter } from './dead-letter';
import type { MessageIds, MessageResult, ReadPlace } from './tracing';

/** Why a reply address was not used. */
export const undeliverableReasons = ['not_a_reply_topic', 'no_such_topic', 'malformed_address'] as const;
export type UndeliverableReason = (typeof undeliverableReasons)[number];

/** A message, and the record that it was read from. */
export interface ReportedMessage {
  readonly message: MessageIds;
  readonly record: ReadPlace;
}

/** What transport and engine have to tell; the application decides what becomes of it. All methods are optional. */
export interface EngineReports {
  batch?(report: { topic: string; partition: number; records: number; ms: number }): void;
  outcome?(report: MessageResult & { type: string; of?: ReportedMessage }): void;
  /** `of` is left out where the message could not be read. */
  deadLetter?(report: { kind: string; key: string; letter?: DeadLetter; of?: ReportedMessage }): void;
  /** `ageMs`: how long ago the last handled record was appended, 0 when nothing waits. */
  lag?(report: { topic: string; partition: number; messages: number; ageMs: number }): void;
  /** Messages that the broker has acknowledged; replies are left out. */
  published?(report: { topic: string; messages: number }): void;
  /** What is kept until its place is taken, over all instances, as of the last sweep. */
  kept?(report: { commands: number; oldestMs: number }): void;
  replyUndeliverable?(report: { reason: UndeliverableReason; topic?: string }): void;
  /** A batch failed and will be tried again; `null` when it went through. */
  backingOff?(report: { topic: string; partition: number; error: Error | null }): void;
  /** An event topic holds something that cannot be by construction; `offset` says where. */
  alarm?(report: { kind: 'gap' | 'unreadable'; topic: string; partition: number; offset: number }): void;
  /** A partition stands still at `offset` until an operator acts; `null` when it goes on, or is somebody else's now. */
  held?(report: { topic: string; partition: number; offset: number | null }): void;
}
