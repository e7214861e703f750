/** A comma-separated list of which every entry is acceptable; an empty entry is not. */
export const listOf =
  <T>(parse: (text: string) => T | undefined) =>
  (text: string): T[] | undefined => {
    const entries = text.split(',').map((entry) => parse(entry.trim()));
    return entries.includes(undefined) ? undefined : (entries as T[]);
  };

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number | undefined => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  };

export const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (text: string): T | undefined =>
    values.find((value) => value === text);

export const matching =
  (pattern: RegExp) =>
  (text: string): string | undefined =>
    pattern.test(text) ? text : undefined;

/** `host:port`, an IPv6 host in brackets. */
export function hostAndPort(text: string): string | undefined {
  const match = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(text);
  return match && Number(match[1]) >= 1 && Number(match[1]) <= 65_535 ? text : undefined;
}
