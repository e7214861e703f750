import type { Stage } from '../stage';
import type { Expected } from '../workloads';

/** What a lane has left in the database and on the event topic. */
export interface Outcome {
  readonly messages: number;
  readonly orders: number;
  /** Sum of the orders' last totals, minor units. */
  readonly totals: number;
  /** Records on the event topic, and how many there should be. */
  readonly facts: number;
  readonly factsWanted: number;
}

/** A lane at work on the preloaded topic. */
export interface Run {
  readonly pid: number;
  /** How many messages are handled so far: written, and published where the lane publishes. */
  done(): Promise<number>;
  /** Stops it and looks at what it left. `wanted`: what all messages leave; a lane that was cut off counts its own. */
  end(): Promise<{ readonly found: Outcome; readonly wanted: Pick<Expected, 'orders' | 'totals'> }>;
}

export interface Lane {
  readonly name: string;
  readonly about: string;
  /** A slow one is measured over a window of time and not to the end of the topic. */
  readonly isSlow: boolean;
  start(stage: Stage, expected: Expected): Promise<Run>;
}
