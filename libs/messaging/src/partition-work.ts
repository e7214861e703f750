import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import type { BatchContext, BatchHandler } from './batch-context';
import type { BatchLoopOptions } from './batch-loop';
import type { FetchedMessage } from './fetch-guard';
import { isMembershipError, type Membership } from './membership';
import { type InputRecord, recordBytes } from './record';

export interface PartitionWorkParts {
  readonly payload: EachBatchPayload;
  readonly handler: BatchHandler;
  readonly membership: Membership;
  readonly stopping: AbortSignal;
  readonly options: BatchLoopOptions &
    Required<Pick<BatchLoopOptions, 'maxRecords' | 'maxBatchBytes' | 'backoff'>>;
  readonly now: () => number;
}

interface Hold {
  readonly offset: number;
  readonly forMs: number | undefined;
}

const heartbeatEveryMs = 1000;
/** Some eight seconds with the usual pauses: what is over by then holds up the other partitions that long at most. */
const triesInPlace = 5;
/** Node takes a longer one for none; what is not due then is held again. */
const longestTimerMs = 2 ** 31 - 1;
/** The first batch of a partition; each one after it may be twice as large as the one before. */
const firstBatchRecords = 10;

/** Works off what one fetch brought from one partition, batch by batch. */
export class PartitionWork {
  private readonly topic: string;
  private readonly partition: number;
  private readonly highWatermark: number;
  private readonly ending: AbortSignal;
  private hold: Hold | undefined;

  constructor(private readonly parts: PartitionWorkParts) {
    const { batch } = parts.payload;
    this.topic = batch.topic;
    this.partition = batch.partition;
    this.highWatermark = Number(batch.highWatermark);
    this.ending = AbortSignal.any([parts.membership.signal, parts.stopping]);
  }

  /** Rejects with kafkajs's own error when the partition was lost, so that the consumer joins again. */
  async run(): Promise<void> {
    const { payload, membership } = this.parts;
    const records = payload.batch.messages.map((message) => this.recordOf(message));
    const beat = setInterval(() => void this.heartbeat().catch(() => undefined), heartbeatEveryMs);
    try {
      for (const batch of this.batches(records)) {
        if (this.mustStop()) break;
        this.reportLag(batch[0]);
        if (!(await this.handle(batch))) break;
        await this.finish(batch, records);
        if (this.hold) break;
      }
    } finally {
      clearInterval(beat);
    }
    if (membership.lostBy) throw membership.lostBy;
  }

  /**
   * Calls the handler until it succeeds; `false`: given up, the records come again to whoever owns the partition then. One
   * that goes on failing is put aside for a while each time, as kafkajs fetches nothing of the others until all are done.
   */
  private async handle(batch: readonly InputRecord[]): Promise<boolean> {
    const { handler, options, membership } = this.parts;
    const { topic, partition } = this;
    for (;;) {
      try {
        this.hold = undefined;
        await handler(batch, this.context());
        options.reports?.backingOff?.({ topic, partition, error: null });
        return true;
      } catch (error) {
        if (this.mustStop()) return this.giveUp();
        options.reports?.backingOff?.({ topic, partition, error: asError(error) });
        const inARow = membership.failedBatch(topic, partition);
        const delayMs = Math.min(options.backoff.initialMs * 2 ** (inARow - 1), options.backoff.maxMs);
        if (inARow > triesInPlace) {
          this.pause({ offset: batch[0]?.offset ?? 0, forMs: delayMs });
          return false;
        }
        await sleep(delayMs, undefined, { signal: this.ending }).catch(() => undefined);
        if (this.mustStop()) return this.giveUp();
      }
    }
  }

  private giveUp(): false {
    this.parts.options.reports?.backingOff?.({ topic: this.topic, partition: this.partition, error: null });
    return false;
  }

  private async finish(batch: readonly InputRecord[], all: readonly InputRecord[]): Promise<void> {
    const { payload, membership } = this.parts;
    const { topic, partition, hold } = this;
    const done = hold ? batch.filter(({ offset }) => offset < hold.offset) : batch;
    const last = done.at(-1);
    if (hold) this.pause(hold);
    if (!last) return this.progress(hold?.offset ?? 0, hold);
    // what follows the last record of a fetch (a transaction marker, say) is passed over with it
    const nextOffset = last === all.at(-1) ? Number(payload.batch.lastOffset()) + 1 : last.offset + 1;
    payload.resolveOffset(String(last.offset));
    try {
      const partitions = [{ partition, offset: String(nextOffset) }];
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
      membership.alive();
      membership.finished(topic, partition);
    } catch (error) {
      membership.failed(error);
      throw error;
    }
    this.progress(nextOffset, hold);
    this.reportLag(all[all.indexOf(last) + 1] ?? last, nextOffset);
  }

  private pause({ forMs }: Hold): void {
    const resume = this.parts.payload.pause();
    if (forMs === undefined) return;
    const { stopping } = this.parts;
    const stop = () => clearTimeout(timer);
    const timer = setTimeout(
      () => {
        // or it would keep all that was fetched for as long as the consumer runs
        stopping.removeEventListener('abort', stop);
        resume();
      },
      Math.min(forMs, longestTimerMs),
    );
    stopping.addEventListener('abort', stop, { once: true });
  }

  private progress(nextOffset: number, hold: Hold | undefined): void {
    const { options, now } = this.parts;
    const { topic, partition, highWatermark } = this;
    const waits = hold ? { waitsUntilMs: hold.forMs === undefined ? Infinity : now() + hold.forMs } : {};
    options.onProgress?.({ topic, partition, nextOffset, highWatermark, ...waits });
  }

  private reportLag(
    oldest: InputRecord | undefined,
    nextOffset = oldest?.offset ?? this.highWatermark,
  ): void {
    const { topic, partition } = this;
    const messages = Math.max(0, this.highWatermark - nextOffset);
    const ageMs = messages === 0 || !oldest ? 0 : Math.max(0, this.parts.now() - oldest.timestampMs);
    this.parts.options.reports?.lag?.({ topic, partition, messages, ageMs });
  }

  private context(): BatchContext {
    const { topic, partition, highWatermark } = this;
    return {
      topic,
      partition,
      highWatermark,
      session: this.parts.membership.session,
      heartbeat: () => this.heartbeat(),
      isStale: () => this.mustStop(),
      holdFrom: (offset, forMs) => {
        this.hold = { offset, forMs };
      },
    };
  }

  private async heartbeat(): Promise<void> {
    const { payload, membership } = this.parts;
    try {
      await payload.heartbeat();
      membership.alive();
    } catch (error) {
      membership.failed(error);
      if (isMembershipError(error)) throw error;
    }
    if (membership.lostBy) throw membership.lostBy;
  }

  private mustStop(): boolean {
    const { payload } = this.parts;
    return this.ending.aborted || !payload.isRunning() || payload.isStale();
  }

  private *batches(records: readonly InputRecord[]): Generator<readonly InputRecord[]> {
    const { maxBatchBytes } = this.parts.options;
    let start = 0;
    let bytes = 0;
    for (const [i, record] of records.entries()) {
      const size = recordBytes(record);
      if (i > start && (i - start >= this.mostRecords() || bytes + size > maxBatchBytes)) {
        yield records.slice(start, i);
        start = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (start < records.length) yield records.slice(start);
  }

  /** A process that dies soon after each start still gets on, as small batches are committed early. */
  private mostRecords(): number {
    const { membership, options } = this.parts;
    const finished = membership.finishedBatches(this.topic, this.partition);
    return Math.min(options.maxRecords, firstBatchRecords * 2 ** Math.min(finished, 20));
  }

  private recordOf({ offset, timestamp, key, value, headers, unreadable }: FetchedMessage): InputRecord {
    const { topic, partition } = this;
    return {
      topic,
      partition,
      offset: Number(offset),
      timestampMs: Number(timestamp),
      key,
      value,
      headers: headers ?? {},
      ...(unreadable === undefined ? {} : { unreadable }),
    };
  }
}

/** Nest's exception filters reject with plain objects; nobody can log those. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  const message = (error as { message?: unknown } | null)?.message;
  return new Error(typeof message === 'string' ? message : String(error), { cause: error });
}
