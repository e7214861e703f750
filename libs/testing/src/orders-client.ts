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
import type { Servers } from './orders-service';
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
export type OrderFact = Fact<any>;

/** An envelope with an id of its own; `type` without the service and the version, such as `place-order`. */
export function command(type: string, data: object, attributes: Partial<Command> = {}): Command {
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: `orders.${type}.v1`,
    source: 'test',
    data,
    ...attributes,
  };
}

/** The partition that the canonical key of an order has in every topic. */
export const partitionOf = (key: string): number => partitionOfKey(key, defaultPartitions);

/** Everything that a caller, a reader and an operator of the orders service do over Kafka, in one place for tests. */
export class OrdersClient {
  private constructor(
    readonly kafka: Kafka,
    readonly admin: Admin,
    readonly producer: Producer,
    readonly topics: ServiceTopics,
    readonly heard: TopicListener,
  ) {}

  /** Creates the topics of the manifest where they are missing, and listens to all of them that orders write. */
  static async open({ brokers }: Servers, retryDelays: readonly string[]): Promise<OrdersClient> {
    const kafka = createKafka({ brokers, clientId: 'test' });
    const admin = kafka.admin();
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await Promise.all([admin.connect(), producer.connect()]);
    await applyTopics(admin, await planTopics(admin, buildTopicManifest({ retryDelays })));
    const topics = serviceTopics('orders', retryDelays);
    const retry = topics.retry.map(({ topic }) => topic);
    const listened = [topics.commands, topics.events, topics.reply, topics.deadLetters, ...retry];
    return new OrdersClient(kafka, admin, producer, topics, await TopicListener.open(kafka, admin, listened));
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
    const [place] = await this.put([recordOf(sent, record)]);
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
    await this.put([recordOf(sent, { ...record, headers: { ...record.headers, ...asking.headers } })]);
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

  /** Waits until an order has `count` facts, and answers all that were heard of it, in the order of the topic. */
  facts(orderId: string, count: number): Promise<OrderFact[]> {
    return this.heard.until(`${count} facts of ${orderId}`, () => {
      const facts = this.factsHeard(orderId);
      return facts.length >= count ? facts : undefined;
    });
  }

  /** All facts of an order that are in the topic now, repeats too. */
  async allFacts(orderId: string): Promise<OrderFact[]> {
    await this.heard.all(this.topics.events);
    return this.factsHeard(orderId);
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

  private factsHeard(orderId: string): OrderFact[] {
    return this.heard.of(this.topics.events).flatMap((record) => {
      const read = readFact(record);
      return read.ok && read.fact.aggregateId === orderId ? [read.fact] : [];
    });
  }
}

/** The record of a command: under its canonical key, or under its shop where it has none, unless `record` says otherwise. */
export function recordOf(sent: Command, record: Partial<CommandRecord> = {}): CommandRecord {
  const {
    shop_slug: shop,
    id,
    order,
  } = sent.data as { shop_slug: string; id?: string; order?: { order_number?: string } };
  const number = id ?? order?.order_number;
  const key = number === undefined ? shop : `${shop}/${number}`;
  return { key, value: JSON.stringify(sent), ...record };
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
