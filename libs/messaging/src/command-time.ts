import { parseTime, timeMs, timeOf } from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import type { Envelope } from './envelope';
import type { InputRecord } from './record';

export type CommandTime =
  | { readonly ok: true; readonly time: string }
  | { readonly ok: false; readonly issue: Issue };

/** How far the time of a command may be ahead of its record. */
export const maxTimeAheadMs = 24 * 60 * 60 * 1000;

/**
 * The time of a command, normalised to UTC with milliseconds; without one, the record's timestamp (which the broker set).
 * An issue for a time that cannot be read, has no offset, or is more than a day ahead of the record.
 */
export function commandTime(
  { time }: Envelope,
  { timestampMs }: Pick<InputRecord, 'timestampMs'>,
): CommandTime {
  if (time === undefined) return { ok: true, time: timeOf(timestampMs) };
  const normalised = parseTime(time);
  if (normalised === undefined)
    return refuse('is not a time in ISO 8601 with an offset, such as 2026-01-10T08:00:00Z', 'time');
  if (timeMs(normalised) > timestampMs + maxTimeAheadMs)
    return refuse('is more than 24 hours ahead of the time at which the message arrived', 'time_ahead');
  return { ok: true, time: normalised };
}

const refuse = (msg: string, type: string): CommandTime => ({
  ok: false,
  issue: { loc: ['envelope', 'time'], field: 'time', msg, type },
});
