import { currencyExponent } from './currencies';

/** Greatest amount in major units, in any currency (domain 1.5). */
export const maxAmount = 9_999_999_999.9999;

/**
 * Decimal places of the shortest decimal text of `value`; a number that needs an exponent has none that counts
 * here and gives Infinity.
 */
export function decimalPlaces(value: number): number {
  const text = String(value);
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return Infinity;
  return text.split('.')[1]?.length ?? 0;
}

/** Whether `value` is a finite number from `min` to `max` with at most `places` decimals. */
export function isDecimal(value: unknown, min: number, max: number, places: number): value is number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false;
  return unitsOf(value, places) !== undefined || decimalPlaces(value) <= places;
}

const powersOfTen = [1, 10, 100, 1000, 10_000];
/** All decimal numbers of 15 digits are doubles of their own, so no text need be looked at for them. */
const surelyExact = 1e15;

/** `value` as a whole number of units of 10^-`places`; `undefined` where it has more decimals, or too many digits to tell. */
function unitsOf(value: number, places: number): number | undefined {
  const scale = powersOfTen[places] ?? Number.NaN;
  const units = Math.round(value * scale);
  // never -0
  return Math.abs(units) <= surelyExact && units / scale === value ? units + 0 : undefined;
}

/**
 * An amount in major units as an integer of minor units: from its shortest decimal text, scaled by the currency's
 * exponent, rounded half away from zero (domain 1.6). `toMinor(0.125, 'EUR')` is 13.
 */
export function toMinor(major: number, currency: string): number {
  const exponent = currencyExponent(currency);
  return unitsOf(major, exponent) ?? roundedUnits(major, exponent);
}

function roundedUnits(major: number, exponent: number): number {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(major)) ?? [];
  if (whole === '') throw new RangeError(`${major} is not an amount`);
  const kept = Number(whole + fraction.padEnd(exponent, '0').slice(0, exponent));
  const magnitude = kept + ((fraction[exponent] ?? '0') >= '5' ? 1 : 0);
  return sign && magnitude > 0 ? -magnitude : magnitude;
}

/** An integer of minor units as the number in major units that is written on the wire. */
export function toMajor(minor: number, currency: string): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is no whole number of minor units`);
  // both are exact and division rounds once, as reading the decimal text would; never -0
  return (minor + 0) / 10 ** currencyExponent(currency);
}

/** The same major value in another currency, rounded to its exponent: what an order's amounts do when only the currency changes. */
export function keepMajor(minor: number, from: string, to: string): number {
  return toMinor(toMajor(minor, from), to);
}

const decimalText = /^[+-]?(\d{1,16})(?:\.(\d{1,16}))?$/;

/**
 * The magnitude of a discount: a number, or a decimal string of any sign, with at most 4 decimals. `undefined` for
 * everything else. It is never summed, so it stays a decimal.
 */
export function parseMagnitude(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const match = decimalText.exec(value);
    // trailing zeros say nothing, so `1.50000` has one decimal
    if (!match || (match[2] ?? '').replace(/0+$/, '').length > 4) return undefined;
    return parseMagnitude(Number(value));
  }
  return isDecimal(value, -maxAmount, maxAmount, 4) ? Math.abs(value) : undefined;
}
