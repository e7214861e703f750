import type { Child } from '../child';
import { watch, type Window } from '../measure';
import type { BenchMessage } from '../order-message';
import { preload, type Stage } from '../stage';

/** A service that is warm and has nothing to do, and what it is to be given. */
export interface Bench {
  readonly stage: Stage;
  readonly processes: readonly Child[];
  readonly topic: string;
  /** How many messages of the topic are handled. */
  handled(): Promise<number>;
}

/** A frozen service must not lose its partitions, however long it takes to fill the topic. */
export const patientGroup = { KAFKA_SESSION_TIMEOUT_MS: '900000' };

const limits = { warmUpShare: 0, warmUpMs: 0, windowMs: 0, lookEveryMs: 20 };

/** Lets messages gather while the service is frozen, and watches it work them off. */
export async function workOff(
  bench: Bench,
  messages: Iterable<BenchMessage>,
  count: number,
): Promise<Window> {
  const { stage, processes, topic } = bench;
  const before = await bench.handled();
  for (const process of processes) process.freeze();
  try {
    await preload(stage, messages, topic);
  } finally {
    for (const process of processes) process.thaw();
  }
  const done = async () => (await bench.handled()) - before;
  const pids = processes.map(({ pid }) => pid);
  return watch({ name: 'a backlog', isSlow: false, messages: count, pids, done }, stage, limits);
}
