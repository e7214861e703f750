import type { Producer, RecordMetadata } from 'kafkajs';
import { messageBytes, type OutgoingMessage } from './record';

export interface SerialProducerOptions {
  /** Makes a producer that is not connected yet. */
  readonly create: () => Producer;
  /** Per request. kafkajs groups messages in quadratic time, so more than some 1000 are slower than two requests. */
  readonly maxMessages?: number;
  /** Per request; all messages of one partition make one record batch, which the topic's largest message bounds. */
  readonly maxBytes?: number;
  /** Messages may wait up to this size before `send` rejects at once; those who publish wait for each other anyway. */
  readonly maxWaitingBytes?: number;
}

interface Job {
  readonly messages: readonly OutgoingMessage[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const noMessageTooMany = { maxMessages: 500, maxBytes: 1024 * 1024, maxWaitingBytes: 64 * 1024 * 1024 };

/**
 * One idempotent producer with at most one request under way, retries included: with two, kafkajs loses acknowledged
 * messages when a broker dies. What is asked for meanwhile is sent together in the next request.
 */
export class SerialProducer {
  private readonly limits: Required<Omit<SerialProducerOptions, 'create'>>;
  private readonly waiting: Job[] = [];
  private waitingBytes = 0;
  private producer: Promise<Producer> | undefined;
  private running: Promise<void> | undefined;
  private isClosed = false;

  constructor(private readonly options: SerialProducerOptions) {
    this.limits = { ...noMessageTooMany, ...options };
  }

  /** Resolves when every message is acknowledged. Rejects when that is not certain: some may have been written. */
  send(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    if (this.isClosed) return Promise.reject(new Error('the producer is closed'));
    const bytes = messages.reduce((sum, message) => sum + messageBytes(message), 0);
    if (this.waitingBytes > 0 && this.waitingBytes + bytes > this.limits.maxWaitingBytes)
      return Promise.reject(new Error(`${this.waitingBytes} bytes wait to be published already`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ messages, bytes, resolve, reject });
      this.waitingBytes += bytes;
      this.running ??= this.drain();
    });
  }

  /** Sends what waits, then disconnects. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
    await this.discard();
  }

  private async drain(): Promise<void> {
    // those who ask in the same turn of the event loop share a request
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const jobs = this.waiting.splice(0);
      this.waitingBytes = 0;
      await this.run(jobs);
    }
    this.running = undefined;
  }

  private async run(jobs: readonly Job[]): Promise<void> {
    let acknowledged = 0;
    try {
      for (const chunk of this.chunks(jobs.flatMap(({ messages }) => messages))) {
        await this.request(chunk);
        acknowledged += chunk.length;
      }
      for (const job of jobs) job.resolve();
    } catch (error) {
      // a message that no broker would take must not fail those who happen to share its request
      if (jobs.length > 1 && isRejection(error)) await this.runApart(jobs, acknowledged);
      else for (const job of jobs) job.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async runApart(jobs: readonly Job[], acknowledged: number): Promise<void> {
    let written = acknowledged;
    for (const job of jobs) {
      const messages = job.messages.slice(written);
      written = Math.max(0, written - job.messages.length);
      if (messages.length === 0) job.resolve();
      else await this.run([{ ...job, messages }]);
    }
  }

  private async request(messages: readonly OutgoingMessage[]): Promise<void> {
    try {
      const producer = await this.connected();
      const written = await producer.sendBatch({ acks: -1, topicMessages: byTopic(messages) });
      requireAll(messages, written);
    } catch (error) {
      // the next batch would carry the sequence numbers of this one, and a broker that has this one would drop it
      await this.discard();
      throw error;
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= this.connect();
    return this.producer;
  }

  private async connect(): Promise<Producer> {
    const producer = this.options.create();
    await producer.connect();
    return producer;
  }

  private async discard(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.then((known) => known.disconnect()).catch(() => undefined);
  }

  private *chunks(messages: readonly OutgoingMessage[]): Generator<OutgoingMessage[]> {
    let chunk: OutgoingMessage[] = [];
    let bytes = 0;
    for (const message of messages) {
      const size = messageBytes(message);
      const isFull = chunk.length === this.limits.maxMessages || bytes + size > this.limits.maxBytes;
      if (chunk.length > 0 && isFull) {
        yield chunk;
        chunk = [];
        bytes = 0;
      }
      chunk.push(message);
      bytes += size;
    }
    if (chunk.length > 0) yield chunk;
  }
}

function byTopic(messages: readonly OutgoingMessage[]) {
  const topics = Map.groupBy(messages, ({ topic }) => topic);
  return [...topics].map(([topic, own]) => ({
    topic,
    messages: own.map(({ partition, key, value, headers }) => ({
      key,
      value,
      ...(partition === undefined ? {} : { partition }),
      ...(headers === undefined ? {} : { headers }),
    })),
  }));
}

/** kafkajs drops messages for a partition that the topic does not have, and calls the request a success. */
function requireAll(messages: readonly OutgoingMessage[], written: readonly RecordMetadata[]): void {
  const places = new Set(written.map(({ topicName, partition }) => `${topicName}/${partition}`));
  const lost = messages.find(
    ({ topic, partition }) => partition !== undefined && !places.has(`${topic}/${partition}`),
  );
  if (lost) throw new Error(`${lost.topic} has no partition ${lost.partition}`);
}

/** The broker was there and said no; trying the same again is of no use. */
export function isRejection(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if ('type' in cause && typeof cause.type === 'string' && rejections.has(cause.type)) return true;
  return false;
}

const rejections = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'POLICY_VIOLATION',
  'INVALID_TOPIC_EXCEPTION',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'TOPIC_AUTHORIZATION_FAILED',
]);
