import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { createKafka } from '@waybill/messaging';
import { Lifecycle, ServiceMetrics } from '@waybill/service';
import type { Admin } from 'kafkajs';
import type { Connection } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type AnalyticsConfig, analyticsConfigToken, countedTopics } from '../analytics.config';
import { FeedWitness } from './feed-witness';
import { GapBook } from './gap-book';
import { openGeneration } from './generation';
import { countedGenerations, GenerationBook, type GenerationsDocument } from './generation-book';
import { GenerationFeed } from './generation-feed';
import { pausedFrom } from './pause';
import { RebuildWork } from './rebuild-work';
import { Rebuilder } from './rebuilder';
import { type StreamOf, streamsOf } from './streams';

const lookEveryMs = 500;

/** What is there once the servers are. */
interface Opened {
  readonly gaps: GapBook;
  readonly streamOf: StreamOf;
  readonly work: RebuildWork;
}

/** Follows the document of the generations: counts into those that it names, and takes its part in a rebuild. */
@Injectable()
export class Generations implements BeforeApplicationShutdown, OnApplicationShutdown {
  /** Undefined while the service starts. */
  book: GenerationBook | undefined;
  private document: GenerationsDocument | undefined;
  private readonly kafka;
  private readonly admin: Admin;
  private readonly witness: FeedWitness;
  private readonly feeds = new Map<number, GenerationFeed>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private lastFault = '';

  constructor(
    @Inject(analyticsConfigToken) private readonly config: AnalyticsConfig,
    @InjectConnection() private readonly connection: Connection,
    metrics: ServiceMetrics,
    private readonly lifecycle: Lifecycle,
    private readonly log: PinoLogger,
  ) {
    this.kafka = { ...config.kafka, clientId: config.name, log };
    this.admin = createKafka(this.kafka).admin();
    this.witness = new FeedWitness(metrics, log, () => this.document?.live);
  }

  /** Counts into the live generation when it resolves. May be called again when the start is tried again. */
  async open(): Promise<void> {
    await this.admin.connect();
    const { clusterId } = await this.admin.describeCluster();
    const streamOf = streamsOf(clusterId);
    const prefixes = countedTopics.map((topic) => streamOf(topic, 0).replace(/0$/, ''));
    const { connection, admin, log } = this;
    const book = new GenerationBook(connection);
    const isCurrent = (stream: string) => prefixes.some((prefix) => stream.startsWith(prefix));
    const opened = {
      gaps: new GapBook(connection),
      streamOf,
      work: new RebuildWork(book, new Rebuilder({ connection, book, admin, isCurrent, log })),
    };
    this.document = await book.open();
    await this.follow(this.document, opened);
    this.book = book;
    this.lookLater(book, opened);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all([...this.feeds.values()].map((feed) => feed.stop()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.admin.disconnect();
  }

  private lookLater(book: GenerationBook, opened: Opened): void {
    if (this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.looking = this.look(book, opened).finally(() => this.lookLater(book, opened));
    }, lookEveryMs);
  }

  /** Never rejects: what does not work now is tried again. */
  private async look(book: GenerationBook, opened: Opened): Promise<void> {
    try {
      this.document = await book.read();
      opened.work.turn(this.document).catch((error: unknown) => this.tell(error));
      await this.follow(this.document, opened);
      this.lastFault = '';
    } catch (error) {
      this.tell(error);
    }
  }

  /** Counts into the generations that the document names, and into no other one. */
  private async follow(document: GenerationsDocument, opened: Opened): Promise<void> {
    const counted = countedGenerations(document);
    for (const [number, feed] of this.feeds) {
      if (counted.includes(number)) continue;
      this.feeds.delete(number);
      await feed.stop();
      this.log.info({ number }, 'a generation is not counted into any more');
    }
    for (const number of counted) await this.feed(number, opened);
  }

  private async feed(number: number, opened: Opened): Promise<void> {
    const running = this.feeds.get(number);
    const feed = running ?? (await this.newFeed(number, opened));
    this.feeds.delete(number);
    await (running ? feed.goOnWhereAccepted() : feed.start());
    this.feeds.set(number, feed);
    if (!running) this.log.info({ number }, 'a generation is counted into');
  }

  private async newFeed(number: number, { gaps, streamOf }: Opened): Promise<GenerationFeed> {
    return new GenerationFeed(await openGeneration(this.connection, number), {
      ...this.witness.of(number),
      kafka: this.kafka,
      admin: this.admin,
      sessionTimeoutMs: this.config.kafka.sessionTimeoutMs,
      gaps,
      streamOf,
      pausedFrom: (stream) => pausedFrom(this.document?.rebuild?.pause, stream, Date.now()),
      onBroken: this.lifecycle.fail,
    });
  }

  private tell(error: unknown): void {
    const fault = String(error);
    if (fault !== this.lastFault) this.log.warn({ err: error }, 'generations cannot be looked after');
    this.lastFault = fault;
  }
}
