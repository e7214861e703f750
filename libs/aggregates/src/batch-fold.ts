import type { AggregateTypes } from '@waybill/decider';
import type { BatchContext, Target } from '@waybill/messaging';
import type { AggregateStore } from './aggregate-store';
import type { AggregateType } from './aggregate-type';
import { failpoint } from './failpoint';
import { foldAggregate, type FoldContext, type Folded } from './fold';
import { answerKey, type Incoming } from './incoming';
import type { Kept, Keeping } from './keeping';
import type { Outbox } from './outbox';
import type { Without } from './rules';
import type { Out, StoredAggregate, StoredOutcome } from './stored-aggregate';

/** One aggregate on its way through a batch. */
interface Job {
  readonly id: string;
  readonly target: Target;
  messages: readonly Incoming[];
  document: StoredAggregate | null;
  /** The document must be read (again). */
  isStale: boolean;
  outPublished: boolean;
  readonly wantedKeys: Set<string>;
  taken: ReadonlySet<string>;
}

export interface BatchFoldOptions<T extends AggregateTypes> {
  readonly type: AggregateType<T>;
  readonly store: AggregateStore;
  readonly without: Without;
  readonly context: Pick<
    FoldContext,
    'stream' | 'session' | 'takenOverAt' | 'replayedBelow' | 'isContested' | 'poison' | 'parks'
  >;
  /** Says what a round has to say; comes back when it is acknowledged. */
  readonly flush: (outbox: Outbox) => Promise<void>;
  readonly newOutbox: () => Outbox;
  readonly keeping?: Keeping;
  /** What is said of a command that was kept again. */
  readonly keptAgain?: (kept: Kept) => StoredOutcome | null;
}

const maxOvertaken = 100;

/** Steps 3 to 6 of the engine. Rounds of read, fold, write, publish, until every message is folded; usually there is one. */
export class BatchFold<T extends AggregateTypes> {
  private readonly jobs: Map<string, Job>;

  constructor(
    private readonly options: BatchFoldOptions<T>,
    toFold: readonly { readonly target: Target; readonly incoming: Incoming }[],
  ) {
    const groups = Map.groupBy(toFold, ({ target }) => target.aggregateId);
    this.jobs = new Map([...groups].map(([id, group]) => [id, newJob(group)]));
  }

  /** `first` already holds what routing has to say; it goes out with the first round, after that round's write. */
  async run(first: Outbox, batch: Pick<BatchContext, 'heartbeat'>): Promise<void> {
    let outbox = first;
    for (let overtaken = 0; ;) {
      if (overtaken === maxOvertaken)
        throw new Error(`an aggregate was overtaken ${overtaken} times in a row`);
      await this.read();
      const folded = [...this.jobs.values()].map((job) => ({ job, fold: this.fold(job) }));
      // before the write: once a position is past them, nobody looks at them again
      const kept = await this.options.keeping?.keep(
        folded.flatMap(({ fold: { misdirected } }) => misdirected),
      );
      const keptOf = new Map(kept?.map((one) => [one.incoming, one]));
      const told = folded.map(({ job, fold }) => ({ job, fold: this.withKept(fold, keptOf) }));
      await this.write(told);
      const done = told.filter(({ job }) => !job.isStale);
      for (const { job, fold } of done) {
        this.advance(job, fold, outbox);
        for (const { incoming } of fold.misdirected) this.answerKept(keptOf.get(incoming), outbox);
      }
      await this.options.flush(outbox);
      failpoint('after-publish');
      await this.options.keeping?.follow(
        done.flatMap(({ job: { target }, fold: { places } }) =>
          places.map(({ place, kind, attachedAt }) => ({ place, kind, target: { ...target, attachedAt } })),
        ),
      );
      if (this.jobs.size === 0) return;
      // what is cut into many rounds gets on with each of them
      overtaken = done.length > 0 ? 0 : overtaken + 1;
      await batch.heartbeat();
      outbox = this.options.newOutbox();
    }
  }

  private fold(job: Job): Folded {
    const { type, context, without } = this.options;
    const { taken, outPublished } = job;
    return foldAggregate(type, job.id, job.document, job.messages, {
      ...context,
      taken,
      outPublished,
      without,
    });
  }

  private async read(): Promise<void> {
    const { store, without } = this.options;
    const stale = [...this.jobs.values()].filter(({ isStale }) => isStale);
    if (stale.length === 0) return;
    const documents = await store.load(stale.map(({ id }) => id));
    for (const job of stale) {
      job.document = documents.get(job.id) ?? null;
      job.isStale = false;
      job.outPublished = false;
      if (job.wantedKeys.size === 0) continue;
      // only another document that still has the value counts: its holder may just have let it go
      const wanted = [...job.wantedKeys];
      job.taken = without.has('holder-read') ? new Set(wanted) : await store.heldByOthers(wanted, job.id);
    }
  }

  private async write(folded: readonly { job: Job; fold: Folded }[]): Promise<void> {
    const writing = folded.flatMap(({ job, fold: { write, expectedRev } }) =>
      write ? [{ job, document: write, expectedRev }] : [],
    );
    if (writing.length === 0) return;
    failpoint('before-write');
    const results = await this.options.store.write(writing);
    failpoint('after-write');
    writing.forEach(({ job, document }, i) => {
      const result = results[i];
      if (result === 'written') return;
      job.isStale = true;
      if (result === 'taken') for (const key of document.keys) job.wantedKeys.add(key);
    });
  }

  /** What is said of those that were kept again is written with the rest: after a crash nobody would say it any more. */
  private withKept(fold: Folded, keptOf: ReadonlyMap<Incoming, Kept>): Folded {
    const { write, misdirected } = fold;
    if (!write || misdirected.length === 0) return fold;
    const outcomes = misdirected.flatMap(({ incoming }): Out['outcomes'] => {
      const kept = keptOf.get(incoming);
      const outcome = kept && this.options.keptAgain?.(kept);
      return outcome ? [[answerKey(incoming.from), outcome]] : [];
    });
    return {
      ...fold,
      write: { ...write, out: { ...write.out, outcomes: [...write.out.outcomes, ...outcomes] } },
    };
  }

  private answerKept(kept: Kept | undefined, outbox: Outbox): void {
    const outcome = kept && this.options.keptAgain?.(kept);
    if (kept && outcome) outbox.answer({ to: kept.incoming, outcome });
  }

  /** What holds is said; what is left of the messages goes into the next round. */
  private advance(job: Job, fold: Folded, outbox: Outbox): void {
    outbox.facts((fold.write ?? job.document)?.out.key ?? job.id, fold.publish);
    for (const answer of fold.answers) outbox.answer(answer);
    job.messages = job.messages.slice(fold.consumed);
    if (job.messages.length === 0) this.jobs.delete(job.id);
    if (fold.write) job.document = fold.write;
    // whoever held them then may have let them go: the next write tells
    job.taken = new Set();
    job.outPublished ||= fold.publish.length > 0 || fold.consumed === 0;
  }
}

function newJob(group: readonly { readonly target: Target; readonly incoming: Incoming }[]): Job {
  const [first] = group;
  if (!first) throw new Error('a group has a first member');
  return {
    id: first.target.aggregateId,
    target: first.target,
    messages: group.map(({ incoming }) => incoming),
    document: null,
    isStale: true,
    outPublished: false,
    wantedKeys: new Set(),
    taken: new Set(),
  };
}
