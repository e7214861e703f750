import { setTimeout as pause } from 'node:timers/promises';
import type { Lane, Outcome, Run } from './lanes/lane';
import { cpuMs, loadAverage, peakMemoryMb } from './process-usage';
import { preload, setStage, type Stage } from './stage';
import { type Expected, expectedOf, messagesOf, type Workload } from './workloads';

export interface Limits {
  /** Share of the messages that a fast lane handles before the window opens. */
  readonly warmUpShare: number;
  /** A slow lane: time before the window opens, and length of the window. */
  readonly warmUpMs: number;
  readonly windowMs: number;
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

interface Sample {
  readonly atMs: number;
  readonly done: number;
  readonly cpuMs: { readonly service: number; readonly broker: number; readonly database: number };
}

const sampleEveryMs = 200;
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
    const window = await watch(lane, run, stage, expected, limits);
    const { found, wanted } = await run.end();
    const isCutOff = lane.isSlow && found.messages < expected.messages;
    const allWanted = isCutOff ? found.messages : expected.messages;
    return {
      lane: lane.name,
      workload: workload.name,
      ...window,
      faults: faultsOf(found, { ...wanted, messages: allWanted }),
    };
  } finally {
    await stage.end();
  }
}

async function watch(
  { isSlow, name }: Lane,
  run: Run,
  { pids }: Stage,
  expected: Expected,
  { warmUpShare, warmUpMs, windowMs }: Limits,
) {
  const look = async (): Promise<Sample> => {
    const done = await run.done();
    const cpu = { service: cpuMs(run.pid), broker: cpuMs(pids.kafka), database: cpuMs(pids.mongo) };
    return { atMs: performance.now(), done, cpuMs: cpu };
  };
  const begin = performance.now();
  let first: Sample | undefined;
  let last = await look();
  for (;;) {
    const isWarm = isSlow ? last.atMs - begin >= warmUpMs : last.done >= warmUpShare * expected.messages;
    if (isWarm && last.done > 0) first ??= last;
    if (last.done >= expected.messages) break;
    if (first && isSlow && last.atMs - first.atMs >= windowMs) break;
    if (last.atMs - begin > patienceMs) throw new Error(`${name} did not finish: ${last.done} messages done`);
    await pause(sampleEveryMs);
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
    peakMb: peakMemoryMb(run.pid),
    load: loadAverage(),
  };
}

/** What is wrong with the final state, as sentences. */
export function faultsOf(
  found: Outcome,
  wanted: { readonly messages: number; readonly orders: number; readonly totals: number },
): string[] {
  const pairs: readonly (readonly [string, number, number])[] = [
    ['messages handled', found.messages, wanted.messages],
    ['orders', found.orders, wanted.orders],
    ['sum of the last totals', found.totals, wanted.totals],
    ['facts', found.facts, found.factsWanted],
  ];
  return pairs
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `${what}: ${is}, not ${should}`);
}
