import { setTimeout as delay } from 'node:timers/promises';
import { contractOf, serviceTopics, topicManifest, validatorOf } from '@waybill/contracts';
import type { AggregateTypes } from '@waybill/decider';
import {
  baseStream,
  type BatchContext,
  type BatchHandler,
  BatchServerKafka,
  createKafka,
  encodeEnvelope,
  type Envelope,
  type EngineReports,
  type InputRecord,
  type KafkaSettings,
  KafkaPublisher,
  OriginSigner,
  type Publisher,
  RetryServerKafka,
  structuredHeaders,
  traced,
  type Tracing,
  WatchedGroup,
} from '@waybill/messaging';
import type { Admin, Kafka } from 'kafkajs';
import type { Connection } from 'mongoose';
import type { AggregateType } from './aggregate-type';
import { CommandEngine, largestBatch } from './command-engine';
import type { CommandRouter } from './command-router';
import type { CopyReader } from './copy-reader';
import { type EngineCollections, openEngineCollections } from './engine-collections';
import type { CommandValidator } from './intake';
import { KeptSweep } from './kept-sweep';
import { MongoAggregateStore } from './mongo-aggregate-store';
import { MongoKeptStore } from './mongo-kept-store';
import { MongoPositionStore } from './mongo-position-store';
import { MongoRouteStore } from './mongo-route-store';
import { preflight } from './preflight';
import { type Reaction, reactionsHandler } from './reactions';
import { readLastRecords } from './record-reader';
import { toldReports } from './told-reports';

export interface CommandServiceOptions<T extends AggregateTypes> {
  readonly type: AggregateType<T>;
  readonly router: (collections: EngineCollections) => CommandRouter;
  readonly kafka: KafkaSettings;
  readonly connection: Connection;
  /** Name of the aggregates' collection. */
  readonly collection: string;
  readonly signingKey: string;
  readonly retryDelays: readonly string[];
  /** Commands of an aggregate wait behind one that failed. */
  readonly parksBehindFailed: boolean;
  readonly sessionTimeoutMs: number;
  readonly reports: EngineReports;
  /** Undefined where nothing is traced. */
  readonly tracing: Tracing | undefined;
  /** Facts of other services that become commands of this one. */
  readonly reactions?: { readonly topics: readonly string[]; readonly reactions: readonly Reaction[] };
  /** For a service whose commands are judged by what it knows of other aggregates. */
  readonly copies?: CopyReader;
  /** For a service that keeps commands until their place is taken. */
  readonly keeping?: { readonly keepForMs: number; readonly sweepEveryMs: number };
  /** The consumer is dead or stands still: the process should end, it will be started again. */
  readonly onBroken: (error: Error) => void;
}

/** A command that the service sends to itself, under its canonical key. */
export type OwnCommand = Envelope & { readonly key: string };

/** Transport of the service's own commands, and of those that waited in its retry topics. */
export const commandTransport = Symbol('waybill.commands');
export const retryTransport = Symbol('waybill.retries');
/** Transport of the facts that the service reacts to. */
export const reactionTransport = Symbol('waybill.reactions');
/** What the handler of all retry topics listens to. */
export const retryPattern = 'retries';

/**
 * Everything that a service with an aggregate runs on: preflight, engine, transports, publisher, watchdogs. Opened when
 * broker and database answer; closed after the transports, which let their running batches finish first.
 */
export class CommandService<T extends AggregateTypes> {
  private readonly client: Kafka;
  private readonly admin: Admin;
  private readonly producers: KafkaPublisher;
  private readonly publisher: Publisher;
  private readonly options: CommandServiceOptions<T>;
  private readonly groups: WatchedGroup[] = [];
  private engine: CommandEngine<T> | undefined;
  private reactions: BatchHandler | undefined;
  private sweeping: NodeJS.Timeout | undefined;

  constructor(options: CommandServiceOptions<T>) {
    const { kafka, tracing } = options;
    const reports = toldReports(options.reports, kafka.log, tracing);
    this.options = { ...options, reports };
    this.client = createKafka(kafka);
    this.admin = this.client.admin();
    this.producers = new KafkaPublisher(this.client, {
      onPublished: (published) => reports.published?.(published),
      onUndeliverable: (reply) => reports.replyUndeliverable?.(reply),
    });
    this.publisher = tracing?.publisher(this.producers) ?? this.producers;
  }

  /** Checks that database and topics belong together, then answers the transports to consume with, one per group. */
  async open(): Promise<(BatchServerKafka | RetryServerKafka)[]> {
    const { type, retryDelays, connection, collection, signingKey, router, copies } = this.options;
    const topics = serviceTopics(type.service, retryDelays);
    await this.admin.connect();
    const partitions = await this.partitionsOf(topics.commands);
    const ofEvents = await this.partitionsOf(topics.events);
    if (ofEvents !== partitions)
      throw new Error(`${topics.events} has ${ofEvents} partitions, ${topics.commands} has ${partitions}`);
    const { clusterId } = await this.admin.describeCluster();
    const spec = topicManifest.find(({ name }) => name === topics.commands);
    const epoch = spec?.epoch ?? 1;
    const collections = await openEngineCollections(connection, collection);
    const positions = new MongoPositionStore(collections.positions);
    const look = () =>
      preflight({
        admin: this.admin,
        groupId: type.service,
        topic: topics.commands,
        positions,
        stream: (partition) => baseStream(clusterId, topics.commands, epoch, partition),
        read: (ranges) => readLastRecords(this.client, this.admin, type.service, topics.commands, ranges),
      });
    await whileStarting(look);
    const kept = this.options.keeping ? new MongoKeptStore(collections.kept) : undefined;
    const commandRouter = router(collections);
    const signer = new OriginSigner(signingKey);
    this.engine = new CommandEngine({
      type,
      validate: commandValidator(topics.commands),
      topics: { ...topics, retry: topics.retry.map(({ topic }) => topic) },
      router: commandRouter,
      ...(kept ? { kept } : {}),
      store: new MongoAggregateStore(collections.aggregates, type.version),
      routes: new MongoRouteStore(
        collections.routes,
        spec && spec.retentionMs > 0 ? spec.retentionMs : routeTtlMs,
      ),
      positions,
      publisher: this.publisher,
      signer,
      reports: this.options.reports,
      ...this.tracing,
      clusterId,
      epoch,
      partitions,
      parksBehindFailed: this.options.parksBehindFailed,
      ...(copies ? { copies } : {}),
    });
    if (kept) this.sweep(kept, commandRouter, topics.deadLetters);
    const reacting =
      this.options.reactions &&
      this.reactionServer(this.options.reactions, topics.commands, partitions, signer);
    return [
      ...(reacting ? [reacting] : []),
      new BatchServerKafka({
        ...this.group(type.service, [topics.commands]),
        transportId: commandTransport,
        maxRecords: largestBatch,
      }),
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
    return traced(this.options.tracing, records, () => this.running().handle(records, context));
  }

  /** For the handlers of the retry topics. */
  handleRetries(records: readonly InputRecord[]): Promise<void> {
    return traced(this.options.tracing, records, () => this.running().handleRetries(records));
  }

  async close(): Promise<void> {
    for (const group of this.groups) group.stop();
    clearTimeout(this.sweeping);
    // with the broker away these would wait for their retries; everything that counts is acknowledged by now
    const closed = Promise.all([this.producers.close(), this.admin.disconnect()]);
    await Promise.race([closed, delay(closeWithinMs, undefined, { ref: false })]);
  }

  /** Puts commands of the service's own, such as those of a timer, on its command topic. */
  send(commands: readonly OwnCommand[]): Promise<void> {
    const { commands: topic } = serviceTopics(this.options.type.service);
    return this.publisher.publish(
      commands.map(({ key, ...envelope }) => ({
        topic,
        key,
        value: encodeEnvelope(envelope),
        headers: structuredHeaders,
      })),
    );
  }

  /** For the handlers of other services' event topics. */
  react(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    if (!this.reactions) throw new Error('facts came before the service was opened');
    return this.reactions(records, context);
  }

  private get tracing(): { tracing?: Tracing } {
    const { tracing } = this.options;
    return tracing ? { tracing } : {};
  }

  private running(): CommandEngine<T> {
    if (!this.engine) throw new Error('records came before the service was opened');
    return this.engine;
  }

  /** All reactions of the service in one group: their positions must come in order. */
  private reactionServer(
    { topics, reactions }: NonNullable<CommandServiceOptions<T>['reactions']>,
    commandTopic: string,
    partitions: number,
    signer: OriginSigner,
  ): BatchServerKafka {
    const { service } = this.options.type;
    const group = `${service}.reactions`;
    this.reactions = reactionsHandler({
      service,
      group,
      commandTopic,
      partitions,
      reactions,
      signer,
      publisher: this.publisher,
      ...this.tracing,
      onAlarm: ({ kind, topic, partition, offset }) =>
        this.options.reports.alarm?.({ kind, topic, partition, offset }),
    });
    return new BatchServerKafka({ ...this.group(group, topics), transportId: reactionTransport });
  }

  private sweep(store: MongoKeptStore, router: CommandRouter, deadLetters: string): void {
    const { keeping } = this.running();
    const { keeping: settings, reports } = this.options;
    if (!keeping || !settings) return;
    const sweep = new KeptSweep({
      store,
      keeping,
      router,
      deadLetters,
      publisher: this.publisher,
      keepForMs: settings.keepForMs,
      reports,
    });
    const place = { topic: 'kept commands', partition: -1 };
    const run = async () => {
      await sweep.run().then(
        () => reports.backingOff?.({ ...place, error: null }),
        (error: Error) => reports.backingOff?.({ ...place, error }),
      );
      this.sweeping = setTimeout(() => void run(), settings.sweepEveryMs).unref();
    };
    this.sweeping = setTimeout(() => void run(), Math.min(1000, settings.sweepEveryMs)).unref();
  }

  private group(groupId: string, topics: readonly string[]): WatchedGroup['transport'] {
    const { kafka, sessionTimeoutMs, reports, onBroken } = this.options;
    const { admin } = this;
    const group = new WatchedGroup({ admin, kafka, groupId, topics, sessionTimeoutMs, reports, onBroken });
    this.groups.push(group);
    return group.transport;
  }

  private async partitionsOf(topic: string): Promise<number> {
    const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions.length ?? 0;
    if (partitions === 0)
      throw new Error(`the topic ${topic} does not exist: run "waybill topics apply" first`);
    return partitions;
  }
}

const closeWithinMs = 1500;
const routeTtlMs = 30 * 24 * 3600 * 1000;

/** A broker that has just started, or a topic that was just made, has no leader for a moment. */
async function whileStarting(run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run();
      return;
    } catch (error) {
      const isPassing = error instanceof Error && 'retriable' in error && error.retriable === true;
      if (!isPassing || attempt === startAttempts) throw error;
      await delay(500);
    }
  }
}

const startAttempts = 60;

/** Checks commands of one topic by the contract library. */
export const commandValidator =
  (commandTopic: string): CommandValidator =>
  (type, data) => {
    const contract = contractOf(type);
    return contract?.kind === 'command' && contract.topic === commandTopic
      ? validatorOf(contract)(data)
      : null;
  };
