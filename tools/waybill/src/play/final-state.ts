import { createHash } from 'node:crypto';
import type { OrderSnapshot } from './order-figure';
import type { ParcelSnapshot } from './parcel-figure';

export interface FinalState {
  readonly sha256: string;
  readonly orders: number;
  readonly parcels: number;
}

/** When something was recorded depends on when it was heard of. All else must not. */
const recordTimes = new Set(['updated_at', 'recorded_at']);

/**
 * A hash of orders and parcels as their last facts show them, numbers of facts and record times left out: two runs that
 * come to the same have the same one, whatever order their messages came in.
 */
export function finalState(orders: Iterable<OrderSnapshot>, parcels: Iterable<ParcelSnapshot>): FinalState {
  const lines = [
    [...orders].map((order) => canonicalJson(order)).toSorted(),
    [...parcels].map((parcel) => canonicalJson(parcel)).toSorted(),
  ] as const;
  const hash = createHash('sha256');
  for (const line of lines.flat()) hash.update(line).update('\n');
  return { sha256: hash.digest('hex'), orders: lines[0].length, parcels: lines[1].length };
}

/** JSON with its members in the order of their names, without record times. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([name]) => !recordTimes.has(name))
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
