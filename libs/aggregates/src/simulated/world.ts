import {
  encodeEnvelope,
  type InputRecord,
  lateStream,
  OriginSigner,
  type OutgoingMessage,
  type Publisher,
  readDeadLetter,
} from '@waybill/messaging';
import type { AggregateStore, GuardedWrite, WriteResult } from '../aggregate-store';
import { CommandEngine } from '../command-engine';
import type { Rule } from '../rules';
import type { KeptStore } from '../kept-store';
import { KeptSweep } from '../kept-sweep';
import { MemoryKeptStore } from '../memory-kept-store';
import { MemoryAggregateStore, MemoryPositionStore, MemoryRouteStore } from '../memory-stores';
import type { PositionStore } from '../position-store';
import type { RouteStore } from '../route-store';
import type { StoredAggregate } from '../stored-aggregate';
import { Actor, Killed } from './actor';
import { MemoryLog, recordOf } from './memory-log';
import type { Random } from './random';
import { nameKey, SampleRouter, type SampleState, sampleType, targetOf } from './sample-aggregate';

export const topics = {
  commands: 'samples.commands',
  events: 'samples.events',
  retry: ['samples.retry.1', 'samples.retry.2'],
  deadLetters: 'samples.dead-letters',
  replies: 'sender.reply',
};

export interface SentCommand {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

export type Role = 'command' | 'retry' | 'reaction' | 'sweep';

/** The event topic, as a second group of reactions reads it. */
const secondGroup = `${topics.events}+`;
const logOf = (topic: string): string => (topic === secondGroup ? topics.events : topic);

/** Broker, database and processes of one simulated history. */
export class World {
  readonly log = new MemoryLog(2);
  readonly store = new MemoryAggregateStore();
  readonly routes = new MemoryRouteStore();
  readonly kept = new MemoryKeptStore();
  readonly positions = new MemoryPositionStore();
  readonly signer = new OriginSigner('simulated-key-of-the-service-0123456789');
  readonly sent = new Map<string, SentCommand>();
  /** How many records of each command were sent. */
  readonly records = new Map<string, number>();
  readonly bug = { present: true };
  /** What was seen to go wrong on the way. */
  readonly found: string[] = [];
  readonly actors: Actor[] = [];
  private readonly folding = new Map<Actor, (message: OutgoingMessage) => Promise<void>>();
  private readonly committed = new Map<string, number>();
  private readonly owners = new Map<string, Actor>();
  private sessions = 0;

  constructor(
    private readonly random: Random,
    private readonly without: ReadonlySet<Rule>,
    private readonly batch: number,
  ) {
    this.store.guarded = !without.has('rev-guard');
    this.routes.binding = !without.has('route-once');
  }

  /** A caller's command; `key` may be any. Each record of it asks for a reply of its own. */
  send(command: SentCommand, key: string): void {
    this.sent.set(command.id, command);
    const copies = (this.records.get(command.id) ?? 0) + 1;
    this.records.set(command.id, copies);
    this.log.append({
      topic: topics.commands,
      key,
      value: encodeEnvelope({ ...command, source: 'sender', data: { ...command.data, shop_slug: 's' } }),
      headers: { kafka_correlationId: `${command.id}#${copies}`, kafka_replyTopic: topics.replies },
    });
  }

  /** An operator sends a dead letter back, and once more because the first attempt seemed to hang. */
  redrive(letterRecord: InputRecord): void {
    const letter = readDeadLetter(letterRecord);
    const value = letter.record.value ?? Buffer.alloc(0);
    const command = JSON.parse(String(value)) as { id: string; source: string; type: string };
    const origin = {
      detour: 'late' as const,
      stream: lateStream(letter.stream),
      offset: letter.offset,
      item: letter.item,
      n: letter.n + 1,
    };
    const time = new Date(this.log.nowMs).toISOString();
    const items = letter.items === undefined ? {} : { items: letter.items };
    const { kafka_correlationId: correlation, kafka_replyTopic: replyTopic } = letter.record.headers;
    const headers = {
      ...(correlation
        ? { kafka_correlationId: String(correlation), kafka_replyTopic: String(replyTopic) }
        : {}),
      ...this.signer.headers({ origin, time, ...items }, { ...command, value }),
    };
    for (let i = 0; i < 2; i++)
      this.log.append({
        topic: topics.commands,
        key: letter.record.key,
        value: letter.record.value,
        headers,
      });
  }

  /** A name taken and let go inside one write is never seen by the unique index. */
  private checkBetween(document: StoredAggregate): void {
    for (const fact of document.out.facts) {
      const { name } = (JSON.parse(String(fact)) as { data: { sample: SampleState } }).data.sample;
      if (name === null || document.keys.includes(nameKey(name))) continue;
      for (const other of this.store.documents.values())
        if (other.id !== document.id && other.keys.includes(nameKey(name)) && !this.isPublished(fact))
          this.found.push(`${document.id} had ${name} for a moment while ${other.id} held it`);
    }
  }

  private isPublished(fact: Buffer): boolean {
    return this.log.all(topics.events).some(({ value }) => value?.equals(fact));
  }

  startAll(isSweeping: boolean): void {
    for (let partition = 0; partition < this.log.partitions; partition++) {
      this.start('command', topics.commands, partition);
      this.start('reaction', topics.events, partition);
      // negative control: a group of its own for the facts with even numbers
      if (this.without.has('one-reaction-group')) this.start('reaction', secondGroup, partition);
      if (isSweeping && !this.without.has('sweep')) this.start('sweep', 'sweep', partition);
      for (const topic of topics.retry) this.start('retry', topic, partition);
    }
  }

  /** A process takes a partition over; the one before may still be alive. */
  start(role: Role, topic: string, partition: number): void {
    const actor = new Actor(`${role}:${topic}:${partition}:${++this.sessions}`);
    this.owners.set(`${topic}/${partition}`, actor);
    this.actors.push(actor);
    void this.work(actor, role, topic, partition);
  }

  isOwner(actor: Actor): boolean {
    return [...this.owners.values()].includes(actor);
  }

  isFinished(): boolean {
    return [...this.owners.keys()].every((name) => {
      const [topic = '', partition] = name.split('/');
      return this.offset(name) >= this.log.log(logOf(topic), Number(partition)).length;
    });
  }

  private offset(name: string): number {
    return this.committed.get(name) ?? 0;
  }

  private async work(actor: Actor, role: string, topic: string, partition: number): Promise<void> {
    const engine = this.engine(actor);
    if (role === 'retry' && this.without.has('one-fact-source'))
      this.foldsItself(actor, engine, topic, partition);
    const name = `${topic}/${partition}`;
    const context = {
      topic,
      partition,
      session: actor.name,
      highWatermark: 0,
      heartbeat: () => Promise.resolve(),
      isStale: () => false,
    };
    for (;;) {
      if (role === 'sweep') {
        await actor.waitForInput().catch(() => undefined);
        await this.sweep(actor, engine).catch(() => undefined);
        if (actor.dead) return;
        continue;
      }
      const from = this.offset(name);
      const records = this.log
        .log(logOf(topic), partition)
        .slice(from, from + 1 + this.random.below(this.batch));
      if (records.length === 0) {
        await actor.waitForInput().catch(() => undefined);
        if (actor.dead) return;
        continue;
      }
      try {
        if (role === 'command') await engine.handle(records, context);
        else if (role === 'retry') await engine.handleRetries(records);
        else await this.react(actor, this.ofGroup(topic, records));
        await actor.call(() => this.commit(actor, name, from + records.length));
      } catch (error) {
        if (error instanceof Killed || actor.dead) return;
      }
    }
  }

  /** All facts go to one group; without that rule, to two that do not wait for each other. */
  private ofGroup(topic: string, records: readonly InputRecord[]): readonly InputRecord[] {
    if (!this.without.has('one-reaction-group')) return records;
    const rest = topic === secondGroup ? 0 : 1;
    return records.filter(({ value }) => JSON.parse(String(value)).sequence % 2 === rest);
  }

  /** The group fences commits: an owner of the past learns here that it is one. */
  private commit(actor: Actor, name: string, offset: number): Promise<void> {
    if (this.owners.get(name) !== actor) {
      actor.kill();
      return Promise.reject(new Killed(actor.name));
    }
    this.committed.set(name, offset);
    return Promise.resolve();
  }

  private engine(actor: Actor): CommandEngine<never> {
    const wrap =
      <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
      (...args: A) =>
        actor.call(() => run(...args));
    const store: AggregateStore = {
      load: wrap((ids: readonly string[]) => this.store.load(ids)),
      heldByOthers: wrap((keys: readonly string[], except: string) => this.store.heldByOthers(keys, except)),
      write: async (writes: readonly GuardedWrite[]) => {
        const results: WriteResult[] = [];
        for (const write of writes)
          results.push(
            await actor.call(async () => {
              const result = await this.store.writeOne(write);
              if (result === 'written') this.checkBetween(write.document);
              return result;
            }),
          );
        return results;
      },
    };
    const routes: RouteStore = { decide: wrap((requests) => this.routes.decide(requests)) };
    // counters of starts would only slow a history down: thirty crashes in a row are the rule here
    const positions: PositionStore = new MemoryPositionStore();
    positions.start = () => Promise.resolve(1);
    return new CommandEngine({
      type: sampleType(this.bug) as never,
      validate: () => [],
      topics,
      router: new SampleRouter(this.store),
      store,
      routes,
      kept: this.keptStore(actor),
      positions,
      publisher: this.publisher(actor),
      signer: this.signer,
      clusterId: 'cluster',
      epoch: 1,
      partitions: this.log.partitions,
      without: this.without,
    });
  }

  private keptStore(actor: Actor): KeptStore {
    const { kept } = this;
    return {
      keep: (command, most) => actor.call(() => kept.keep(command, most)),
      of: (places) => actor.call(() => kept.of(places)),
      mark: (identity, mark) => actor.call(() => kept.mark(identity, mark)),
      remove: (identities) =>
        identities.length === 0 ? Promise.resolve() : actor.call(() => kept.remove(identities)),
      told: (identity) => actor.call(() => kept.told(identity)),
      page: (after, limit) => actor.call(() => kept.page(after, limit)),
    };
  }

  private async sweep(actor: Actor, { keeping }: CommandEngine<never>): Promise<void> {
    if (!keeping || this.kept.kept.size === 0) return;
    const sweep = new KeptSweep({
      store: this.keptStore(actor),
      keeping,
      router: new SampleRouter(this.store),
      publisher: this.publisher(actor),
      deadLetters: topics.deadLetters,
      keepForMs: Infinity,
    });
    await sweep.run();
  }

  /** Negative control: what a worker of a retry topic finds it folds itself, instead of handing it on. */
  private foldsItself(actor: Actor, engine: CommandEngine<never>, topic: string, partition: number): void {
    const offset = () => this.offset(`${topic}/${partition}`);
    this.folding.set(actor, (message) => {
      const record = {
        ...recordOf(message),
        topic,
        partition,
        offset: offset(),
        timestampMs: this.log.nowMs,
      };
      const context = {
        topic,
        partition,
        session: actor.name,
        highWatermark: 0,
        heartbeat: () => Promise.resolve(),
        isStale: () => false,
      };
      return engine.handle([record], context);
    });
  }

  private publisher(actor: Actor): Publisher {
    const late: (() => Promise<void>)[] = [];
    const publish = async (all: readonly OutgoingMessage[]): Promise<void> => {
      const fold = this.folding.get(actor);
      const messages = fold ? all.filter(({ topic }) => topic !== topics.commands) : all;
      for (const message of all) if (!messages.includes(message)) await fold?.(message);
      if (messages.length === 0) return;
      if (!this.without.has('publish-before-commit')) return actor.call(() => this.log.publish(messages));
      // negative control: one batch later than it should be
      const due = late.splice(0);
      late.push(() => this.log.publish(messages));
      for (const one of due) await actor.call(one);
    };
    return { publish, reply: publish };
  }

  /** `appended` on a… becomes a `note` on n…, with the fact's sequence as its position. */
  private async react(actor: Actor, records: readonly InputRecord[]): Promise<void> {
    for (const record of records) {
      const fact = JSON.parse(String(record.value)) as {
        subject: string;
        sequence: number;
        type: string;
        time: string;
      };
      if (fact.type !== 'samples.appended.v1' || fact.subject.startsWith('n')) continue;
      const target = targetOf(`n${fact.subject.slice(1)}`);
      const id = `${fact.subject}/${fact.sequence}/${target.aggregateId}`;
      const origin = {
        detour: 'reaction' as const,
        stream: `reactions/${fact.subject}`,
        offset: fact.sequence,
        item: 0,
        n: 0,
      };
      const command = { id, source: 'samples', type: 'samples.note.v1' };
      const value = encodeEnvelope({ ...command, data: { shop_slug: 's' } });
      const handedOn = { origin, target, time: '2026-01-10T08:00:00.000Z' };
      const headers = this.signer.headers(handedOn, { ...command, value });
      await actor.call(() => this.log.publish([{ topic: topics.commands, key: target.key, value, headers }]));
    }
  }
}
