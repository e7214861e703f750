import { randomUUID } from 'node:crypto';

type Assignment = Readonly<Record<string, readonly number[]>>;

/** One stay of a consumer in its group, from a join until the next one. */
export class Membership {
  readonly session: string = randomUUID();
  private readonly ending = new AbortController();
  private readonly batches = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private failingSinceMs: number | undefined;

  constructor(
    readonly assignment: Assignment,
    private readonly sessionTimeoutMs: number,
    private readonly now: () => number,
  ) {}

  /** Aborted when the partitions are lost; the reason is the error that kafkajs has to see to join again. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  get lostBy(): Error | undefined {
    return this.signal.aborted ? (this.signal.reason as Error) : undefined;
  }

  alive(): void {
    this.failingSinceMs = undefined;
  }

  /** A heartbeat or commit failed: the broker said that the membership is over, or it cannot be reached for too long. */
  failed(error: unknown): void {
    if (!(error instanceof Error)) return;
    this.failingSinceMs ??= this.now();
    if (isMembershipError(error) || this.now() - this.failingSinceMs >= this.sessionTimeoutMs)
      this.ending.abort(error);
  }

  /** The consumer has joined anew: whatever still works under this stay has lost its partitions, or will get them again. */
  replaced(): void {
    this.ending.abort(
      Object.assign(new Error('the consumer has joined its group anew'), {
        name: 'KafkaJSProtocolError',
        type: 'REBALANCE_IN_PROGRESS',
      }),
    );
  }

  /** Notes that a batch of a partition is finished with. */
  finished(topic: string, partition: number): void {
    this.batches.set(`${topic}/${partition}`, this.finishedBatches(topic, partition) + 1);
    this.failures.delete(`${topic}/${partition}`);
  }

  /** How many batches of a partition were finished during this stay. */
  finishedBatches(topic: string, partition: number): number {
    return this.batches.get(`${topic}/${partition}`) ?? 0;
  }

  /** Notes that the batch of a partition did not go through; how many times in a row that was. */
  failedBatch(topic: string, partition: number): number {
    const key = `${topic}/${partition}`;
    const inARow = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, inARow);
    return inARow;
  }

  has(topic: string, partition: number): boolean {
    return this.assignment[topic]?.includes(partition) ?? false;
  }
}

const membershipErrors = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);

export const isMembershipError = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && membershipErrors.has(String(error.type));
