import { readLastRecords } from '@waybill/aggregates';
import {
  BatchLoop,
  consumerConfig,
  createKafka,
  type EngineReports,
  type KafkaSettings,
  WatchedGroup,
} from '@waybill/messaging';
import type { Admin, Kafka } from 'kafkajs';
import { countedTopics } from '../analytics.config';
import { alignGroup, type Rewound } from './align-group';
import type { Gap } from './apply-batch';
import type { Generation } from './generation';
import { type CountingParts, generationHandlers } from './generation-handlers';
import type { FactsWitness } from './projection-handler';

export interface FeedParts extends Omit<CountingParts, 'witness'> {
  readonly kafka: KafkaSettings;
  readonly admin: Admin;
  readonly sessionTimeoutMs: number;
  readonly reports: EngineReports;
  readonly witness: Omit<FactsWitness, 'onHeld'>;
  readonly onRewound: (topic: string, rewound: readonly Rewound[]) => void;
  readonly onBroken: (error: Error) => void;
}

/**
 * Counts facts into one generation, in its own consumer group. No Nest transport, as generations come and go while the
 * service runs.
 */
export class GenerationFeed {
  private readonly held = new Map<string, Gap>();
  private readonly client: Kafka;
  private running: { readonly loop: BatchLoop; readonly watched: WatchedGroup } | undefined;

  constructor(
    readonly generation: Generation,
    private readonly parts: FeedParts,
  ) {
    this.client = createKafka(parts.kafka);
  }

  /** Joins the group; resolves when it has. Rejects with nothing left behind. */
  async start(): Promise<void> {
    for (const topic of countedTopics) await this.align(topic);
    const { kafka, admin, sessionTimeoutMs, reports, onBroken } = this.parts;
    const watched = new WatchedGroup({
      admin,
      kafka,
      groupId: this.generation.group,
      topics: countedTopics,
      sessionTimeoutMs,
      reports,
      onBroken,
    });
    const handlers = generationHandlers(this.generation, {
      ...this.parts,
      witness: { ...this.parts.witness, onHeld: (stream, gap) => this.held.set(stream, gap) },
    });
    const consumer = this.client.consumer(consumerConfig(watched.transport));
    const loop = new BatchLoop(consumer, (topic) => handlers[topic], watched.transport);
    this.running = { loop, watched };
    try {
      await consumer.connect();
      await loop.run(countedTopics);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Lets running batches finish and commit, and leaves the group. */
  async stop(): Promise<void> {
    this.running?.watched.stop();
    await this.running?.loop.stop();
    this.running = undefined;
    this.held.clear();
  }

  /** A partition that is held at a gap is read on in a new session only: begins one when an operator let it pass. */
  async goOnWhereAccepted(): Promise<void> {
    const { gaps } = this.parts;
    const gone = [...this.held].map(([stream, gap]) => gaps.isAccepted(stream, gap));
    if (!(await Promise.all(gone)).includes(true)) return;
    await this.stop();
    await this.start();
  }

  private async align(topic: string): Promise<void> {
    const { admin, streamOf, onRewound } = this.parts;
    const { group, positions } = this.generation;
    const rewound = await alignGroup({
      admin,
      groupId: group,
      topic,
      positions,
      streamOf: (partition) => streamOf(topic, partition),
      read: (ranges) => readLastRecords(this.client, admin, group, topic, ranges),
    });
    if (rewound.length > 0) onRewound(topic, rewound);
  }
}
