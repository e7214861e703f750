import { currencyExponent } from '@waybill/contracts';

const hourMs = 3_600_000n;
const dayMs = 86_400_000n;
const placesOfRatios = 4;

/** `dividend ÷ divisor` with at most `places` decimals, rounded half away from zero. */
export function quotient(dividend: bigint, divisor: bigint, places: number): number {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const scaled = (magnitude * 10n ** BigInt(places) * 2n + divisor) / (divisor * 2n);
  const digits = String(scaled).padStart(places + 1, '0');
  const point = digits.length - places;
  const value = Number(`${digits.slice(0, point)}.${digits.slice(point)}`);
  return dividend < 0n && scaled > 0n ? -value : value;
}

/** A sum as it is published with its average; `average` is null when nothing was counted. */
export interface Average {
  readonly average: number | null;
  readonly sum: number;
  readonly count: number;
}

export interface Share {
  readonly share: number | null;
  readonly count: number;
  readonly of: number;
}

/** Minor units of `currency` in major units. */
export const money = (minor: bigint, currency: string) =>
  quotient(minor, minorPerMajor(currency), currencyExponent(currency));

export const averageMoney = (minor: bigint, count: bigint, currency: string) =>
  average(minor, count, minorPerMajor(currency), currencyExponent(currency));
export const averageHours = (ms: bigint, count: bigint) => average(ms, count, hourMs, placesOfRatios);
export const averageDays = (ms: bigint, count: bigint) => average(ms, count, dayMs, placesOfRatios);
/** Whole numbers, such as milliseconds. */
export const averageNumber = (sum: bigint, count: bigint) => average(sum, count, 1n, placesOfRatios);

export function share(count: bigint, of: bigint): Share {
  return {
    share: of === 0n ? null : quotient(count, of, placesOfRatios),
    count: Number(count),
    of: Number(of),
  };
}

function average(sum: bigint, count: bigint, unit: bigint, places: number): Average {
  return {
    average: count === 0n ? null : quotient(sum, unit * count, places),
    sum: quotient(sum, unit, places),
    count: Number(count),
  };
}

const minorPerMajor = (currency: string) => 10n ** BigInt(currencyExponent(currency));
