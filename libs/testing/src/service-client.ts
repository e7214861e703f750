import { randomUUID } from 'node:crypto';
import { partitionOfKey } from '@waybill/aggregates';
import { buildTopicManifest, defaultPartitions, serviceTopics, type ServiceTopics } from '@waybill/contracts';
import {
  applyTopics,
  createKafka,
  type Fact,
  headerText,
  planTopics,
  readDeadLetter,
  readFact,
  type StoredDeadLetter,
} from '@waybill/messaging';
import type { Admin, Kafka, Producer } from 'kafkajs';
import type { Servers } from './service-process';
import { TopicListener } from './topic-listener';

/** A command in its envelope, as a caller writes it. */
export interface Command {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject?: string;
  readonly time?: string;
  // tests send what no caller should
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

/** What the service answered (domain 1.3). */
export interface Reply {
  readonly outcome: 'accepted' | 'ignored' | 'refused';
  readonly reason?: string;
  readonly key?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly field: string; readonly type: string }[];
  readonly aggregate_id?: string;
  readonly sequence?: number;
  readonly events?: readonly { readonly type: string; readonly sequence: number }[];
  readonly item?: number;
  readonly items?: number;
  /** Of a scan that came before its tracking number. */
  readonly kept?: true;
}

/** A record as a test wants it in the command topic; its partition follows from the key unless it is given. */
export interface CommandRecord {
  readonly key: string | null;
  readonly partition?: number;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer | string[]>>;
}

/** Where a record of the command topic lies. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

// the members depend on the type; tests look at some of them
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyFact = Fact<any>;

/** The partition that the canonical key of an order has in every topic. */
export const partitionOf = (key: string): number => partitionOfKey(key, defaultPartitions);

/** What a client stands on. */
export interface Connections {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly producer: Producer;
  readonly topics: ServiceTopics;
  readonly heard: TopicListener;
}

/** Creates the topics of the manifest where they are missing, and listens to all of them that the service writes. */
export async function connect(
  service: string,
  { brokers }: Servers,
  retryDelays: readonly string[],
): Promise<Connections> {
  const kafka = createKafka({ brokers, clientId: 'test' });
  const admin = kafka.admin();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  await applyTopics(admin, await planTopics(admin, buildTopicManifest({ retryDelays })));
  const topics = serviceTopics(service, retryDelays);
  const retry = topics.retry.map(({ topic }) => topic);
  const listened = [topics.commands, topics.events, topics.reply, topics.deadLetters, ...retry];
  return { kafka, admin, producer, topics, heard: await TopicListener.open(kafka, admin, listened) };
}

/** Everything that a caller, a reader and an operator of a service do over Kafka, in one place for tests. */
export class ServiceClient {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly producer: Producer;
  readonly topics: ServiceTopics;
  readonly heard: TopicListener;

  protected constructor(
    readonly name: string,
    connections: Connections,
    private readonly keyOf: (sent: Command) => string,
  ) {
    const { kafka, admin, producer, topics, heard } = connections;
    this.kafka = kafka;
    this.admin = admin;
    this.producer = producer;
    this.topics = topics;
    this.heard = heard;
  }

  async close(): Promise<void> {
    await Promise.all([this.heard.close(), this.producer.disconnect(), this.admin.disconnect()]);
  }

  /** Writes records to the command topic in this order, as few batches as they fit into. */
  async put(records: readonly CommandRecord[]): Promise<Place[]> {
    const places: Place[] = [];
    for (const batch of batchesOf(records)) places.push(...(await this.putBatch(batch)));
    return places;
  }

  /** Sends a command that asks for no reply. */
  async send(sent: Command, record: Partial<CommandRecord> = {}): Promise<Place> {
    const [place] = await this.put([this.record(sent, record)]);
    if (!place) throw new Error('nothing was written');
    return place;
  }

  /** Sends a command and answers the reply. */
  async ask(sent: Command, record: Partial<CommandRecord> = {}): Promise<Reply> {
    const [reply] = await this.askItems(sent, 1, record);
    if (!reply) throw new Error('there was no reply');
    return reply;
  }

  /** Sends a bulk and answers its replies by item. */
  async askItems(sent: Command, items: number, record: Partial<CommandRecord> = {}): Promise<Reply[]> {
    const asking = this.asking();
    await this.put([this.record(sent, { ...record, headers: { ...record.headers, ...asking.headers } })]);
    return asking.replies(items);
  }

  /** Nest's reply headers, and what they bring. */
  asking(): { headers: Record<string, string>; replies(count?: number): Promise<Reply[]> } {
    const correlationId = randomUUID();
    return {
      headers: { kafka_correlationId: correlationId, kafka_replyTopic: this.topics.reply },
      replies: (count = 1) => this.replies(correlationId, count),
    };
  }

  /** Waits for `count` replies under a correlation id; those of a bulk by item. */
  replies(correlationId: string, count = 1): Promise<Reply[]> {
    return this.heard.until(`${count} replies to ${correlationId}`, () => {
      const records = this.heard
        .of(this.topics.reply)
        .filter(({ headers }) => headerText(headers, 'kafka_correlationId') === correlationId);
      if (records.length < count) return undefined;
      const replies = records.map(({ value }) => JSON.parse(String(value)) as Reply);
      return replies.toSorted((a, b) => (a.item ?? 0) - (b.item ?? 0));
    });
  }

  /** Waits until an aggregate has `count` facts, and answers all that were heard of it, in the order of the topic. */
  facts(aggregateId: string, count: number): Promise<AnyFact[]> {
    return this.heard.until(`${count} facts of ${aggregateId}`, () => {
      const facts = this.factsSoFar(aggregateId);
      return facts.length >= count ? facts : undefined;
    });
  }

  /** All facts of an aggregate that are in the topic now, repeats too. */
  async allFacts(aggregateId: string): Promise<AnyFact[]> {
    await this.heard.all(this.topics.events);
    return this.factsSoFar(aggregateId);
  }

  /** Waits for the dead letter of a record of the command topic, or of one item of it. */
  deadLetter({ partition, offset }: Place, item?: number): Promise<StoredDeadLetter> {
    const id = `${this.topics.commands}/${partition}/${offset}${item === undefined ? '' : `/${item}`}`;
    return this.heard.until(`the dead letter ${id}`, () => {
      const letters = this.heard.of(this.topics.deadLetters);
      const found = letters.find(({ headers }) => headerText(headers, 'waybill-dl-id') === id);
      return found && readDeadLetter(found);
    });
  }

  /** All dead letters that are in the topic now. */
  async allDeadLetters(): Promise<StoredDeadLetter[]> {
    return (await this.heard.all(this.topics.deadLetters)).map((record) => readDeadLetter(record));
  }

  /** How many records a topic has. */
  async size(topic: string): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  }

  /** The record of a command, under the key that a caller gives it unless `record` says otherwise. */
  private record(sent: Command, record: Partial<CommandRecord>): CommandRecord {
    return { key: this.keyOf(sent), value: JSON.stringify(sent), ...record };
  }

  private async putBatch(records: readonly CommandRecord[]): Promise<Place[]> {
    const messages = records.map(({ key, partition, value, headers }) => ({
      key,
      partition: partition ?? partitionOf(key ?? ''),
      value,
      ...(headers ? { headers: { ...headers } } : {}),
    }));
    const written = await this.producer.send({ topic: this.topics.commands, acks: -1, messages });
    const next = new Map(written.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]));
    return messages.map(({ partition }) => {
      const offset = next.get(partition);
      if (offset === undefined) throw new Error(`nothing was written to partition ${partition}`);
      next.set(partition, offset + 1);
      return { partition, offset };
    });
  }

  /** The facts of an aggregate that were heard so far, in the order of the topic, repeats too. */
  factsSoFar(aggregateId: string): AnyFact[] {
    return this.heard.of(this.topics.events).flatMap((record) => {
      const read = readFact(record);
      return read.ok && read.fact.aggregateId === aggregateId ? [read.fact] : [];
    });
  }
}

const largestBatch = { records: 500, bytes: 1024 * 1024 };

function* batchesOf(records: readonly CommandRecord[]): Generator<CommandRecord[]> {
  let batch: CommandRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.value?.length ?? 0;
    if (batch.length > 0 && (batch.length === largestBatch.records || bytes + size > largestBatch.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  yield batch;
}
