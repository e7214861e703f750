import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import type { LoadCommand, LoadRecord } from './load-record.spec-data';

const chunkSize = 40;

export interface PlayingOptions {
  /** Time between two chunks. */
  readonly everyMs?: number;
  /** Timestamp of the records, where the topic lets their sender say it. */
  readonly timestampMs?: number;
}

/** Sends records in order, a chunk at a time, until all are acknowledged, whatever happens to the broker meanwhile. */
export class Playing {
  /** What was sent so far. */
  readonly sent: LoadCommand[] = [];
  readonly done: Promise<void>;
  private isEnough = false;
  private readonly turns: { at: number; resolve: () => void }[] = [];

  constructor(
    private readonly kafka: Kafka,
    private readonly records: readonly LoadRecord[],
    private readonly options: PlayingOptions = {},
  ) {
    this.done = this.run();
    // whoever waits for `done` hears of it
    this.done.catch(() => undefined);
  }

  /** Resolves when this share of the records was sent, 0 to 1. */
  async share(part: number): Promise<void> {
    const reached = new Promise<void>((resolve) =>
      this.turns.push({ at: part * this.records.length, resolve }),
    );
    await Promise.race([reached, this.done]);
  }

  /** The records that are left are not sent. */
  enough(): void {
    this.isEnough = true;
  }

  private async run(): Promise<void> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 60 },
    });
    const { everyMs = 0, timestampMs } = this.options;
    const timestamp = timestampMs === undefined ? {} : { timestamp: String(timestampMs) };
    await producer.connect();
    try {
      for (let start = 0; start < this.records.length && !this.isEnough; start += chunkSize) {
        const chunk = this.records.slice(start, start + chunkSize);
        const messages = chunk.map(({ key, value, headers }) => ({ key, value, headers, ...timestamp }));
        await producer.send({ topic: 'orders.commands', acks: -1, messages });
        this.note(chunk);
        if (everyMs > 0) await pause(everyMs);
        for (const { at, resolve } of this.turns) if (start + chunk.length >= at) resolve();
      }
    } finally {
      await producer.disconnect();
    }
  }

  /** A doubled record is there twice but holds one command. */
  private note(chunk: readonly LoadRecord[]): void {
    const known = new Set(this.sent.slice(-chunkSize).map(({ id }) => id));
    for (const command of new Set(chunk.flatMap(({ commands }) => commands)))
      if (!known.has(command.id)) this.sent.push(command);
  }
}
