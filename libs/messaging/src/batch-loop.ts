import type { Consumer, ConsumerCrashEvent, ConsumerEndBatchProcessEvent, EachBatchPayload } from 'kafkajs';
import type { BatchHandler } from './batch-context';
import { Membership } from './membership';
import { PartitionWork } from './partition-work';
import type { EngineReports } from './reports';

/** How far a partition is. `nextOffset` is finished with up to, but not including. */
export interface PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
  readonly highWatermark: number;
  /** Set when nothing is due before then, in milliseconds since 1970; `Infinity` for a partition that was stopped. */
  readonly waitsUntilMs?: number;
}

export interface BatchLoopOptions {
  readonly groupId: string;
  /** Partitions that are worked on at the same time: more are not faster, and all that they hold is held at once. */
  readonly partitionsConsumedConcurrently?: number;
  /** Most records in a batch. */
  readonly maxRecords?: number;
  /** Most bytes in a batch; a larger single record is a batch of its own. */
  readonly maxBatchBytes?: number;
  readonly sessionTimeoutMs?: number;
  /** How long `stop` waits for running batches. */
  readonly drainMs?: number;
  readonly backoff?: { readonly initialMs: number; readonly maxMs: number };
  readonly reports?: EngineReports;
  readonly onProgress?: (progress: PartitionProgress) => void;
  readonly onAssigned?: (assignment: Readonly<Record<string, readonly number[]>>) => void;
  /** kafkajs gave the consumer up; nothing will be read any more until the process is started again. */
  readonly onDead?: (error: Error) => void;
  readonly now?: () => number;
}

const defaults = {
  partitionsConsumedConcurrently: 4,
  maxRecords: 500,
  maxBatchBytes: 4 * 1024 * 1024,
  sessionTimeoutMs: 30_000,
  drainMs: 10_000,
  backoff: { initialMs: 250, maxMs: 5000 },
};

/**
 * Reads topics by batch with one kafkajs consumer. An offset is committed when the handler is done, never before. A
 * handler that rejects is called again with the same records, with growing pauses, for as long as the partition is ours;
 * the other partitions go on. kafkajs would stop them all for it, and end the consumer for good after a `TypeError`.
 */
export class BatchLoop {
  private readonly options: BatchLoopOptions & typeof defaults;
  private readonly stopping = new AbortController();
  private readonly now: () => number;
  private membership: Membership;

  constructor(
    private readonly consumer: Consumer,
    private readonly handlerOf: (topic: string) => BatchHandler | undefined,
    options: BatchLoopOptions,
  ) {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    this.options = { ...defaults, ...(Object.fromEntries(given) as unknown as BatchLoopOptions) };
    this.now = options.now ?? Date.now;
    this.membership = new Membership({}, this.options.sessionTimeoutMs, this.now);
  }

  /** Joins the group; resolves when it has. A group without offsets starts at the earliest record. */
  async run(topics: readonly string[]): Promise<void> {
    const { consumer } = this;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment));
    consumer.on(consumer.events.CRASH, (event) => this.crashed(event));
    consumer.on(consumer.events.END_BATCH_PROCESS, (event) => void this.passedOver(event));
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      // on, it would commit what was not handled
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.partitionsConsumedConcurrently,
      eachBatch: (payload) => this.eachBatch(payload),
    });
  }

  /** Stops fetching, lets running batches finish and commit, and leaves the group; gives up after `drainMs`. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the consumer stops'));
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.options.drainMs);
    });
    await Promise.race([this.consumer.disconnect(), deadline]).finally(() => clearTimeout(timer));
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { topic } = payload.batch;
    const handler = this.handlerOf(topic);
    if (!handler) throw new Error(`no handler for ${topic}`);
    const { membership, options, now } = this;
    const work = new PartitionWork({
      payload,
      handler,
      membership,
      stopping: this.stopping.signal,
      options,
      now,
    });
    await work.run().catch((error) => {
      throw restartable(error);
    });
  }

  private joined(assignment: Readonly<Record<string, readonly number[]>>): void {
    const { reports, onAssigned, groupId } = this.options;
    const before = this.membership;
    before.replaced();
    this.membership = new Membership(assignment, this.options.sessionTimeoutMs, this.now);
    reports?.backingOff?.({ topic: groupId, partition: -1, error: null });
    for (const [topic, partitions] of Object.entries(before.assignment))
      for (const partition of partitions)
        if (!this.membership.has(topic, partition)) {
          reports?.lag?.({ topic, partition, messages: 0, ageMs: 0 });
          // it may have been put aside when it was lost
          reports?.backingOff?.({ topic, partition, error: null });
        }
    onAssigned?.(assignment);
  }

  private crashed({ payload: { error, restart } }: ConsumerCrashEvent): void {
    this.options.reports?.backingOff?.({ topic: this.options.groupId, partition: -1, error });
    if (!restart) this.options.onDead?.(error);
  }

  // a batch of nothing but transaction markers never reaches eachBatch, and its offset would stay uncommitted for ever
  private async passedOver({ payload }: ConsumerEndBatchProcessEvent): Promise<void> {
    const { topic, partition, batchSize, lastOffset, highWatermark } = payload;
    if (batchSize > 0) return;
    const nextOffset = Number(lastOffset) + 1;
    await this.consumer
      .commitOffsets([{ topic, partition, offset: String(nextOffset) }])
      .catch((error) => this.membership.failed(error));
    this.options.onProgress?.({ topic, partition, nextOffset, highWatermark: Number(highWatermark) });
  }
}

/** kafkajs reads names: its own errors say what to do, and a `TypeError` or the like would end the consumer for good. */
function restartable(error: unknown): Error {
  if (error instanceof Error && error.name.startsWith('KafkaJS')) return error;
  return new Error(error instanceof Error ? error.message : String(error), { cause: error });
}
