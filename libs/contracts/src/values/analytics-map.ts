import { isText } from './text';

export type AnalyticsMap = Readonly<Record<string, string | number | boolean | null>>;

const keyPattern = /^[A-Za-z0-9_.-]{1,64}$/;
export const maxAnalyticsMembers = 50;
export const maxAnalyticsBytes = 8 * 1024;

/** Whether `value` is an open map of plain values within the limits of domain 2.7. */
export function isAnalyticsMap(value: unknown): value is AnalyticsMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = Object.entries(value);
  if (members.length > maxAnalyticsMembers) return false;
  if (!members.every(([key, member]) => isKey(key) && isPlainValue(member))) return false;
  return Buffer.byteLength(JSON.stringify(value)) <= maxAnalyticsBytes;
}

// as a key, `__proto__` would be lost as soon as somebody copies the map member by member
const isKey = (key: string) => keyPattern.test(key) && key !== '__proto__';

function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string') return isText(value, 500, 0);
  return (
    value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
