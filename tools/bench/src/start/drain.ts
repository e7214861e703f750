import { setTimeout as pause } from 'node:timers/promises';
import { startDelivered } from '../delivered';
import { handledOrders, leftByOrders } from '../lanes/waybill.lane';
import { faultsOf } from '../measure';
import { loadAverage } from '../process-usage';
import { preload, setStage, type Stage } from '../stage';
import { expectedOf, messagesOf, type Workload, workloads } from '../workloads';

export interface Drain {
  /** From SIGTERM to the end of the process. */
  readonly ms: number;
  /** Messages that were committed when it had ended, of those that waited. */
  readonly handled: number;
  readonly messages: number;
  readonly load: number;
  readonly faults: readonly string[];
}

const patienceMs = 120_000;

/** Ends the orders service in the midst of messages that wait, has another one do the rest, and looks at what both left. */
export async function measureDrain(messages: number): Promise<Drain> {
  const workload = workloads.find(({ name }) => name === 'updates') as Workload;
  const expected = expectedOf(workload, messages);
  const stage = await setStage();
  try {
    await preload(stage, messagesOf(workload, messages));
    const first = await startDelivered('orders', stage);
    await untilHandled(stage, messages / 4);
    const begin = performance.now();
    const code = await first.stop();
    const ms = performance.now() - begin;
    const load = loadAverage();
    const handled = await handledOrders(stage);
    const second = await startDelivered('orders', stage);
    await untilHandled(stage, messages);
    await second.stop();
    const left = await leftByOrders(stage);
    const faults = faultsOf([
      ['exit code', Number(code), 0],
      ['messages handled', left.messages, messages],
      ['orders', left.orders, expected.orders],
      ['sum of the last totals', left.totals, expected.totals],
      ['facts', left.facts, left.factsWanted],
    ]);
    if (handled >= messages) faults.push('all was done before the signal came');
    return { ms, handled, messages, load, faults };
  } finally {
    await stage.end();
  }
}

async function untilHandled(stage: Stage, messages: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while ((await handledOrders(stage)) < messages) {
    if (performance.now() > deadline) throw new Error(`orders did not handle ${messages} messages`);
    await pause(20);
  }
}
