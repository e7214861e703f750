import { randomUUID } from 'node:crypto';
import type { Admin, Consumer, Kafka } from 'kafkajs';

export interface ReadRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampMs: number;
}

/** Offsets of a partition, both ends included. Not every offset has a record: transaction markers take some. */
export interface OffsetRange {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the last record in each range, outside of any real consumer group; `undefined` where a range holds none. The
 * offsets must exist. kafkajs cannot fetch without a group, so it joins one of its own and deletes it afterwards; its name
 * begins with that of `group`, for there the user of a service has rights.
 */
export async function readLastRecords(
  kafka: Kafka,
  admin: Admin,
  group: string,
  topic: string,
  ranges: readonly OffsetRange[],
  timeoutMs = 30_000,
): Promise<(ReadRecord | undefined)[]> {
  if (ranges.length === 0) return [];
  const groupId = `${group}.look-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, allowAutoTopicCreation: false });
  const reading = new RangeReading(consumer, topic, ranges);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${topic}: ${reading.missing} could not be read in ${timeoutMs} ms`)),
    timeoutMs,
  );
  try {
    await consumer.connect();
    return await Promise.race([reading.run(), late.promise]);
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined);
  }
}

class RangeReading {
  private readonly found = new Map<OffsetRange, ReadRecord>();
  private readonly open: Map<number, OffsetRange[]>;
  private readonly done = Promise.withResolvers<void>();

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
    private readonly ranges: readonly OffsetRange[],
  ) {
    this.open = Map.groupBy(
      ranges.toSorted((a, b) => a.from - b.from),
      ({ partition }) => partition,
    );
  }

  get missing(): string {
    return [...this.open.values()]
      .flatMap((own) => own.map(({ partition, to }) => `${partition}/${to}`))
      .join(', ');
  }

  async run(): Promise<(ReadRecord | undefined)[]> {
    const { consumer, topic } = this;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      const unwanted = (payload.memberAssignment[topic] ?? []).filter(
        (partition) => !this.open.has(partition),
      );
      if (unwanted.length > 0) consumer.pause([{ topic, partitions: unwanted }]);
      // here and not after `run`: a broker that is only just up makes kafkajs join again, and then it begins anew
      for (const partition of this.open.keys()) this.seek(partition);
    });
    // a batch of nothing but markers is never handed over, only this event tells of it
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
      this.passed(payload.partition, Number(payload.lastOffset)),
    );
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { partition, messages } }) => {
        for (const { offset, key, value, timestamp } of messages)
          this.take({ partition, offset: Number(offset), key, value, timestampMs: Number(timestamp) });
      },
    });
    await this.done.promise;
    return this.ranges.map((range) => this.found.get(range));
  }

  private take(record: ReadRecord): void {
    for (const range of this.open.get(record.partition) ?? [])
      if (record.offset >= range.from && record.offset <= range.to) this.found.set(range, record);
  }

  private passed(partition: number, offset: number): void {
    const left = this.open.get(partition)?.filter(({ to }) => to > offset);
    if (!left) return;
    if (left.length > 0) {
      this.open.set(partition, left);
      if (left[0] && left[0].from > offset + 1) this.seek(partition);
      return;
    }
    this.open.delete(partition);
    this.consumer.pause([{ topic: this.topic, partitions: [partition] }]);
    if (this.open.size === 0) this.done.resolve();
  }

  private seek(partition: number): void {
    const from = this.open.get(partition)?.[0]?.from;
    if (from !== undefined) this.consumer.seek({ topic: this.topic, partition, offset: String(from) });
  }
}
