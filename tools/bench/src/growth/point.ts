import { spreadOf } from '../medians';
import type { Window } from '../measure';

/** What was measured at one place of a curve. */
export interface Point {
  readonly curve: string;
  /** Which line of the curve. */
  readonly series: string;
  readonly x: number;
  readonly figures: Readonly<Record<string, number>>;
  /** Load average at the end. */
  readonly load: number;
  /** What is not as it should be in the end; a point with faults is void. */
  readonly faults: readonly string[];
}

/** How much is measured: `full` takes hours and gigabytes. */
export type Extent = 'quick' | 'usual' | 'full';

export interface Curve {
  readonly name: string;
  readonly about: string;
  /** What x is. */
  readonly x: string;
  readonly isLogX?: boolean;
  /** One plot each: which figure, and in what it is counted. */
  readonly plots: readonly { readonly figure: string; readonly title: string; readonly y: string }[];
  /** Measures one point after the other, each on a new stage. */
  measure(extent: Extent): AsyncIterable<Point>;
}

export const costPlots = [
  { figure: 'rate', title: 'Messages handled', y: 'messages/s' },
  { figure: 'serviceUs', title: 'CPU time of the service', y: 'µs a message' },
  { figure: 'peakMb', title: 'Peak memory of the service', y: 'MB' },
] as const;

/** Medians of some windows; the most memory of any. */
export function costOf(windows: readonly Window[]): Record<string, number> {
  const median = (member: 'rate' | 'serviceUs' | 'brokerUs' | 'databaseUs') =>
    Math.round(spreadOf(windows.map((window) => window[member])).median);
  return {
    rate: median('rate'),
    serviceUs: median('serviceUs'),
    brokerUs: median('brokerUs'),
    databaseUs: median('databaseUs'),
    peakMb: Math.max(...windows.map(({ peakMb }) => peakMb)),
  };
}
