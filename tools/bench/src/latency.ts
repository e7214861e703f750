import { setTimeout as pause } from 'node:timers/promises';
import { atRate } from './at-rate';
import { type SeenFact, watchFacts } from './fact-watch';
import type { Lane } from './lanes/lane';
import { type BenchMessage, orderMessage } from './order-message';
import { loadAverage } from './process-usage';
import { commandTopic, eventTopic, setStage, type Stage } from './stage';

/** From `send` to the fact in a consumer's hands, ms. */
export interface Latency {
  readonly lane: string;
  /** Messages a second that were offered. */
  readonly offered: number;
  readonly sent: number;
  readonly seen: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly load: number;
}

const warmUpSeconds = 4;
const patienceMs = 20_000;

/** Messages offered one by one at a fixed rate, and the facts by which they are answered. */
export interface Offer {
  /** Messages a second. */
  readonly offered: number;
  readonly seconds: number;
  readonly factTopic: string;
  message(i: number): BenchMessage;
  /** Under which name the fact answers the message. */
  nameOf(i: number): string;
  /** Which message a fact answers. */
  answered(fact: SeenFact): string | undefined;
  /** Starts what handles them; answers how to end it. */
  start(): Promise<() => Promise<unknown>>;
}

/** Offers commands on orders, whatever becomes of them, and waits for the first fact that answers each one. */
export async function waitsFor(stage: Stage, offer: Offer): Promise<Omit<Latency, 'lane'>> {
  const { offered, seconds } = offer;
  const total = messagesIn(offered, seconds);
  const warmUp = Math.ceil(offered * warmUpSeconds);
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  const producer = stage.kafka.producer();
  const see = (fact: SeenFact) => {
    const name = offer.answered(fact);
    const at = name === undefined ? undefined : sentAt.get(name);
    if (name === undefined || at === undefined) return;
    waits.push(fact.atMs - at);
    sentAt.delete(name);
  };
  const endWatch = await watchFacts(stage, see, offer.factTopic);
  try {
    await producer.connect();
    const end = await offer.start();
    await atRate(offered, total, (i) => {
      if (i >= warmUp) sentAt.set(offer.nameOf(i), performance.now());
      void producer.send({ topic: commandTopic, acks: -1, messages: [offer.message(i)] });
    });
    const deadline = performance.now() + patienceMs;
    while (sentAt.size > 0 && performance.now() < deadline) await pause(100);
    const load = loadAverage();
    await end();
    return { offered, sent: total - warmUp, seen: waits.length, ...delaysOf(waits), load };
  } finally {
    await Promise.allSettled([endWatch(), producer.disconnect()]);
  }
}

/** Offers messages to a lane, each a new order, and waits for the first fact that each one causes. */
export async function measureLatency(lane: Lane, offered: number, seconds: number): Promise<Latency> {
  const total = messagesIn(offered, seconds);
  const stage = await setStage();
  try {
    const waits = await waitsFor(stage, {
      offered,
      seconds,
      factTopic: eventTopic,
      message: (i) => orderMessage(i, 0, 'usual'),
      nameOf: (i) => `bench-${i}-0`,
      answered: ({ causationId }) => causationId,
      start: async () => {
        const run = await lane.start(stage, { messages: total, orders: total, totals: 0, faulty: 0 });
        return () => run.end();
      },
    });
    return { lane: lane.name, ...waits };
  } finally {
    await stage.end();
  }
}

const messagesIn = (offered: number, seconds: number): number =>
  Math.ceil(offered * (seconds + warmUpSeconds));

/** Half, 99 % and all of them were not longer, ms with so many decimals. */
export function delaysOf(waits: readonly number[], decimals = 0): Pick<Latency, 'p50' | 'p99' | 'max'> {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Number(
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(
        decimals,
      ),
    );
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
