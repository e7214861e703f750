import type { BatchHandler } from '@waybill/messaging';

/** Holds all generations at one point, so that they can be compared. Ends by itself when nobody renews it. */
export interface Pause {
  readonly until: Date;
  /** Offsets below which streams are still counted. */
  readonly cut: readonly { readonly stream: string; readonly next: number }[];
}

/** The offset from which on nothing of a stream may be counted now. */
export function pausedFrom(pause: Pause | undefined, stream: string, nowMs: number): number {
  if (!pause || pause.until.getTime() <= nowMs) return Infinity;
  return pause.cut.find((one) => one.stream === stream)?.next ?? 0;
}

const askAgainMs = 250;

/** Hands over the records below `fromOf` of their partition; the rest comes again a moment later. */
export function pausable(handler: BatchHandler, fromOf: (partition: number) => number): BatchHandler {
  return async (records, context) => {
    const from = fromOf(context.partition);
    const due = records.filter(({ offset }) => offset < from);
    const first = records[due.length];
    // first, as the handler may have to hold its partition at an earlier offset, and longer
    if (first) context.holdFrom?.(first.offset, askAgainMs);
    if (due.length > 0) await handler(due, context);
  };
}
