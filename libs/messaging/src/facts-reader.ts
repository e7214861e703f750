import type { Issue } from '@waybill/decider';
import type { BatchContext, BatchHandler } from './batch-context';
import { BatchLoop, type BatchLoopOptions } from './batch-loop';
import { consumerConfig, type ConsumerGroupSettings } from './consumer-group';
import { type Fact, readFact } from './fact';
import { MemorySequences, type SequenceStore, siftFacts } from './fact-sequences';
import { createKafka, type KafkaSettings } from './kafka-client';

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Something that cannot happen by construction. After a `gap` the partition stands still; an `unreadable` record is skipped. */
export type FactsAlarm =
  | (Place & {
      readonly kind: 'gap';
      readonly aggregateId: string;
      readonly expected: number;
      readonly got: number;
    })
  | (Place & { readonly kind: 'unreadable'; readonly reasons: readonly Issue[] });

export interface FactsHandling {
  /** Takes the fresh facts of a batch, in order. Rejecting means: all of them again, later. */
  readonly handle: (facts: readonly Fact[], context: BatchContext) => Promise<void>;
  readonly onAlarm: (alarm: FactsAlarm) => void;
  /**
   * What is wrong with a fact that can be read; nothing: []. A faulty one was not written by its owner: it is skipped as
   * unreadable, before its number counts for anything, so that it cannot take the place of the true one.
   */
  readonly faultsOf?: (fact: Fact) => readonly Issue[];
  /** In memory unless given; `null` for a reaction, whose target drops repeats itself: all facts are handed over. */
  readonly sequences?: SequenceStore | null;
}

/** A batch handler that decodes facts, drops repeats and stops its partition at a gap. */
export function factsHandler({
  handle,
  onAlarm,
  faultsOf = () => [],
  sequences = new MemorySequences(),
}: FactsHandling): BatchHandler {
  let session: string | undefined;
  return async (records, context) => {
    if (session !== context.session) sequences?.forget?.();
    session = context.session;
    const alarms: FactsAlarm[] = [];
    const facts: Fact[] = [];
    for (const record of records) {
      const read = readFact(record);
      const { topic, partition, offset } = record;
      const reasons = read.ok ? faultsOf(read.fact) : read.reasons;
      if (read.ok && reasons.length === 0) facts.push(read.fact);
      else alarms.push({ kind: 'unreadable', topic, partition, offset, reasons });
    }
    if (!sequences) await handle(facts, context);
    else {
      const known = await sequences.load([...new Set(facts.map(({ aggregateId }) => aggregateId))]);
      const { fresh, last, gap } = siftFacts(facts, known);
      if (fresh.length > 0) await handle(fresh, context);
      await sequences.remember?.(last);
      if (gap) {
        const { topic, partition, offset, aggregateId, sequence: got } = gap.fact;
        alarms.push({ kind: 'gap', topic, partition, offset, aggregateId, expected: gap.expected, got });
        context.holdFrom?.(offset);
      }
    }
    for (const alarm of alarms) onAlarm(alarm);
  };
}

export interface FactsReaderOptions
  extends ConsumerGroupSettings, Omit<BatchLoopOptions, 'groupId'>, FactsHandling {
  readonly kafka: KafkaSettings;
  readonly topics: readonly string[];
}

/**
 * Reads facts for a team that wants to keep something of its own up to date. Facts of one aggregate come in order, each
 * once, unless the process dies between the effect and the commit: then write effect and sequence together, as here.
 *
 * ```ts
 * const reader = new FactsReader({
 *   kafka: { brokers: ['localhost:9092'], clientId: 'loyalty' },
 *   groupId: 'loyalty',
 *   topics: ['orders.events'],
 *   sequences: {
 *     async load(ids) {
 *       const known = await points.find({ _id: { $in: [...ids] } }).toArray();
 *       return new Map(known.map(({ _id, sequence }) => [_id, sequence]));
 *     },
 *   },
 *   async handle(facts) {
 *     for (const fact of facts) {
 *       const set: Record<string, unknown> = { sequence: fact.sequence };
 *       if (isFact(fact, OrderFulfilledDto)) set.fulfilled_at = fact.time;
 *       await points.updateOne({ _id: fact.aggregateId }, { $set: set }, { upsert: true });
 *     }
 *   },
 *   onAlarm: (alarm) => console.error('facts are missing or unreadable', alarm),
 *   onDead: () => process.exit(1),
 * });
 * await reader.start();
 * process.once('SIGTERM', () => void reader.stop());
 * ```
 */
export class FactsReader {
  private loop: BatchLoop | undefined;

  constructor(private readonly options: FactsReaderOptions) {}

  /** Joins the group and goes on where it left off, a new group at the earliest fact. */
  async start(): Promise<void> {
    const { options } = this;
    const consumer = createKafka(options.kafka).consumer(consumerConfig(options));
    const handler = factsHandler(options);
    await consumer.connect();
    this.loop = new BatchLoop(consumer, () => handler, options);
    await this.loop.run(options.topics);
  }

  /** Lets the running batch finish and commit. */
  async stop(): Promise<void> {
    await this.loop?.stop();
    this.loop = undefined;
  }
}
