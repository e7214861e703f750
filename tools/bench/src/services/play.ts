import type { Child } from '../child';
import { type ServiceName, startDelivered } from '../delivered';
import { faultsOf, type Check, type Measured, watch, type Work } from '../measure';
import type { BenchMessage } from '../order-message';
import { preload, recordsIn, type Stage } from '../stage';
import { untilIdle } from './waiting';

/** Runs services until nothing waits for them any more; what happens to the stage meanwhile is not measured. */
export async function play(stage: Stage, services: readonly ServiceName[]): Promise<void> {
  await running(stage, services, () => untilIdle(stage, services));
}

/** Starts services, does something with them, and ends them. */
export async function running<T>(
  stage: Stage,
  services: readonly ServiceName[],
  work: (processes: readonly Child[]) => Promise<T>,
): Promise<T> {
  const processes = await Promise.all(services.map((name) => startDelivered(name, stage)));
  try {
    return await work(processes);
  } finally {
    await Promise.all(processes.map((one) => one.stop()));
  }
}

/** What services have to do, and what it leaves. */
export interface Task {
  readonly workload: string;
  readonly services: readonly ServiceName[];
  /** Where what has to be done is put, or lies already. */
  readonly topic: string;
  /** How many messages are handled, of so many that were sent so far. */
  readonly done: (sent: number) => Promise<number>;
  /** Looks at what was left in the end. */
  readonly checks: () => Promise<readonly Check[]>;
}

/** Works off what lies on the topic, in the window after the first tenth. */
export async function measureBacklog(stage: Stage, task: Task): Promise<Measured> {
  const messages = await recordsIn(stage, task.topic);
  return measured(stage, task, (work) =>
    watch({ ...work, messages, done: () => task.done(messages) }, stage, { ...noTimes, warmUpShare: 0.1 }),
  );
}

/**
 * A quarter of the messages is worked off first; then the rest is put on the topic, and the window lasts until all of it is
 * done. A window inside of one backlog would be wrong: what services hand on, to themselves or to each other, stands behind
 * it, so that its end is of other work than its beginning.
 */
export async function measureFlood(
  stage: Stage,
  task: Task,
  messages: readonly BenchMessage[],
): Promise<Measured> {
  const quarter = Math.floor(messages.length / 4);
  await preload(stage, messages.slice(0, quarter), task.topic);
  return measured(stage, task, async (work) => {
    await untilIdle(stage, task.services);
    let sent = quarter;
    const flood = async () => {
      await preload(stage, messages.slice(quarter), task.topic);
      sent = messages.length;
    };
    const all = { ...work, messages: messages.length, done: () => task.done(sent) };
    const [window] = await Promise.all([watch(all, stage, { ...noTimes, warmUpShare: 0 }), flood()]);
    return window;
  });
}

const noTimes = { warmUpMs: 0, windowMs: 0 };

function measured(
  stage: Stage,
  { workload, services, checks }: Task,
  look: (work: Pick<Work, 'name' | 'isSlow' | 'pids'>) => ReturnType<typeof watch>,
): Promise<Measured> {
  return running(stage, services, async (processes) => {
    const window = await look({ name: workload, isSlow: false, pids: processes.map(({ pid }) => pid) });
    await untilIdle(stage, services);
    return { lane: services.join(' + '), workload, ...window, faults: faultsOf(await checks()) };
  });
}
