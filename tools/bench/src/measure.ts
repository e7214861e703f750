import { setTimeout as pause } from 'node:timers/promises';
import type { Lane } from './lanes/lane';
import { cpuMs, loadAverage, peakMemoryMb } from './process-usage';
import { preload, setStage, type Stage } from './stage';
import { expectedOf, messagesOf, type Workload } from './workloads';

export interface Limits {
  /** Share of the messages that a fast lane handles before the window opens. */
  readonly warmUpShare: number;
  /** A slow lane: time before the window opens, and length of the window. */
  readonly warmUpMs: number;
  readonly windowMs: number;
  /** 200 unless given; what is over in less than a second needs closer looks. */
  readonly lookEveryMs?: number;
}

/** One lane on one workload, in the window after its warm-up. */
export interface Measured {
  readonly lane: string;
  readonly workload: string;
  /** Messages handled in the window, and its length. */
  readonly messages: number;
  readonly ms: number;
  /** Messages a second by wall clock. */
  readonly rate: number;
  /** CPU time a message, microseconds. */
  readonly serviceUs: number;
  readonly brokerUs: number;
  readonly databaseUs: number;
  /** The most memory that the service ever held, MB. */
  readonly peakMb: number;
  /** Load average at the end of the window. */
  readonly load: number;
  /** What is not as it should be in the end; a run with faults is void. */
  readonly faults: readonly string[];
}

/** What is to be done, and by which processes. */
export interface Work {
  readonly name: string;
  readonly isSlow: boolean;
  readonly messages: number;
  readonly pids: readonly number[];
  /** How many messages are handled so far. */
  readonly done: () => Promise<number>;
}

interface Sample {
  readonly atMs: number;
  readonly done: number;
  readonly cpuMs: { readonly service: number; readonly broker: number; readonly database: number };
}

const patienceMs = 120_000;

/** Sets a new stage, plays the workload in, lets the lane work and looks at what it left. */
export async function measure(
  lane: Lane,
  workload: Workload,
  messages: number,
  limits: Limits,
): Promise<Measured> {
  const expected = expectedOf(workload, messages);
  const stage = await setStage();
  try {
    await preload(stage, messagesOf(workload, messages));
    const run = await lane.start(stage, expected);
    const { name, isSlow } = lane;
    const work = { name, isSlow, messages: expected.messages, pids: [run.pid], done: () => run.done() };
    const window = await watch(work, stage, limits);
    const { found, wanted } = await run.end();
    const isCutOff = lane.isSlow && found.messages < expected.messages;
    const faults = faultsOf([
      ['messages handled', found.messages, isCutOff ? found.messages : expected.messages],
      ['orders', found.orders, wanted.orders],
      ['sum of the last totals', found.totals, wanted.totals],
      ['facts', found.facts, found.factsWanted],
    ]);
    return { lane: name, workload: workload.name, ...window, faults };
  } finally {
    await stage.end();
  }
}

export type Window = Awaited<ReturnType<typeof watch>>;

/** Looks at work that goes on until all of it is done, or as long as the window of a slow one is. */
export async function watch(
  { name, isSlow, messages: all, pids, done: doneSoFar }: Work,
  { pids: servers }: Stage,
  { warmUpShare, warmUpMs, windowMs, lookEveryMs = 200 }: Limits,
) {
  const look = async (): Promise<Sample> => {
    const done = await doneSoFar();
    const cpu = {
      service: sum(pids.map(cpuMs)),
      broker: cpuMs(servers.kafka),
      database: cpuMs(servers.mongo),
    };
    return { atMs: performance.now(), done, cpuMs: cpu };
  };
  const begin = performance.now();
  let first: Sample | undefined;
  let last = await look();
  let moved = last;
  for (;;) {
    const isWarm = isSlow ? last.atMs - begin >= warmUpMs : last.done >= warmUpShare * all;
    if (isWarm && (last.done > 0 || warmUpShare === 0)) first ??= last;
    if (last.done >= all) break;
    if (first && isSlow && last.atMs - first.atMs >= windowMs) break;
    if (last.done !== moved.done) moved = last;
    if (last.atMs - moved.atMs > patienceMs)
      throw new Error(`${name} stands still: ${last.done} messages done`);
    await pause(lookEveryMs);
    last = await look();
  }
  if (!first || last.done === first.done)
    throw new Error(`${name} was done before there was a window to look at`);
  const messages = last.done - first.done;
  const ms = last.atMs - first.atMs;
  const us = (part: keyof Sample['cpuMs']) =>
    Math.round(((last.cpuMs[part] - (first?.cpuMs[part] ?? 0)) * 1000) / messages);
  return {
    messages,
    ms: Math.round(ms),
    rate: Math.round((messages * 1000) / ms),
    serviceUs: us('service'),
    brokerUs: us('broker'),
    databaseUs: us('database'),
    peakMb: sum(pids.map(peakMemoryMb)),
    load: loadAverage(),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What was counted at the end, what came out, and what should have. */
export type Check = readonly [what: string, is: number, should: number];

/** What is wrong with the final state, as sentences. */
export const faultsOf = (checks: readonly Check[]): string[] =>
  checks
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `${what}: ${is}, not ${should}`);
