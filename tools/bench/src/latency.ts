import { setTimeout as pause } from 'node:timers/promises';
import type { Lane } from './lanes/lane';
import { orderMessage } from './order-message';
import { loadAverage } from './process-usage';
import { commandTopic, eventTopic, setStage } from './stage';

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

/** Offers messages at a fixed rate, whatever the lane makes of it, and waits for the first fact that each one causes. */
export async function measureLatency(lane: Lane, offered: number, seconds: number): Promise<Latency> {
  const stage = await setStage();
  const total = Math.ceil(offered * (seconds + warmUpSeconds));
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  const consumer = stage.kafka.consumer({ groupId: 'latency', maxWaitTimeInMs: 50 });
  const producer = stage.kafka.producer();
  try {
    await Promise.all([consumer.connect(), producer.connect()]);
    await consumer.subscribe({ topics: [eventTopic], fromBeginning: true });
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    await consumer.run({
      eachBatch: async ({ batch: { messages } }) => {
        const now = performance.now();
        for (const { value } of messages) {
          const { causationid } = JSON.parse(String(value)) as { causationid: string };
          const at = sentAt.get(causationid);
          if (at === undefined) continue;
          sentAt.delete(causationid);
          waits.push(now - at);
        }
      },
    });
    await joined;
    const run = await lane.start(stage, { messages: total, orders: total, totals: 0, faulty: 0 });
    const warmUp = Math.ceil(offered * warmUpSeconds);
    const begin = performance.now();
    for (let i = 0; i < total;) {
      const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * offered));
      for (; i < due; i++) {
        if (i >= warmUp) sentAt.set(`bench-${i}-0`, performance.now());
        void producer.send({ topic: commandTopic, acks: -1, messages: [orderMessage(i, 0, 'usual')] });
      }
      await pause(2);
    }
    const deadline = performance.now() + patienceMs;
    while (sentAt.size > 0 && performance.now() < deadline) await pause(100);
    const load = loadAverage();
    await run.end();
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
    return {
      lane: lane.name,
      offered,
      sent: total - warmUp,
      seen: waits.length,
      p50: at(0.5),
      p99: at(0.99),
      max: at(1),
      load,
    };
  } finally {
    await Promise.allSettled([consumer.disconnect(), producer.disconnect()]);
    await stage.end();
  }
}
