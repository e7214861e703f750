import { parseTime } from '@waybill/contracts';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const midnight = 'T00:00:00.000Z';

/** The UTC day of a date, or of the time at which a day starts; undefined for anything else. */
export function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const time = parseTime(dayPattern.test(value) ? value + midnight : value);
  return time?.endsWith(midnight) ? time.slice(0, 10) : undefined;
}

/** The UTC day of a point in time. */
export const dayAt = (now: Date): string => now.toISOString().slice(0, 10);
