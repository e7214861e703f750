import { encodeEnvelope, type InputRecord, OriginSigner, type OutgoingMessage } from '@waybill/messaging';
import type { GuardedWrite, WriteResult } from '../aggregate-store';
import type { AggregateType } from '../aggregate-type';
import type { KeptStore } from '../kept-store';
import { MemoryKeptStore } from '../memory-kept-store';
import { MemoryAggregateStore, MemoryPositionStore, MemoryRouteStore } from '../memory-stores';
import type { Without } from '../rules';
import type { StoredAggregate } from '../stored-aggregate';
import { type Caller, Killed, Overtaken, Unreachable } from './actor';
import { AnswerWatch } from './answer-watch';
import { Crew } from './crew';
import { MemoryGroup } from './memory-group';
import { MemoryLog, recordOf } from './memory-log';
import { NameWatch } from './name-watch';
import type { Plan, PlannedCommand } from './plan';
import { Projection } from './projection';
import type { Random } from './random';
import { nameKey, type Release, type SampleState, type SampleTypes, sampleType } from './sample-aggregate';
import { topics } from './topics';
import type { Worker } from './worker';

export { topics };

export interface SentCommand {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** A record of a caller's command. */
export interface SentRecord {
  readonly id: string;
  readonly copy: number;
  readonly partition: number;
  readonly offset: number;
  readonly isSilent: boolean;
  readonly key: string;
}

/** Broker, database and processes of one simulated history. */
export class World {
  readonly log = new MemoryLog(2);
  readonly group = new MemoryGroup<Worker>();
  readonly store = new MemoryAggregateStore();
  readonly routes = new MemoryRouteStore();
  readonly kept = new MemoryKeptStore();
  readonly positions = new MemoryPositionStore();
  readonly projection: Projection;
  readonly signer = new OriginSigner('simulated-key-of-the-service-0123456789');
  readonly names = new NameWatch();
  readonly answers = new AnswerWatch((id) => this.isApplied(id));
  readonly crew: Crew;
  readonly sent = new Map<string, SentCommand>();
  readonly records: SentRecord[] = [];
  /** What runs everywhere, unless there are several releases. */
  readonly release: Release = { present: true };
  /** What was seen to go wrong on the way. */
  readonly found: string[] = [];
  readonly isCareful: boolean;
  readonly hasEcho: boolean;
  turn = 0;
  /** How long a scan is kept, in turns. */
  keepForTurns = Infinity;
  private keepings = 0;

  constructor(
    readonly plan: Plan,
    readonly random: Random,
    readonly without: Without,
    readonly tell: (line: () => string) => void,
  ) {
    this.isCareful = plan.weather.careful ?? false;
    this.hasEcho = plan.weather.echo ?? false;
    this.projection = new Projection(without);
    this.crew = new Crew(this);
    this.store.guarded = !without.has('rev-guard');
    this.routes.binding = !without.has('route-once');
    this.kept.exact = !without.has('this-keeping');
  }

  /** A caller's command; each record of it asks for a reply of its own, if it asks at all. */
  send({ command, key, copies, isSilent }: PlannedCommand): void {
    this.sent.set(command.id, command);
    for (let copy = 1; copy <= copies; copy++) {
      const { partition, offset } = this.log.append({
        topic: topics.commands,
        key,
        value: encodeEnvelope({ ...command, source: 'sender', data: { ...command.data, shop_slug: 's' } }),
        headers: isSilent
          ? {}
          : { kafka_correlationId: `${command.id}#${copy}`, kafka_replyTopic: topics.replies },
      });
      this.records.push({ id: command.id, copy, partition, offset, isSilent, key });
      this.tell(() => `a sender puts ${command.id} (${JSON.stringify(command.data)}) under the key ${key}`);
    }
  }

  next(worker: Worker): readonly InputRecord[] {
    const { topic, partition } = worker.assignment;
    const most = 1 + this.random.below(this.plan.weather.batch);
    return this.log.read(topic, partition, worker.position, most);
  }

  isOwner(worker: Worker): boolean {
    return this.group.ownerOf(worker.place) === worker;
  }

  /** The group fences commits: an owner of the past learns here that it is one. */
  commit(worker: Worker, offset: number): Promise<void> {
    if (this.group.commit(worker.place, worker, offset)) return Promise.resolve();
    worker.kill();
    return Promise.reject(new Killed(worker.name));
  }

  /** A batch did not go through. Unless somebody was away or faster, that is a fault of ours. */
  failed(worker: Worker, error: unknown): void {
    if (error instanceof Unreachable || error instanceof Overtaken) return;
    this.found.push(`${worker.name} failed: ${String(error)}`);
  }

  publish(messages: readonly OutgoingMessage[]): Promise<void> {
    for (const message of messages) this.answers.sees(message);
    return this.log.publish(messages);
  }

  write(write: GuardedWrite): Promise<WriteResult> {
    const { document } = write;
    const before = this.store.documents.get(document.id);
    return this.store.writeOne(write).then((result) => {
      if (result !== 'written') return result;
      this.checkBetween(document, before?.out.facts ?? []);
      this.names.holds(document.id, before?.keys ?? [], document.keys, this.turn);
      return result;
    });
  }

  /** The aggregate's type, watched: what a decision takes for held must have been held. */
  type(release: Release, worker: () => Worker): AggregateType<SampleTypes> {
    const type = sampleType(release);
    return {
      ...type,
      decider: {
        ...type.decider,
        decide: (state, command, others) => {
          const decision = type.decider.decide(state, command, others);
          const isTaken = decision.outcome === 'refused' && decision.key === 'name_taken';
          if (isTaken && !this.names.wasHeld(nameKey(command.name ?? ''), worker()))
            this.found.push(`${command.id} was refused ${command.name}, which nobody held`);
          return decision;
        },
      },
    };
  }

  keptStore(caller: Caller): KeptStore {
    const { kept } = this;
    // no two keepings begin in the same moment
    const now = () => this.turn + ++this.keepings / 1e6;
    return {
      keep: (command, most) =>
        caller.call(() => kept.keep({ ...command, keptAtMs: now() }, most), {
          kind: 'keep',
          about: () => command.identity,
        }),
      keepBack: (command, most) =>
        caller.call(() => kept.keepBack({ ...command, keptAtMs: now() }, most), {
          kind: 'keep back',
          about: () => command.identity,
        }),
      of: (places) => caller.call(() => kept.of(places), { kind: 'read kept' }),
      mark: (command, mark) =>
        caller.call(() => kept.mark(command, mark), {
          kind: 'mark kept',
          about: () => `${command.identity} ${mark}`,
        }),
      remove: (commands) =>
        commands.length === 0
          ? Promise.resolve()
          : caller.call(() => kept.remove(commands), {
              kind: 'remove kept',
              about: () => commands.map(({ identity }) => identity).join(', '),
            }),
      told: (command) => caller.call(() => kept.told(command), { kind: 'note told' }),
      page: (after, limit) => caller.call(() => kept.page(after, limit), { kind: 'read page' }),
    };
  }

  /** Negative control: what a worker of a retry topic finds it folds itself, instead of handing it on. */
  async keepForMyself(worker: Worker, all: readonly OutgoingMessage[]): Promise<readonly OutgoingMessage[]> {
    const { role, topic, partition } = worker.assignment;
    if (role !== 'retry' || !this.without.has('one-fact-source')) return all;
    for (const message of all) {
      if (message.topic !== topics.commands) continue;
      const offset = worker.position;
      const record = { ...recordOf(message), topic, partition, offset, timestampMs: this.log.nowMs };
      const context = { topic, partition, session: worker.name, highWatermark: 0 };
      await worker.process.engine.handle([record], {
        ...context,
        heartbeat: () => Promise.resolve(),
        isStale: () => false,
      });
    }
    return all.filter(({ topic: to }) => to !== topics.commands);
  }

  /** A name taken and let go inside one write is never seen by the unique index. What an earlier write has said may be carried on. */
  private checkBetween(document: StoredAggregate, said: readonly Buffer[]): void {
    for (const fact of document.out.facts) {
      if (said.some((old) => old.equals(fact))) continue;
      const { name } = (JSON.parse(String(fact)) as { data: { sample: SampleState } }).data.sample;
      if (name === null || document.keys.includes(nameKey(name))) continue;
      for (const other of this.store.documents.values())
        if (other.id !== document.id && other.keys.includes(nameKey(name)) && !this.isPublished(fact))
          this.found.push(`${document.id} had ${name} for a moment while ${other.id} held it`);
    }
  }

  private isApplied(id: string): boolean {
    return [...this.store.documents.values()].some(({ state }) =>
      (state as SampleState | null)?.list.includes(id),
    );
  }

  private isPublished(fact: Buffer): boolean {
    return this.log.all(topics.events).some(({ value }) => value?.equals(fact));
  }
}
