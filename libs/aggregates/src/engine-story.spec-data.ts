import { encodeEnvelope, type HandedOn, type InputRecord, OriginSigner } from '@waybill/messaging';
import { CommandEngine, type EngineOptions } from './command-engine';
import { MemoryAggregateStore, MemoryPositionStore, MemoryRouteStore } from './memory-stores';
import { MemoryLog } from './simulated/memory-log';
import {
  type Release,
  SampleRouter,
  type SampleState,
  sampleType,
  type SampleTypes,
} from './simulated/sample-aggregate';
import { topics } from './simulated/world';

export const signer = new OriginSigner('a-key-for-the-stories-0123456789abcdef');
export const stream = 'cluster/samples.commands@1/0';

/** One partition, one worker, everything in memory; a test looks at each step. */
export class Story {
  readonly log = new MemoryLog(1);
  readonly store = new MemoryAggregateStore();
  readonly routes = new MemoryRouteStore();
  readonly positions = new MemoryPositionStore();
  readonly bug: Release = { present: true };
  engine: CommandEngine<SampleTypes>;
  private session = 'session-1';
  committed = 0;
  private sent = 0;

  constructor(private readonly options: Partial<EngineOptions<SampleTypes>> = {}) {
    this.engine = this.newEngine();
  }

  send(
    type: string,
    data: object,
    more: { key?: string; headers?: Record<string, string>; id?: string; handedOn?: HandedOn } = {},
  ): InputRecord {
    const id = more.id ?? `c${++this.sent}`;
    const command = { id, source: 'sender', type: `samples.${type}.v1` };
    const value = encodeEnvelope({ ...command, data: { shop_slug: 's', ...data } });
    const signed = more.handedOn && signer.headers(more.handedOn, { ...command, value });
    return this.log.append({
      topic: topics.commands,
      key: more.key ?? (data as { target?: string }).target ?? 'wrong',
      value,
      headers: { kafka_correlationId: id, kafka_replyTopic: topics.replies, ...signed, ...more.headers },
    });
  }

  /** Handles all that waits, in one batch, until nothing is handed on any more. */
  async run(): Promise<void> {
    for (;;) {
      const records = this.log.log(topics.commands, 0).slice(this.committed);
      if (records.length === 0) return;
      await this.engine.handle(records, this.context());
      this.committed += records.length;
    }
  }

  /** The process ended before it could commit; another one starts at `offset`. */
  restartAt(offset: number): void {
    this.session = `${this.session}'`;
    this.committed = offset;
    this.engine = this.newEngine();
  }

  async runRetries(topic: string): Promise<void> {
    await this.engine.handleRetries(this.log.log(topic, 0));
  }

  replies(): Record<string, unknown>[] {
    return this.log
      .all(topics.replies)
      .map(({ value }) => JSON.parse(String(value)) as Record<string, unknown>);
  }

  facts(): string[] {
    return this.log.all(topics.events).map(({ value }) => (JSON.parse(String(value)) as { id: string }).id);
  }

  context() {
    return {
      topic: topics.commands,
      partition: 0,
      session: this.session,
      highWatermark: 0,
      heartbeat: () => Promise.resolve(),
      isStale: () => false,
    };
  }

  private newEngine(): CommandEngine<SampleTypes> {
    return new CommandEngine<SampleTypes>({
      type: sampleType(this.bug),
      validate: () => [],
      topics,
      router: new SampleRouter(this.store),
      store: this.store,
      routes: this.routes,
      positions: this.positions,
      publisher: this.log,
      signer,
      clusterId: 'cluster',
      epoch: 1,
      partitions: 1,
      ...this.options,
    });
  }
}

export const listOf = (story: Story, id = 'a0') =>
  (story.store.documents.get(id)?.state as SampleState | null | undefined)?.list;
