import { setTimeout as pause } from 'node:timers/promises';
import { createKafka } from '@waybill/messaging';
import type { Producer } from 'kafkajs';
import type { Sent } from '../audit/sent';
import type { LoadMix } from './load-mix';
import type { LoadRecord } from './load-record';

const tickMs = 200;

export interface PlayingOptions {
  readonly brokers: readonly string[];
  readonly mix: LoadMix;
  /** Records in a second, while the broker is there. */
  readonly rate: number;
}

/** Sends records in order until it is told to stop; each until it is acknowledged, whatever happens to the broker meanwhile. */
export class Playing {
  /** All that was acknowledged, by id. */
  readonly acknowledged = new Map<string, Sent>();
  /** How often it was not certain whether records were written, so that they were sent again. */
  doubts = 0;
  readonly done: Promise<void>;
  private isStopping = false;

  constructor(
    private readonly options: PlayingOptions,
    private readonly signal: AbortSignal,
  ) {
    this.done = this.run();
    // whoever waits for `done` hears of it
    this.done.catch(() => undefined);
  }

  /** Resolves when all that was begun is acknowledged. */
  stop(): Promise<void> {
    this.isStopping = true;
    return this.done;
  }

  private async run(): Promise<void> {
    const perTick = (this.options.rate * tickMs) / 1000;
    let due = 0;
    let producer = await this.connected();
    try {
      while (!this.isStopping) {
        await pause(tickMs, undefined, { signal: this.signal });
        const records: LoadRecord[] = [];
        for (due += perTick; due >= 1;) {
          const more = this.options.mix.next();
          due -= more.length;
          records.push(...more);
        }
        producer = await this.send(records, producer);
      }
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  }

  /** Answers the producer to go on with: one whose request has failed may have written what it has no answer to. */
  private async send(records: readonly LoadRecord[], first: Producer): Promise<Producer> {
    let producer = first;
    const topicMessages = [...Map.groupBy(records, ({ service }) => service)].map(([service, own]) => ({
      topic: `${service}.commands`,
      messages: own.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })),
    }));
    for (; topicMessages.length > 0;) {
      try {
        await producer.sendBatch({ acks: -1, topicMessages });
        break;
      } catch {
        this.signal.throwIfAborted();
        this.doubts += 1;
        await producer.disconnect().catch(() => undefined);
        producer = await this.connected();
      }
    }
    for (const { commands } of records)
      for (const command of commands) this.acknowledged.set(command.id, command);
    return producer;
  }

  private async connected(): Promise<Producer> {
    for (;;) {
      const producer = createKafka({ brokers: this.options.brokers, clientId: 'storm' }).producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 60 },
      });
      try {
        await producer.connect();
        return producer;
      } catch {
        await producer.disconnect().catch(() => undefined);
        await pause(500, undefined, { signal: this.signal });
      }
    }
  }
}
