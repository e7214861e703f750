import type { RetryTopic } from '@waybill/contracts';
import type { BatchHandler } from './batch-context';
import { BatchServerKafka, type BatchServerKafkaOptions } from './batch-server-kafka';

export interface RetryServerKafkaOptions extends BatchServerKafkaOptions {
  /** Topics and how long a record waits in each, counted from its timestamp. */
  readonly delays: readonly RetryTopic[];
  /** The pattern of the one handler for all of them; their names depend on the configured delays. */
  readonly pattern: string;
}

/**
 * {@link BatchServerKafka} for retry topics: a handler gets a record when it is due. Until then its partition is paused,
 * which costs neither memory nor a worker, and counts as progress.
 */
export class RetryServerKafka extends BatchServerKafka {
  private readonly delays: ReadonlyMap<string, number>;
  private readonly pattern: string;
  private readonly now: () => number;

  constructor(options: RetryServerKafkaOptions) {
    super(options);
    this.delays = new Map(options.delays.map(({ topic, delayMs }) => [topic, delayMs]));
    this.pattern = options.pattern;
    this.now = options.now ?? Date.now;
  }

  protected override topics(): string[] {
    return [...this.delays.keys()];
  }

  protected override batchHandler(topic: string): BatchHandler | undefined {
    const handler = super.batchHandler(this.pattern);
    const delayMs = this.delays.get(topic);
    if (delayMs === undefined) throw new Error(`${topic} is no retry topic of this server`);
    return handler && whenDue(handler, delayMs, this.now);
  }
}

/** Hands over the records that are due and holds the rest until the first of them is. */
export function whenDue(handler: BatchHandler, delayMs: number, now: () => number): BatchHandler {
  return async (records, context) => {
    const nowMs = now();
    const waiting = records.findIndex(({ timestampMs }) => timestampMs + delayMs > nowMs);
    const first = records[waiting];
    // a clock that differs from the broker's must not make the wait longer than the delay
    if (first) context.holdFrom?.(first.offset, Math.min(delayMs, first.timestampMs + delayMs - nowMs));
    const due = first ? records.slice(0, waiting) : records;
    if (due.length > 0) await handler(due, context);
  };
}
