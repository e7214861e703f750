import type { Measures } from '../figures/cell';

/** Adds into `sums`. */
export function addTo(sums: Record<string, bigint>, measures: Measures): void {
  for (const [name, value] of Object.entries(measures)) sums[name] = (sums[name] ?? 0n) + value;
}

/** A measure that sums up to nothing is one that nobody contributes to. */
export const withoutZeros = (measures: Measures): Measures =>
  Object.fromEntries(Object.entries(measures).filter(([, value]) => value !== 0n));

/** A name as it may stand in a path of the database: without dots, without dollars, and never empty. */
export const escapedName = (name: string): string =>
  name === '' ? '%' : name.replace(/[%.$\0]/g, (found) => `%${hex(found)}`);

/** What {@link escapedName} was made of. */
export const plainName = (escaped: string): string =>
  escaped === '%'
    ? ''
    : escaped.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

const hex = (character: string): string =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
