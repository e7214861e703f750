import type { AggregateTypes } from '@waybill/decider';
import {
  baseStream,
  type BatchContext,
  type EngineReports,
  type InputRecord,
  type OriginSigner,
  type Publisher,
} from '@waybill/messaging';
import type { AggregateStore, GuardedWrite } from './aggregate-store';
import type { AggregateType } from './aggregate-type';
import type { CommandRouter } from './command-router';
import { fingerprintOf } from './fingerprint';
import { foldAggregate, type Folded, type Rule } from './fold';
import type { Incoming } from './incoming';
import { type CommandValidator, Intake } from './intake';
import { Outbox } from './outbox';
import type { PositionStore } from './position-store';
import type { RouteStore } from './route-store';
import { Routing } from './routing';
import type { StoredAggregate } from './stored-aggregate';

export interface EngineOptions<T extends AggregateTypes> {
  readonly type: AggregateType<T>;
  readonly validate: CommandValidator;
  readonly topics: EngineTopics;
  readonly router: CommandRouter;
  readonly store: AggregateStore;
  readonly routes: RouteStore;
  readonly positions: PositionStore;
  readonly publisher: Publisher;
  readonly signer: OriginSigner;
  readonly reports?: EngineReports;
  /** Id of the Kafka cluster: part of every stream name, so that positions of another cluster count for nothing. */
  readonly clusterId: string;
  /** Raised in the manifest when the command topic is recreated. */
  readonly epoch: number;
  readonly partitions: number;
  /** Negative controls; empty outside of tests. */
  readonly without?: ReadonlySet<Rule>;
}

/** Names of the topics that a command service owns; one retry topic for each delay, shortest first. */
export interface EngineTopics {
  readonly commands: string;
  readonly events: string;
  readonly retry: readonly string[];
  readonly deadLetters: string;
}

/** What the engine remembers of an input partition while it is this worker's. */
interface Lane {
  readonly session: string;
  readonly stream: string;
  readonly takenOverAt: number;
  readonly handOnFrom: number;
  saved: { readonly atMs: number; readonly recordMs: number };
}

/** One aggregate on its way through a batch. */
interface Job {
  messages: readonly Incoming[];
  document: StoredAggregate | null;
  stale: boolean;
  outPublished: boolean;
  readonly wantedKeys: Set<string>;
  taken: ReadonlySet<string>;
}

const maxRounds = 100;
const positionEveryMs = 5000;
/** While catching up, a few seconds hold hours of records: the preflight compares record times. */
const positionEveryRecordMs = 20_000;
const carefulFromStarts = 3;
const poisonFromTries = 3;

/**
 * Turns batches of command records into facts: decode, route, read, fold, write once, publish. The transport commits
 * when `handle` has come back; when it throws, nothing of the batch is committed and the same records come again.
 */
export class CommandEngine<T extends AggregateTypes> {
  private readonly intake: Intake;
  private readonly routing: Routing;
  private readonly lanes = new Map<number, Lane>();
  /** Partitions whose worker died again and again at the same offset; while there are any, records go one by one. */
  private readonly suspects = new Map<number, number>();
  private oneByOne: Promise<unknown> = Promise.resolve();
  private readonly reports: EngineReports;

  constructor(private readonly options: EngineOptions<T>) {
    const { type, validate, topics, signer, router, routes, partitions, reports } = options;
    this.reports = reports ?? {};
    this.intake = new Intake({
      service: type.service,
      validate,
      signer,
      onReplyAddressRefused: (reason) => this.reports.replyUndeliverable?.({ reason }),
    });
    this.routing = new Routing({
      router,
      routes,
      signer,
      partitions,
      commandTopic: topics.commands,
      retryTopics: topics.retry,
    });
  }

  /** Handles records of one partition of the command topic, in order. */
  async handle(records: readonly InputRecord[], context: BatchContext): Promise<void> {
    const first = records[0];
    if (!first) return;
    const startedMs = performance.now();
    const lane = await this.lane(first, context);
    if (this.suspects.size === 0) await this.run(records, lane, context);
    else await this.runOneByOne(records, lane, context);
    await this.savePosition(lane, records);
    const { topic, partition } = context;
    this.reports.batch?.({ topic, partition, records: records.length, ms: performance.now() - startedMs });
  }

  /** Handles due records of a retry topic: what is found is handed on, what is not waits again or is refused. */
  async handleRetries(records: readonly InputRecord[]): Promise<void> {
    const outbox = new Outbox(this.options.topics, this.reports);
    const incomings = this.takeAll(records, baseStream(this.options.clusterId, 'retry', 0, 0), outbox);
    const routed = await this.routing.route(incomings, 'retry');
    for (const { to, refusal } of routed.refusals) outbox.refuse(to, refusal);
    await this.options.publisher.publish([...routed.handOns.map(({ message }) => message), ...outbox.messages]);
    await this.options.publisher.reply(outbox.replies);
  }

  private async lane(first: InputRecord, context: BatchContext): Promise<Lane> {
    const { partition, session, topic } = context;
    const known = this.lanes.get(partition);
    if (known !== undefined && known.session === session) return known;
    const { clusterId, epoch, positions } = this.options;
    const stream = baseStream(clusterId, topic, epoch, partition);
    const starts = await positions.start(stream, first.offset);
    if (starts >= carefulFromStarts) this.suspects.set(partition, first.offset);
    const { handOnFrom } = await positions.load(stream);
    const lane: Lane = {
      session,
      stream,
      takenOverAt: first.offset,
      handOnFrom: handOnFrom ?? 0,
      saved: { atMs: performance.now(), recordMs: first.timestampMs },
    };
    this.lanes.set(partition, lane);
    return lane;
  }

  private async run(
    records: readonly InputRecord[],
    lane: Lane,
    context: BatchContext,
    poison?: number,
  ): Promise<void> {
    const outbox = new Outbox(this.options.topics, this.reports);
    const incomings = this.takeAll(records, lane.stream, outbox);
    const routed = await this.routing.route(incomings, 'command');
    // what lies below was handed on before a restore: its copies are in the log already
    const handOns = routed.handOns.filter(({ of }) => of.record.offset >= lane.handOnFrom);
    await this.options.publisher.publish(handOns.map(({ message }) => message));
    for (const { to, refusal } of routed.refusals) outbox.refuse(to, refusal);
    await this.foldAll(routed.toFold, lane, context, outbox, poison);
  }

  private takeAll(records: readonly InputRecord[], stream: string, outbox: Outbox): Incoming[] {
    const incomings: Incoming[] = [];
    for (const record of records) {
      const taken = this.intake.take(record, stream);
      if (taken.kind === 'command') incomings.push(taken.incoming);
      else if (taken.kind === 'invalid') outbox.refuse(taken.incoming, taken.refusal);
      else outbox.malformed(taken);
    }
    return incomings;
  }

  /** Rounds of read, fold, write, publish, until every message is folded. Usually there is one. */
  private async foldAll(
    toFold: readonly { target: { aggregateId: string }; incoming: Incoming }[],
    lane: Lane,
    context: BatchContext,
    outbox: Outbox,
    poison: number | undefined,
  ): Promise<void> {
    const jobs = jobsOf(toFold);
    let box = outbox;
    for (let round = 0; jobs.size > 0 || round === 0; round++) {
      if (round >= maxRounds) throw new Error(`an aggregate was overtaken ${maxRounds} times in one batch`);
      await this.read(jobs);
      const folded = [...jobs].map(([id, job]) => ({
        id,
        job,
        fold: foldAggregate(this.options.type, id, job.document, job.messages, {
          stream: lane.stream,
          session: lane.session,
          takenOverAt: lane.takenOverAt,
          taken: job.taken,
          outPublished: job.outPublished,
          ...(poison === undefined ? {} : { poison }),
          ...(this.options.without ? { without: this.options.without } : {}),
        }),
      }));
      await this.write(folded);
      for (const { id, job, fold } of folded) if (!job.stale) this.advance(jobs, id, job, fold, box);
      await this.options.publisher.publish(box.messages);
      await this.options.publisher.reply(box.replies);
      box = new Outbox(this.options.topics, this.reports);
      if (jobs.size > 0) await context.heartbeat();
    }
  }

  private async read(jobs: ReadonlyMap<string, Job>): Promise<void> {
    const { store, without } = this.options;
    const stale = [...jobs].filter(([, job]) => job.stale);
    if (stale.length === 0) return;
    const documents = await store.load(stale.map(([id]) => id));
    for (const [id, job] of stale) {
      job.document = documents.get(id) ?? null;
      job.stale = false;
      job.outPublished = false;
      if (job.wantedKeys.size === 0) continue;
      const wanted = [...job.wantedKeys];
      job.taken = without?.has('holder-read') ? new Set(wanted) : await store.heldByOthers(wanted, id);
    }
  }

  private async write(folded: readonly { job: Job; fold: Folded }[]): Promise<void> {
    const writing = folded.flatMap(({ job, fold: { write, expectedRev } }) =>
      write ? [{ job, write: { document: write, expectedRev } satisfies GuardedWrite }] : [],
    );
    if (writing.length === 0) return;
    const results = await this.options.store.write(writing.map(({ write }) => write));
    writing.forEach(({ job, write }, i) => {
      const result = results[i];
      if (result === 'written') return;
      job.stale = true;
      if (result === 'taken') for (const key of write.document.keys) job.wantedKeys.add(key);
    });
  }

  /** What holds is said; what is left of the messages goes into the next round. */
  private advance(jobs: Map<string, Job>, id: string, job: Job, fold: Folded, outbox: Outbox): void {
    outbox.facts((fold.write ?? job.document)?.out.key ?? id, fold.publish);
    for (const answer of fold.answers) outbox.answer(answer);
    job.messages = job.messages.slice(fold.consumed);
    if (job.messages.length === 0) jobs.delete(id);
    if (fold.write) job.document = fold.write;
    job.outPublished ||= fold.publish.length > 0 || fold.consumed === 0;
  }

  private async runOneByOne(records: readonly InputRecord[], lane: Lane, context: BatchContext): Promise<void> {
    for (const record of records) {
      const turn = this.oneByOne.then(async () => {
        const tries = await this.options.positions.trying(lane.stream, record.offset);
        await this.run([record], lane, context, tries > poisonFromTries ? record.offset : undefined);
      });
      this.oneByOne = turn.catch(() => undefined);
      await turn;
      await context.heartbeat();
    }
    this.suspects.delete(context.partition);
  }

  private async savePosition(lane: Lane, records: readonly InputRecord[]): Promise<void> {
    const last = records.at(-1);
    if (!last) return;
    const nowMs = performance.now();
    const young = nowMs - lane.saved.atMs < positionEveryMs;
    if (young && Math.abs(last.timestampMs - lane.saved.recordMs) < positionEveryRecordMs) return;
    lane.saved = { atMs: nowMs, recordMs: last.timestampMs };
    await this.options.positions.finish(lane.stream, {
      offset: last.offset + 1,
      fingerprint: fingerprintOf(last),
      timestampMs: last.timestampMs,
    });
  }
}

function jobsOf(toFold: readonly { target: { aggregateId: string }; incoming: Incoming }[]): Map<string, Job> {
  const jobs = new Map<string, Job & { messages: Incoming[] }>();
  for (const { target, incoming } of toFold) {
    const job = jobs.get(target.aggregateId);
    if (job) job.messages.push(incoming);
    else
      jobs.set(target.aggregateId, {
        messages: [incoming],
        document: null,
        stale: true,
        outPublished: false,
        wantedKeys: new Set(),
        taken: new Set(),
      });
  }
  return jobs;
}
