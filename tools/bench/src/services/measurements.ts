import { analyticsMeasurement, reportsMeasurement } from './analytics.measurement';
import { claimsMeasurement } from './claims.measurement';
import type { Measurement } from './measurement';
import { reactionLatencyMeasurement, reactionsMeasurement } from './reactions.measurement';
import { readsMeasurement } from './reads.measurement';
import { scanMeasurements } from './scans.measurement';

/** All measurements, in the order in which a round makes them. */
export const measurements: readonly Measurement[] = [
  ...scanMeasurements,
  claimsMeasurement,
  reactionsMeasurement,
  reactionLatencyMeasurement,
  analyticsMeasurement,
  reportsMeasurement,
  readsMeasurement,
];
