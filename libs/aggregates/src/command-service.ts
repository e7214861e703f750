import { setTimeout as delay } from 'node:timers/promises';
import { contractOf, serviceTopics, topicManifest, validatorOf } from '@waybill/contracts';
import type { AggregateTypes } from '@waybill/decider';
import {
  baseStream,
  type BatchContext,
  BatchServerKafka,
  createKafka,
  type EngineReports,
  type InputRecord,
  type KafkaSettings,
  KafkaPublisher,
  OriginSigner,
  ProgressWatchdog,
  RetryServerKafka,
  type Stall,
} from '@waybill/messaging';
import type { Admin, Kafka } from 'kafkajs';
import type { Connection } from 'mongoose';
import type { AggregateType } from './aggregate-type';
import { CommandEngine } from './command-engine';
import type { CommandRouter } from './command-router';
import { type EngineCollections, openEngineCollections } from './engine-collections';
import type { CommandValidator } from './intake';
import { MongoAggregateStore } from './mongo-aggregate-store';
import { MongoPositionStore } from './mongo-position-store';
import { MongoRouteStore } from './mongo-route-store';
import { preflight } from './preflight';
import { readRecords } from './record-reader';

export interface CommandServiceOptions<T extends AggregateTypes> {
  readonly type: AggregateType<T>;
  readonly router: (collections: EngineCollections) => CommandRouter;
  readonly kafka: KafkaSettings;
  readonly connection: Connection;
  /** Name of the aggregates' collection. */
  readonly collection: string;
  readonly signingKey: string;
  readonly retryDelays: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly reports: EngineReports;
  /** The consumer is dead or stands still: the process should end, it will be started again. */
  readonly onBroken: (error: Error) => void;
}

/** Transport of the service's own commands, and of those that waited in its retry topics. */
export const commandTransport = Symbol('waybill.commands');
export const retryTransport = Symbol('waybill.retries');
/** What the handler of all retry topics listens to. */
export const retryPattern = 'retries';

/**
 * Everything that a service with an aggregate runs on: preflight, engine, transports, publisher, watchdogs. Opened when
 * broker and database answer; closed after the transports, which let their running batches finish first.
 */
export class CommandService<T extends AggregateTypes> {
  private readonly client: Kafka;
  private readonly admin: Admin;
  private readonly publisher: KafkaPublisher;
  private readonly watchdogs: ProgressWatchdog[] = [];
  private engine: CommandEngine<T> | undefined;
  private failing = new Set<string>();

  constructor(private readonly options: CommandServiceOptions<T>) {
    const { reports } = options;
    this.client = createKafka(options.kafka);
    this.admin = this.client.admin();
    this.publisher = new KafkaPublisher(this.client, {
      onUndeliverable: (reply) => reports.replyUndeliverable?.(reply),
    });
  }

  /** Checks that database and topics belong together, then answers the transports to consume with, one per group. */
  async open(): Promise<(BatchServerKafka | RetryServerKafka)[]> {
    const { type, retryDelays, connection, collection, signingKey, router } = this.options;
    const topics = serviceTopics(type.service, retryDelays);
    await this.admin.connect();
    const partitions = await this.partitionsOf(topics.commands);
    const { clusterId } = await this.admin.describeCluster();
    const spec = topicManifest.find(({ name }) => name === topics.commands);
    const epoch = spec?.epoch ?? 1;
    const collections = await openEngineCollections(connection, collection);
    const positions = new MongoPositionStore(collections.positions);
    await preflight({
      admin: this.admin,
      groupId: type.service,
      topic: topics.commands,
      positions,
      stream: (partition) => baseStream(clusterId, topics.commands, epoch, partition),
      read: (wanted) => readRecords(this.client, this.admin, topics.commands, wanted),
    });
    this.engine = new CommandEngine({
      type,
      validate: commandValidator(topics.commands),
      topics: { ...topics, retry: topics.retry.map(({ topic }) => topic) },
      router: router(collections),
      store: new MongoAggregateStore(collections.aggregates, type.version),
      routes: new MongoRouteStore(
        collections.routes,
        spec && spec.retentionMs > 0 ? spec.retentionMs : routeTtlMs,
      ),
      positions,
      publisher: this.publisher,
      signer: new OriginSigner(signingKey),
      reports: this.options.reports,
      clusterId,
      epoch,
      partitions,
    });
    return [
      new BatchServerKafka({ ...this.group(type.service, [topics.commands]), transportId: commandTransport }),
      new RetryServerKafka({
        ...this.group(
          `${type.service}.retry`,
          topics.retry.map(({ topic }) => topic),
        ),
        transportId: retryTransport,
        delays: topics.retry,
        pattern: retryPattern,
      }),
    ];
  }

  /** For the handler of the command topic. */
  handle(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    return this.running().handle(records, context);
  }

  /** For the handlers of the retry topics. */
  handleRetries(records: readonly InputRecord[]): Promise<void> {
    return this.running().handleRetries(records);
  }

  /** Why the service makes no progress now; `null` while it does. */
  get trouble(): string | null {
    return this.failing.size === 0 ? null : `backing off: ${[...this.failing].join(', ')}`;
  }

  async close(): Promise<void> {
    for (const watchdog of this.watchdogs) watchdog.stop();
    // with the broker away these would wait for their retries; everything that counts is acknowledged by now
    const closed = Promise.all([this.publisher.close(), this.admin.disconnect()]);
    await Promise.race([closed, delay(closeWithinMs, undefined, { ref: false })]);
  }

  private running(): CommandEngine<T> {
    if (!this.engine) throw new Error('records came before the service was opened');
    return this.engine;
  }

  private group(groupId: string, topics: readonly string[]) {
    const { kafka, sessionTimeoutMs, reports, onBroken } = this.options;
    const watchdog = new ProgressWatchdog(this.admin, {
      groupId,
      topics,
      isExcused: () => this.failing.size > 0,
      onStall: (stall) => onBroken(new Error(stallText(stall))),
    });
    this.watchdogs.push(watchdog);
    watchdog.start();
    return {
      kafka,
      groupId,
      sessionTimeoutMs,
      drainMs,
      reports: {
        ...reports,
        backingOff: (report: Parameters<NonNullable<EngineReports['backingOff']>>[0]) =>
          this.backingOff(report),
      },
      onDead: onBroken,
      onAssigned: (assignment: Parameters<ProgressWatchdog['assigned']>[0]) => watchdog.assigned(assignment),
      onProgress: (progress: Parameters<ProgressWatchdog['progressed']>[0]) => watchdog.progressed(progress),
    };
  }

  private backingOff(report: { topic: string; partition: number; error: Error | null }): void {
    const place = `${report.topic}/${report.partition}`;
    if (report.error) this.failing.add(place);
    else this.failing.delete(place);
    this.options.reports.backingOff?.(report);
  }

  private async partitionsOf(topic: string): Promise<number> {
    const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions.length ?? 0;
    if (partitions === 0)
      throw new Error(`the topic ${topic} does not exist: run "waybill topics apply" first`);
    return partitions;
  }
}

/** Within the ten seconds that an orchestrator gives: transports drain first, then connections close. */
const drainMs = 7000;
const closeWithinMs = 1500;
const routeTtlMs = 30 * 24 * 3600 * 1000;

const stallText = ({ topic, partition, offset, lag, stalledMs }: Stall): string =>
  `${topic}/${partition} stands at ${offset} for ${Math.round(stalledMs / 1000)} s while ${lag} records wait`;

/** Checks commands of one topic by the contract library. */
export const commandValidator =
  (commandTopic: string): CommandValidator =>
  (type, data) => {
    const contract = contractOf(type);
    return contract?.kind === 'command' && contract.topic === commandTopic
      ? validatorOf(contract)(data)
      : null;
  };
