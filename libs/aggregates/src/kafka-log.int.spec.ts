import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import EventEmitter from 'node:events';
import {
  BatchLoop,
  type BatchContext,
  consumerConfig,
  createKafka,
  type InputRecord,
  KafkaPublisher,
} from '@waybill/messaging';
import { describeLog, type GroupMember, type HandedOver, type LogUnderTest } from './simulated/log-suite';

const kafka = createKafka({
  brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
  clientId: 'kafka-log-spec',
});
const admin = kafka.admin();
const publishers: KafkaPublisher[] = [];
const topics: string[] = [];
const partitions = 3;
const sessionTimeoutMs = 2000;
/** A member that does not come back from its work is waited for as long as this. */
const rebalanceTimeoutMs = 3000;

beforeAll(() => admin.connect());
afterAll(async () => {
  for (const publisher of publishers) await publisher.close();
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}, 30_000);

/** One batch, until whoever asked for it says how it ended. */
class Batch implements HandedOver {
  private readonly end = Promise.withResolvers<void>();

  constructor(
    readonly records: readonly InputRecord[],
    private readonly context: BatchContext,
    private readonly settled: () => Promise<unknown>,
  ) {}

  get work(): Promise<void> {
    return this.end.promise;
  }

  isStale(): boolean {
    return this.context.isStale();
  }

  async done(): Promise<void> {
    // nobody will tell when a commit was refused
    const told = this.isStale() ? undefined : this.settled();
    this.end.resolve();
    await told;
  }

  failed(): void {
    this.end.reject(new Error('it failed'));
  }
}

/** A member of a group with the transport of the services. */
class KafkaMember implements GroupMember {
  private readonly waiting: Batch[] = [];
  private readonly events = new EventEmitter();
  private loop: BatchLoop | undefined;

  constructor(
    private readonly topic: string,
    private readonly groupId: string,
  ) {}

  /** Resolves when the member has all partitions. */
  async join(): Promise<void> {
    const { groupId, topic } = this;
    const consumer = kafka.consumer(
      consumerConfig({ groupId, sessionTimeoutMs, rebalanceTimeoutMs, maxWaitMs: 100 }),
    );
    await consumer.connect();
    this.loop = new BatchLoop(consumer, () => (records, context) => this.take(records, context), {
      groupId,
      sessionTimeoutMs,
      drainMs: 2000,
      backoff: { initialMs: 10, maxMs: 50 },
      onProgress: () => this.events.emit('progress'),
      onAssigned: (assignment) => {
        if (assignment[topic]?.length === partitions) this.events.emit('joined');
      },
    });
    const joined = once(this.events, 'joined');
    await this.loop.run([topic]);
    await joined;
  }

  async next(): Promise<HandedOver> {
    while (this.waiting.length === 0) await once(this.events, 'batch');
    const batch = this.waiting.shift();
    if (!batch) throw new Error('there is nothing to read');
    return batch;
  }

  async leave(): Promise<void> {
    await this.loop?.stop();
  }

  private take(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    const batch = new Batch(records, context, () => once(this.events, 'progress'));
    this.waiting.push(batch);
    this.events.emit('batch');
    return batch.work;
  }
}

describe('Kafka', () => {
  describeLog(async (): Promise<LogUnderTest> => {
    const topic = `log-${randomUUID()}`;
    topics.push(topic);
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: partitions }] });
    const publisher = new KafkaPublisher(kafka);
    publishers.push(publisher);
    return {
      topic,
      publisher,
      async join(group) {
        const member = new KafkaMember(topic, `${topic}.${group}`);
        await member.join();
        return member;
      },
      async committed(group, partition) {
        const [found] = await admin.fetchOffsets({ groupId: `${topic}.${group}`, topics: [topic] });
        return Math.max(0, Number(found?.partitions.find((one) => one.partition === partition)?.offset ?? 0));
      },
    };
  });
});
