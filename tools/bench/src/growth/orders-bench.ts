import { startDelivered } from '../delivered';
import type { Outcome } from '../lanes/lane';
import { handledOrders, leftByOrders } from '../lanes/waybill.lane';
import { faultsOf } from '../measure';
import { type BenchMessage, orderMessage, totalOf } from '../order-message';
import { forgetPeak } from '../process-usage';
import { commandTopic, setStage } from '../stage';
import { untilShared } from '../start/membership';
import { type Bench, patientGroup, workOff } from './backlog';

/** Orders that warm a service up have numbers of their own. */
export const firstWarmUp = 900_000;
export const warmUpOrders = 5000;

export interface OrdersBenchOptions {
  readonly partitions?: number;
  readonly instances?: number;
}

/** The orders service on a new stage, warmed up; ends both. */
export async function withOrders<T>(
  { partitions, instances = 1 }: OrdersBenchOptions,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const stage = await setStage({ partitions });
  try {
    const processes = await Promise.all(
      Array.from({ length: instances }, () => startDelivered('orders', stage, patientGroup)),
    );
    const shared = await untilShared(stage, instances);
    if (shared.instances < instances) throw new Error(`only ${shared.instances} instances got partitions`);
    const bench = { stage, processes, topic: commandTopic, handled: () => handledOrders(stage) };
    await workOff(bench, newOrders(firstWarmUp, warmUpOrders), warmUpOrders);
    for (const { pid } of processes) forgetPeak(pid);
    const result = await work(bench);
    await Promise.all(processes.map((process) => process.stop()));
    return result;
  } finally {
    await stage.end();
  }
}

export function* newOrders(first: number, count: number): Iterable<BenchMessage> {
  for (let order = first; order < first + count; order++) yield orderMessage(order, 0, 'usual');
}

/** Sum of the totals of new orders, minor units. */
export function totalsOf(first: number, count: number): number {
  let sum = 0;
  for (let order = first; order < first + count; order++) sum += totalOf(order, 0);
  return sum;
}

/** What is wrong with what was added between two looks. */
export async function faultsSince(
  { stage }: Bench,
  before: Outcome,
  added: Pick<Outcome, 'messages' | 'orders' | 'totals'>,
): Promise<string[]> {
  const after = await leftByOrders(stage);
  return faultsOf([
    ['messages handled', after.messages - before.messages, added.messages],
    ['new orders', after.orders - before.orders, added.orders],
    ['change of the sum of the totals', after.totals - before.totals, added.totals],
    ['new facts', after.facts - before.facts, after.factsWanted - before.factsWanted],
  ]);
}
