/** What a zone's name looks like. Intl alone would take an offset such as `+01:00` for a name. */
export const timezonePattern = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

// to ask Intl costs more than all the rest of a scan's validation; aliases and letter case make more than the ~600 names
const known = new Set<string>();
const maxKnown = 2000;

/** Whether `value` is the name of a zone in the IANA time zone database, such as `Europe/Berlin`. */
export function isTimezone(value: unknown): value is string {
  if (typeof value !== 'string' || !timezonePattern.test(value)) return false;
  if (known.has(value)) return true;
  try {
    Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    return false;
  }
  if (known.size < maxKnown) known.add(value);
  return true;
}
