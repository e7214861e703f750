import type { Bucket } from './report-query';

export const dayMs = 86_400_000;
// 1 January 1970 was a Thursday; days are counted from Monday, 29 December 1969
const mondayOffset = 3;

/** UTC day of a time or of milliseconds since 1970, YYYY-MM-DD. */
export const dayOf = (time: string | number) => new Date(time).toISOString().slice(0, 10);

const dayNumber = (day: string) => Math.floor(Date.parse(day) / dayMs);

/** `day` moved by whole days. */
export const addDays = (day: string, days: number) => dayOf((dayNumber(day) + days) * dayMs);

/** First day of the bucket that `day` is in; null for `total`. */
export function bucketOf(day: string, bucket: Bucket): string | null {
  switch (bucket) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -weekday(dayNumber(day)));
    case 'month':
      return `${day.slice(0, 8)}01`;
    case 'total':
      return null;
  }
}

/** Number of dates Monday to Friday after the date of `start` up to and including that of `end`, UTC. */
export function businessDays(start: string, end: string): number {
  return workdaysUntil(dayNumber(end)) - workdaysUntil(dayNumber(start));
}

/** 0 is Monday. */
const weekday = (number: number) => (((number + mondayOffset) % 7) + 7) % 7;

function workdaysUntil(number: number): number {
  const weeks = Math.floor((number + mondayOffset) / 7);
  return weeks * 5 + Math.min(weekday(number) + 1, 5);
}
