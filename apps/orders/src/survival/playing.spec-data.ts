import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import type { LoadCommand, LoadRecord } from './order-load.spec-data';

const chunkSize = 40;

/** Sends records in order, a chunk at a time, until all are acknowledged, whatever happens to the broker meanwhile. */
export class Playing {
  /** What was sent so far. */
  readonly sent: LoadCommand[] = [];
  readonly done: Promise<void>;
  private readonly turns: { at: number; resolve: () => void }[] = [];

  constructor(
    private readonly kafka: Kafka,
    private readonly records: readonly LoadRecord[],
    /** Time between two chunks. */
    private readonly everyMs = 0,
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

  private async run(): Promise<void> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 60 },
    });
    await producer.connect();
    try {
      for (let start = 0; start < this.records.length; start += chunkSize) {
        const chunk = this.records.slice(start, start + chunkSize);
        const messages = chunk.map(({ key, value, headers }) => ({ key, value, headers }));
        await producer.send({ topic: 'orders.commands', acks: -1, messages });
        this.note(chunk);
        if (this.everyMs > 0) await pause(this.everyMs);
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
