import { setTimeout as pause } from 'node:timers/promises';
import { atRate } from '../at-rate';
import { startDelivered } from '../delivered';
import { type SeenFact, watchFacts } from '../fact-watch';
import { leftByOrders } from '../lanes/waybill.lane';
import { faultsOf } from '../measure';
import { orderMessage } from '../order-message';
import { loadAverage } from '../process-usage';
import { commandTopic, setStage } from '../stage';
import { longestGap, longestGapOfAny } from './gaps';
import { untilShared } from './membership';

export interface Join {
  /** Orders a second. */
  readonly offered: number;
  /** From the start of the second process until it has partitions, ms. */
  readonly startedToAssignedMs: number;
  /** From the moment at which the group begins to share out anew until both have partitions, ms. */
  readonly rebalanceMs: number;
  /** Longest time without any fact, ms: before, and while the second one starts and joins. */
  readonly calmGapMs: number;
  readonly gapMs: number;
  /** The same of the partition that has the longest one. */
  readonly calmPartitionGapMs: number;
  readonly partitionGapMs: number;
  /** Facts that were published more than once. */
  readonly repeated: number;
  readonly load: number;
  readonly faults: readonly string[];
}

const warmUpMs = 5000;
/** How long facts are looked at before the second process is started, and after it has partitions. */
const calmMs = 8000;
const afterMs = 3000;
const patienceMs = 60_000;

/** Offers orders at a fixed rate to the orders service and lets a second instance join. */
export async function measureJoin(offered: number): Promise<Join> {
  const stage = await setStage();
  const seen: SeenFact[] = [];
  const producer = stage.kafka.producer();
  const endWatch = await watchFacts(stage, (fact) => void seen.push(fact));
  try {
    await producer.connect();
    const first = await startDelivered('orders', stage);
    const enough = new AbortController();
    const send = (i: number) =>
      void producer.send({ topic: commandTopic, acks: -1, messages: [orderMessage(i, 0, 'usual')] });
    const load = atRate(offered, Infinity, send, enough.signal);
    await pause(warmUpMs + calmMs);
    const begin = performance.now();
    const [second, shared] = await Promise.all([startDelivered('orders', stage), untilShared(stage, 2)]);
    await pause(afterMs);
    const end = performance.now();
    const busy = loadAverage();
    enough.abort();
    const total = await load;
    await untilSeen(seen, total);
    await Promise.all([first.stop(), second.stop()]);
    const left = await leftByOrders(stage);
    const known = new Set(seen.map(({ causationId }) => causationId));
    const times = seen.map(({ atMs }) => atMs);
    return {
      offered,
      startedToAssignedMs: shared.atMs - begin,
      rebalanceMs: shared.atMs - shared.sinceMs,
      calmGapMs: longestGap(times, begin - calmMs, begin),
      gapMs: longestGap(times, begin, end),
      calmPartitionGapMs: longestGapOfAny(seen, begin - calmMs, begin),
      partitionGapMs: longestGapOfAny(seen, begin, end),
      repeated: left.facts - left.factsWanted,
      load: busy,
      faults: faultsOf([
        ['messages handled', left.messages, total],
        ['orders', left.orders, total],
        ['orders with a fact', known.size, total],
        ['instances that got partitions', shared.instances, 2],
      ]),
    };
  } finally {
    await Promise.allSettled([endWatch(), producer.disconnect()]);
    await stage.end();
  }
}

async function untilSeen(seen: readonly SeenFact[], total: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (seen.length < total && performance.now() < deadline) await pause(100);
}
