const shape =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

// what nearly all callers send; days that not every month has go the long way
const usual =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeapYear = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const days = (year: number, month: number) => (month === 2 && isLeapYear(year) ? 29 : daysOfMonth[month - 1]);

const normalisedLength = '2026-01-10T08:00:00.000Z'.length;

/**
 * Reads an ISO 8601 time with offset (`Z` or `±hh:mm`) and gives it in UTC with milliseconds, as
 * `2026-01-10T08:00:00.000Z`; digits beyond milliseconds are cut. `undefined` for everything else: no offset,
 * a day that the calendar does not have, a leap second, an instant outside the years 0000 to 9999.
 */
export function parseTime(text: unknown): string | undefined {
  if (typeof text === 'string' && usual.test(text))
    return text.length === normalisedLength ? text : `${text.slice(0, -1)}.000Z`;
  // the longest sensible form is far below this; it keeps the cost of a hostile fraction bounded
  const match = typeof text === 'string' && text.length <= 64 ? shape.exec(text) : null;
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => +(part ?? 0));
  const [offsetHour, offsetMinute] = [+(match[9] ?? 0), +(match[10] ?? 0)];
  if (day < 1 || day > (days(year, month) ?? 0)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return undefined;

  const local = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, +(match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offsetMs = (match[8] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
  const instant = new Date(local.getTime() - offsetMs);
  const isWithinFourDigits = instant.getUTCFullYear() >= 0 && instant.getUTCFullYear() <= 9999;
  return isWithinFourDigits ? instant.toISOString() : undefined;
}

/** Milliseconds since 1970 of a normalised time. */
export function timeMs(normalised: string): number {
  return Date.parse(normalised);
}

/** Milliseconds since 1970 as a normalised time. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
