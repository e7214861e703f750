import type { EstimatedArrival, Shipment } from './shipment.state';

const parts = ({ predictedAt, to, from }: EstimatedArrival) => [predictedAt, to, from ?? ''] as const;

/** Negative: `a` is the lesser. The later prediction is the greater; of two at one time the later end, then the later begin. */
export function compareEstimates(a: EstimatedArrival, b: EstimatedArrival): number {
  const others = parts(b);
  for (const [i, part] of parts(a).entries()) {
    const other = others[i] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

export const isGreater = (estimate: EstimatedArrival, known: EstimatedArrival | null): boolean =>
  known === null || compareEstimates(estimate, known) > 0;

/**
 * What a parcel takes over from an estimate that it is told: nothing unless it is the greatest of all it was ever told
 * (domain 3.8). An end that is not before the moment of the check ends the overdue.
 */
export function told(
  { estimatedArrival, overdueAsOf }: Shipment,
  estimate: EstimatedArrival | null | undefined,
): Pick<Shipment, 'estimatedArrival' | 'overdueAsOf'> {
  if (!estimate || !isGreater(estimate, estimatedArrival)) return { estimatedArrival, overdueAsOf };
  const isEnded = overdueAsOf !== null && estimate.to >= overdueAsOf;
  return { estimatedArrival: estimate, overdueAsOf: isEnded ? null : overdueAsOf };
}
