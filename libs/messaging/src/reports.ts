/** Why a reply address was not used. */
export type UndeliverableReason = 'not_a_reply_topic' | 'no_such_topic' | 'malformed_address';

/** What transport and engine have to tell; the application decides what becomes of it. All methods are optional. */
export interface EngineReports {
  batch?(report: { topic: string; partition: number; records: number; ms: number }): void;
  /** `key`: the error key of a refusal or the reason of an ignored command. */
  outcome?(report: { type: string; outcome: string; key?: string }): void;
  deadLetter?(report: { kind: string; key: string }): void;
  /** `ageMs`: how long ago the last handled record was appended, 0 when nothing waits. */
  lag?(report: { topic: string; partition: number; messages: number; ageMs: number }): void;
  replyUndeliverable?(report: { reason: UndeliverableReason; topic?: string }): void;
  /** A batch failed and will be tried again; `null` when it went through. */
  backingOff?(report: { topic: string; partition: number; error: Error | null }): void;
  /** An event topic holds something that cannot be by construction; `offset` says where. */
  alarm?(report: { kind: 'gap' | 'unreadable'; topic: string; partition: number; offset: number }): void;
  /** A partition stands still at `offset` until an operator acts; `null` when it goes on, or is somebody else's now. */
  held?(report: { topic: string; partition: number; offset: number | null }): void;
}
