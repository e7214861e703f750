import type { AggregateTypes } from '@waybill/decider';
import {
  baseStream,
  type BatchContext,
  type EngineReports,
  type InputRecord,
  type OriginSigner,
  type Publisher,
  type Tracing,
} from '@waybill/messaging';
import type { AggregateStore } from './aggregate-store';
import type { AggregateType, CommandMessage } from './aggregate-type';
import { BatchFold } from './batch-fold';
import type { CopyReader } from './copy-reader';
import type { CommandRouter } from './command-router';
import { failpoint } from './failpoint';
import { fingerprintOf } from './fingerprint';
import type { Incoming } from './incoming';
import { type CommandValidator, Intake, type Taken } from './intake';
import { Outbox } from './outbox';
import type { PositionStore } from './position-store';
import type { RouteStore } from './route-store';
import { type Routed, Routing } from './routing';
import { nothingOut, type Without } from './rules';
import { HandOn } from './hand-on';
import { Keeping } from './keeping';
import type { KeptStore } from './kept-store';

/** Names of the topics that a command service owns; one retry topic for each delay, shortest first. */
export interface EngineTopics {
  readonly commands: string;
  readonly events: string;
  readonly retry: readonly string[];
  readonly deadLetters: string;
}

export interface EngineOptions<T extends AggregateTypes> {
  readonly type: AggregateType<T>;
  readonly validate: CommandValidator;
  readonly topics: EngineTopics;
  readonly router: CommandRouter;
  readonly store: AggregateStore;
  readonly routes: RouteStore;
  /** Left out where no command of the service is ever kept. */
  readonly kept?: KeptStore;
  readonly positions: PositionStore;
  readonly publisher: Publisher;
  readonly signer: OriginSigner;
  readonly reports?: EngineReports;
  /** Told where the work on a message begins; whoever calls the engine tells where it ends. */
  readonly tracing?: Pick<Tracing, 'begin'>;
  /** Id of the Kafka cluster: part of every stream name, so that positions of another cluster count for nothing. */
  readonly clusterId: string;
  /** Raised in the manifest when the command topic is recreated. */
  readonly epoch: number;
  readonly partitions: number;
  /** Most records that `handle` is ever called with, in every release. */
  readonly largestBatch?: number;
  readonly without?: Without;
  readonly copies?: CopyReader;
  /** What comes to an aggregate after a command that failed is parked behind it, until an operator sends that back or gives it up. */
  readonly parksBehindFailed?: boolean;
}

/** What the engine remembers of an input partition while it is this session's. */
interface Lane {
  readonly session: string;
  readonly stream: string;
  readonly takenOverAt: number;
  readonly handOnFrom: number;
  /** How many records were handled since it was taken over, and the offset of the last one. */
  passed: { readonly records: number; readonly offset: number };
  /** The furthest offset that was begun with. */
  begun: number;
  saved: { readonly atMs: number; readonly recordMs: number };
  /** The last record that was tried alone. */
  tried?: { readonly offset: number; readonly isPoison: boolean };
}

/** Most records in a batch of the command topic. */
export const largestBatch = 500;
const positionEveryMs = 5000;
/** While catching up, a few seconds hold hours of records, and the preflight compares record times. */
const positionEveryRecordMs = 20_000;
const carefulFromStarts = 3;
const poisonAfterTries = 3;

/**
 * Turns batches of command records into facts: decode, route, read, fold, write once, publish. The transport commits
 * when `handle` has come back; when it throws, nothing of the batch is committed and the same records come again.
 */
export class CommandEngine<T extends AggregateTypes> {
  private readonly intake: Intake;
  private readonly routing: Routing;
  /** For the sweep; undefined where the service keeps no commands. */
  readonly keeping: Keeping | undefined;
  private readonly lanes = new Map<number, Lane>();
  /** Partitions whose worker died again and again at one offset, by session. While there are any, records go one by one. */
  private readonly suspects = new Map<number, string>();
  private turn: Promise<unknown> = Promise.resolve();
  private readonly reports: EngineReports;

  constructor(private readonly options: EngineOptions<T>) {
    const { type, validate, topics, signer, router, routes, kept, publisher, partitions, reports } = options;
    const { tracing } = options;
    this.reports = reports ?? {};
    this.intake = new Intake({
      service: type.service,
      validate,
      signer,
      onReplyAddressRefused: (reason) => this.reports.replyUndeliverable?.({ reason }),
      ...(tracing ? { tracing } : {}),
    });
    const handOn = new HandOn({
      signer,
      commandTopic: topics.commands,
      retryTopics: topics.retry,
      partitions,
    });
    const resolve = (messages: readonly CommandMessage[]) => router.resolve(messages);
    if (kept)
      this.keeping = new Keeping({
        store: kept,
        handOn,
        publisher,
        resolve,
        without: options.without ?? nothingOut,
      });
    const keeping = this.keeping ? { keeping: this.keeping } : {};
    const without = options.without ?? nothingOut;
    this.routing = new Routing({ router, routes, handOn, delays: topics.retry.length, without, ...keeping });
  }

  /** Handles records of one partition of the command topic, in order. */
  async handle(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    const [first] = records;
    const last = records.at(-1);
    if (!first || !last) return;
    const startedMs = performance.now();
    const lane = await this.lane(first, context);
    if (this.suspects.size === 0) await this.run(records, lane, context);
    else await this.runOneByOne(records, lane, context);
    // what comes again after a failed commit is counted once
    const fresh = records.filter(({ offset }) => offset > lane.passed.offset);
    lane.passed = { records: lane.passed.records + fresh.length, offset: last.offset };
    await this.savePosition(lane, last);
    failpoint('before-commit');
    const { topic, partition } = context;
    this.reports.batch?.({ topic, partition, records: records.length, ms: performance.now() - startedMs });
  }

  /** Handles due records of a retry topic: what is found is handed on, what is not waits again or is refused. */
  async handleRetries(records: readonly InputRecord[]): Promise<void> {
    const outbox = this.newOutbox();
    const incomings = records.flatMap((record) =>
      this.take(record, retryStream(this.options.clusterId, record), outbox),
    );
    const { handOns, answers } = await this.routing.route(incomings, 'retry');
    for (const answer of answers) outbox.answer(answer);
    await this.options.publisher.publish(handOns.map(({ message }) => message));
    failpoint('after-retry');
    await this.flush(outbox);
  }

  private async lane(first: InputRecord, { partition, session, topic }: BatchContext): Promise<Lane> {
    const known = this.lanes.get(partition);
    if (known !== undefined && known.session === session) return known;
    const { clusterId, epoch, positions } = this.options;
    const stream = baseStream(clusterId, topic, epoch, partition);
    const { handOnFrom = 0 } = await positions.load(stream);
    const starts = await positions.start(stream, first.offset);
    // those of an earlier session may belong to somebody else by now
    for (const [suspect, since] of this.suspects) if (since !== session) this.suspects.delete(suspect);
    if (starts >= carefulFromStarts) this.suspects.set(partition, session);
    // the first batch is saved at once: the partition may have been idle for long before it
    const saved = { atMs: -Infinity, recordMs: first.timestampMs };
    const passed = { records: 0, offset: -1 };
    const lane: Lane = { session, stream, takenOverAt: first.offset, handOnFrom, passed, begun: -1, saved };
    this.lanes.set(partition, lane);
    return lane;
  }

  private async run(
    records: readonly InputRecord[],
    lane: Lane,
    context: BatchContext,
    poison?: number,
  ): Promise<void> {
    const { type, store, publisher, without = nothingOut, parksBehindFailed: parks = false } = this.options;
    const outbox = this.newOutbox();
    const incomings = records.flatMap((record) => this.take(record, lane.stream, outbox));
    const { stream, session, takenOverAt, passed } = lane;
    // nobody begins a batch before the commit of the one before it, so an owner of the past is at most one batch ahead
    const isContested = passed.records < (this.options.largestBatch ?? largestBatch);
    const routedBefore = isContested ? Infinity : lane.begun;
    lane.begun = Math.max(lane.begun, records.at(-1)?.offset ?? -1);
    const { toFold, handOns, answers } = await this.routing.route(incomings, 'command', routedBefore);
    // whoever has the partition now obeys what was refused before it took over, and nothing that is refused after
    if (answers.length > 0) await context.heartbeat();
    // what lies below was handed on before a restore: its copies are in the log already
    const due = handOns.filter(({ of }) => of.record.offset >= lane.handOnFrom);
    await publisher.publish(due.map(({ message }) => message));
    if (due.length > 0) failpoint('after-hand-on');
    for (const answer of answers) outbox.answer(answer);
    const fold = new BatchFold<T>(
      {
        type,
        store,
        without,
        context: {
          stream,
          session,
          takenOverAt,
          replayedBelow: lane.handOnFrom,
          isContested,
          parks,
          ...(poison === undefined ? {} : { poison }),
        },
        flush: (box) => this.flush(box),
        newOutbox: () => this.newOutbox(),
        ...(this.keeping ? { keeping: this.keeping } : {}),
        keptAgain: (kept) => this.routing.keptAgain(kept),
      },
      await this.withCopies(toFold),
    );
    await fold.run(outbox, context);
  }

  private async withCopies(toFold: Routed['toFold']): Promise<Routed['toFold']> {
    const { copies } = this.options;
    const valid = toFold.filter(({ incoming }) => !incoming.refusal);
    if (!copies || valid.length === 0) return toFold;
    const answers = await copies.read(
      valid.map(({ target, incoming: { message } }) => ({ message, target })),
    );
    const copyOf = new Map(valid.map(({ incoming }, i) => [incoming, answers[i]]));
    return toFold.map(({ target, incoming }) => ({
      target,
      incoming: { ...incoming, copy: copyOf.get(incoming) },
    }));
  }

  /** The command of a record; what is none goes to `outbox` at once. */
  private take(record: InputRecord, stream: string, outbox: Outbox): Incoming[] {
    const taken = this.takeOne(record, stream);
    switch (taken.kind) {
      case 'failed':
        outbox.failed(record, { stream, offset: record.offset, item: 0, redrives: 0 }, taken.error);
        return [];
      case 'command':
        return [taken.incoming];
      case 'invalid':
        if (taken.incoming.handedOn?.parked) return [{ ...taken.incoming, refusal: taken.refusal }];
        outbox.refuse(taken.incoming, taken.refusal);
        return [];
      case 'malformed':
        outbox.malformed(taken);
        return [];
    }
  }

  private takeOne(record: InputRecord, stream: string): Taken | { kind: 'failed'; error: unknown } {
    try {
      return this.intake.take(record, stream);
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  private async flush(outbox: Outbox): Promise<void> {
    await this.options.publisher.publish(outbox.messages);
    failpoint('before-reply');
    await this.options.publisher.reply(outbox.replies);
  }

  private newOutbox(): Outbox {
    return new Outbox(this.options.topics, this.options.partitions, this.reports);
  }

  /** Over all partitions: a record that is found here alone again and again is the one that kills. */
  private async runOneByOne(
    records: readonly InputRecord[],
    lane: Lane,
    context: BatchContext,
  ): Promise<void> {
    for (const record of records) {
      const mine = this.turn.then(() => this.runAlone(record, lane, context));
      this.turn = mine.catch(() => undefined);
      await mine;
      await context.heartbeat();
    }
    this.suspects.delete(context.partition);
  }

  private async runAlone(record: InputRecord, lane: Lane, context: BatchContext): Promise<void> {
    const { positions } = this.options;
    const { offset } = record;
    if (lane.tried?.offset !== offset) {
      const tries = await positions.trying(lane.stream, offset);
      lane.tried = { offset, isPoison: tries > poisonAfterTries };
    }
    try {
      await this.run([record], lane, context, lane.tried.isPoison ? offset : undefined);
    } finally {
      // what it waits for may be away, but it is not what ends the process
      await positions.survived(lane.stream, offset).catch(() => undefined);
    }
  }

  private async savePosition(lane: Lane, { offset, timestampMs, key, value }: InputRecord): Promise<void> {
    const nowMs = performance.now();
    const isYoung = nowMs - lane.saved.atMs < positionEveryMs;
    if (isYoung && Math.abs(timestampMs - lane.saved.recordMs) < positionEveryRecordMs) return;
    lane.saved = { atMs: nowMs, recordMs: timestampMs };
    const fingerprint = fingerprintOf({ key, value });
    await this.options.positions.finish(lane.stream, { offset: offset + 1, fingerprint, timestampMs });
  }
}

/** Retries are filed under where they came from first; this names only what could not be read. */
const retryStream = (clusterId: string, { topic, partition }: InputRecord): string =>
  baseStream(clusterId, topic, 1, partition);
