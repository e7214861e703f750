import { AsyncLocalStorage } from 'node:async_hooks';
import type { OutgoingMessage, Publisher } from '@waybill/messaging';
import type { AggregateStore, GuardedWrite, WriteResult } from '../aggregate-store';
import type { CommandMessage } from '../aggregate-type';
import type { CommandRouter } from '../command-router';
import { CommandEngine } from '../command-engine';
import { KeptSweep } from '../kept-sweep';
import type { KeptStore } from '../kept-store';
import type { PositionStore } from '../position-store';
import type { RouteStore } from '../route-store';
import type { Caller } from './actor';
import { chunksOf, publishStep } from './publishing';
import { debatedIssues, type Release, SampleRouter } from './sample-aggregate';
import { topics } from './topics';
import type { Worker } from './worker';
import type { World } from './world';

const running = new AsyncLocalStorage<Worker>();

/** All workers of a process share one engine, as they do in a service: whoever runs it just now is the one who calls. */
function current(): Worker {
  const worker = running.getStore();
  if (!worker) throw new Error('nobody is at work');
  return worker;
}

const worker: Caller = { call: (run, step) => current().call(run, step) };
const call = <T>(kind: string, run: () => Promise<T>) => worker.call(run, { kind });

/** One process of the service: an engine and what belongs to it, with a stop before each call. */
export class SimulatedProcess {
  readonly workers: Worker[] = [];
  readonly engine: CommandEngine<never>;
  readonly publisher: Publisher;
  private readonly kept: KeptStore;
  private readonly router: CommandRouter;
  /** It stands still, as a stopped or starved process does. */
  isStalled = false;
  isDead = false;
  /** Negative control: what is published one batch later than it should be. */
  private readonly held: OutgoingMessage[][] = [];

  constructor(
    readonly number: number,
    private readonly world: World,
    readonly release: Release,
  ) {
    this.publisher = this.publisherOf();
    this.kept = world.keptStore(worker);
    this.router = this.routerOf();
    this.engine = new CommandEngine({
      type: world.type(release, current) as never,
      validate: (_type, data) => (release.isNarrow ? debatedIssues(data) : []),
      topics,
      router: this.router,
      store: this.store(),
      routes: this.routes(),
      kept: this.kept,
      positions: this.positions(),
      publisher: this.publisher,
      signer: world.signer,
      clusterId: 'cluster',
      epoch: 1,
      partitions: world.log.partitions,
      largestBatch: world.plan.weather.batch,
      without: world.without,
      parksBehindFailed: world.plan.weather.parks ?? false,
    });
  }

  /** Starts `work` as this worker's own; it ends with the worker. */
  run(actor: Worker, work: () => Promise<void>): void {
    this.workers.push(actor);
    void running.run(actor, work);
  }

  async sweep(): Promise<void> {
    const { keeping } = this.engine;
    const { world } = this;
    if (!keeping || world.kept.kept.size === 0) return;
    const sweep = new KeptSweep({
      store: this.kept,
      keeping,
      router: this.router,
      publisher: this.publisher,
      deadLetters: topics.deadLetters,
      // asked anew for each kept command, however long the sweep takes
      get keepForMs() {
        return world.crew.mayComeAgain() ? Infinity : world.keepForTurns;
      },
      now: () => world.turn,
    });
    await sweep.run();
  }

  private store(): AggregateStore {
    const { world } = this;
    return {
      load: (ids) => {
        const actor = current();
        return worker.call(
          () => {
            world.names.reads(actor, world.turn);
            return world.store.load(ids);
          },
          { kind: 'read', about: () => ids.join(', ') },
        );
      },
      heldByOthers: (keys, except) =>
        worker.call(() => world.store.heldByOthers(keys, except), {
          kind: 'read holders',
          about: () => keys.join(', '),
        }),
      write: async (writes) => {
        const results: WriteResult[] = [];
        for (const [i, write] of writes.entries())
          results.push(await worker.call(() => world.write(write), writeStep(write, i)));
        return results;
      },
    };
  }

  private routes(): RouteStore {
    return {
      decide: (requests) =>
        worker.call(() => this.world.routes.decide(requests), {
          kind: 'decide routes',
          about: () => `${requests.length}`,
        }),
    };
  }

  private positions(): PositionStore {
    const { positions, isCareful } = this.world;
    return {
      load: (stream) => call('read position', () => positions.load(stream)),
      // thirty starts in a row are the rule here: they count only where that is what the history is about
      start: (stream, offset) =>
        call('count start', () => (isCareful ? positions.start(stream, offset) : Promise.resolve(1))),
      finish: (stream, finished) => call('save position', () => positions.finish(stream, finished)),
      trying: (stream, offset) => call('note try', () => positions.trying(stream, offset)),
      survived: (stream, offset) => call('note survival', () => positions.survived(stream, offset)),
      rewind: (stream, from) => positions.rewind(stream, from),
    };
  }

  private routerOf(): CommandRouter {
    const router = new SampleRouter(this.world.store);
    return {
      route: (message) => router.route(message),
      missing: () => router.missing(),
      resolve: (messages: readonly CommandMessage[]) =>
        messages.length === 0
          ? Promise.resolve([])
          : worker.call(() => router.resolve(messages), {
              kind: 'look up',
              about: () => messages.map(({ id }) => id).join(', '),
            }),
    };
  }

  private publisherOf(): Publisher {
    const { world } = this;
    const send = async (messages: readonly OutgoingMessage[]): Promise<void> => {
      for (const chunk of chunksOf(messages, world.random, world.without))
        await worker.call(() => world.publish(chunk), publishStep(chunk, world));
    };
    const publish = async (all: readonly OutgoingMessage[]): Promise<void> => {
      const messages = await world.keepForMyself(current(), all);
      if (messages.length === 0) return;
      if (!world.without.has('publish-before-commit')) return send(messages);
      const due = this.held.splice(0);
      this.held.push([...messages]);
      for (const one of due) await send(one);
    };
    return { publish, reply: publish };
  }
}

const writeStep = ({ document, expectedRev }: GuardedWrite, index: number) => ({
  // the documents of one bulk are written one by one, and any of them may be the last
  kind: index === 0 ? 'write' : 'write on',
  about: () => {
    const { id, seq, keys, at } = document;
    const held = keys.length === 0 ? '' : `, holding ${keys.join(', ')}`;
    return `${id} in place of rev ${expectedRev}: ${seq} facts, folded up to offset ${at.offset}${held}`;
  },
});
