import type { Admin } from 'kafkajs';
import type { PartitionProgress } from './batch-loop';

/** Records wait and nothing moves. `partition` is -1 when the consumer never joined its group. */
export interface Stall {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly lag: number;
  readonly stalledMs: number;
}

export interface ProgressWatchdogOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Called at every look for as long as it lasts; the usual answer is to exit the process. */
  readonly onStall: (stall: Stall) => void;
  /** Called when the cluster cannot be asked; while it cannot, nothing counts as a stall. */
  readonly onError?: (error: unknown) => void;
  /** Something known holds everything up (the database is away, say), and a restart would not help. */
  readonly isExcused?: () => boolean;
  readonly stallMs?: number;
  readonly everyMs?: number;
  readonly now?: () => number;
}

interface Place {
  readonly topic: string;
  readonly partition: number;
  nextOffset: number | undefined;
  sinceMs: number;
  waitsUntilMs: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * Sees a consumer that has stopped without saying so. What counts is that offsets are finished with, or that there is
 * nothing to do: a heartbeat proves nothing. Connect {@link assigned} and {@link progressed} to the loop's callbacks.
 */
export class ProgressWatchdog {
  private readonly places = new Map<string, Place>();
  private readonly now: () => number;
  private readonly stallMs: number;
  private timer: NodeJS.Timeout | undefined;
  private hasJoined = false;
  private joiningSinceMs: number;

  constructor(
    private readonly admin: Pick<Admin, 'fetchOffsets' | 'fetchTopicOffsets'>,
    private readonly options: ProgressWatchdogOptions,
  ) {
    this.now = options.now ?? Date.now;
    this.stallMs = options.stallMs ?? 5 * 60_000;
    this.joiningSinceMs = this.now();
  }

  start(): void {
    this.timer = setInterval(() => void this.look(), this.options.everyMs ?? 30_000);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A partition that was ours before keeps its clock: a group that never comes to rest must not look healthy. */
  assigned(assignment: Readonly<Record<string, readonly number[]>>): void {
    this.hasJoined = true;
    const kept = new Set<string>();
    for (const [topic, partitions] of Object.entries(assignment))
      for (const partition of partitions) {
        const key = keyOf(topic, partition);
        kept.add(key);
        if (!this.places.has(key))
          this.places.set(key, {
            topic,
            partition,
            nextOffset: undefined,
            sinceMs: this.now(),
            waitsUntilMs: 0,
          });
      }
    for (const key of this.places.keys()) if (!kept.has(key)) this.places.delete(key);
  }

  progressed({ topic, partition, nextOffset, waitsUntilMs }: PartitionProgress): void {
    const place = this.places.get(keyOf(topic, partition));
    if (!place) return;
    if (place.nextOffset !== nextOffset) place.sinceMs = this.now();
    place.nextOffset = nextOffset;
    place.waitsUntilMs = waitsUntilMs ?? 0;
  }

  /** Compares where we are with what there is. Never rejects. */
  async look(): Promise<void> {
    try {
      const ranges = await this.ranges();
      const committed = await this.committed();
      if (!this.hasJoined) this.judgeJoining(ranges, committed);
      for (const [key, place] of this.places) {
        const range = ranges.get(key);
        if (range) this.judge(place, range, place.nextOffset ?? committed.get(key) ?? range.low);
      }
    } catch (error) {
      this.restartClocks();
      this.options.onError?.(error);
    }
  }

  private judge(place: Place, range: Range, offset: number): void {
    const nowMs = this.now();
    const lag = range.high - Math.max(offset, range.low);
    const isIdle = lag <= 0 || place.waitsUntilMs > nowMs || this.options.isExcused?.() === true;
    if (isIdle) place.sinceMs = nowMs;
    const stalledMs = nowMs - place.sinceMs;
    const { topic, partition } = place;
    if (stalledMs >= this.stallMs) this.options.onStall({ topic, partition, offset, lag, stalledMs });
  }

  private judgeJoining(ranges: ReadonlyMap<string, Range>, committed: ReadonlyMap<string, number>): void {
    const nowMs = this.now();
    let lag = 0;
    for (const [key, { low, high }] of ranges)
      lag += Math.max(0, high - Math.max(low, committed.get(key) ?? low));
    if (lag === 0 || this.options.isExcused?.() === true) this.joiningSinceMs = nowMs;
    const stalledMs = nowMs - this.joiningSinceMs;
    const topic = this.options.topics[0] ?? this.options.groupId;
    if (stalledMs >= this.stallMs) this.options.onStall({ topic, partition: -1, offset: -1, lag, stalledMs });
  }

  private restartClocks(): void {
    this.joiningSinceMs = this.now();
    for (const place of this.places.values()) place.sinceMs = this.now();
  }

  private async ranges(): Promise<Map<string, Range>> {
    const ranges = new Map<string, Range>();
    for (const topic of this.options.topics)
      for (const { partition, low, high } of await this.admin.fetchTopicOffsets(topic))
        ranges.set(keyOf(topic, partition), { low: Number(low), high: Number(high) });
    return ranges;
  }

  private async committed(): Promise<Map<string, number>> {
    const { groupId, topics } = this.options;
    const committed = new Map<string, number>();
    if (this.hasJoined && [...this.places.values()].every(({ nextOffset }) => nextOffset !== undefined))
      return committed;
    for (const { topic, partitions } of await this.admin.fetchOffsets({ groupId, topics: [...topics] }))
      for (const { partition, offset } of partitions)
        if (Number(offset) >= 0) committed.set(keyOf(topic, partition), Number(offset));
    return committed;
  }
}
