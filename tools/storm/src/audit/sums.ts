/** Minor units of an amount; the load has euros only. */
export const cents = (major: number): number => Math.round(major * 100);

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rounded half up, exactly: the division is one of whole numbers. */
export function ratio(dividend: number, divisor: number, decimals: number): number {
  const factor = 10n ** BigInt(decimals);
  const doubled = (BigInt(dividend) * factor * 2n) / BigInt(divisor);
  return Number((doubled + 1n) / 2n) / Number(factor);
}

export const average = (values: readonly number[], unit: number, decimals = 4) => ({
  average: values.length === 0 ? null : ratio(sum(values), unit * values.length, decimals),
  sum: ratio(sum(values), unit, decimals),
  count: values.length,
});

/** Of cents, in euros. */
export const money = (values: readonly number[]) => average(values, 100, 2);

export const share = (count: number, of: number) => ({
  share: of === 0 ? null : ratio(count, of, 4),
  count,
  of,
});

/** Totals by name; what has no name, and what comes to nothing, is left out. */
export function totals(entries: readonly (readonly [string | null, number])[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [name, value] of entries) if (name) all[name] = (all[name] ?? 0) + value;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== 0));
}

export const countBy = (names: readonly (string | null)[]): Record<string, number> =>
  totals(names.map((name) => [name, 1]));
