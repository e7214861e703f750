import type { Latency } from '../latency';
import type { Measured } from '../measure';
import type { Stage } from '../stage';
import type { Answered } from './ask';

/** How much of everything. */
export interface Size {
  /** Messages of a rate. */
  readonly messages: number;
  /** How long a latency or an answer is measured, s. */
  readonly seconds: number;
}

/** What one measurement says, as rates, latencies and answers. */
export interface Findings {
  readonly rates?: readonly Measured[];
  readonly latencies?: readonly Latency[];
  readonly answers?: readonly Answered[];
}

/** Something to measure, on a stage of its own. */
export interface Measurement {
  readonly name: string;
  readonly about: string;
  /** It takes so long that the first round alone makes it. */
  readonly isOnce?: true;
  measure(stage: Stage, size: Size): Promise<Findings>;
}

/** So many of something as a share of the messages, but not less. */
export const shareOf = ({ messages }: Size, share: number, least: number): number =>
  Math.max(least, Math.round(messages * share));
