import { encodeEnvelope, type Origin, type Outcome } from '@waybill/messaging';
import { snapshotBytes } from '@waybill/contracts';
import { type AggregateTypes, type Decision, ignored, refused } from '@waybill/decider';
import type { AggregateType, CommandMessage } from './aggregate-type';
import { answerKey, type Incoming } from './incoming';
import {
  commandFactsBytes,
  idsKept,
  lateKept,
  type Out,
  outBytes,
  outSize,
  type SourcePosition,
  type StoredAggregate,
  type StoredOutcome,
} from './stored-aggregate';

/** What the fold of one aggregate must know beside its document and its messages. */
export interface FoldContext {
  /** Name of the physical input partition. */
  readonly stream: string;
  readonly session: string;
  /** Offset at which this session took the partition over. */
  readonly takenOverAt: number;
  /** Unique keys that another living document holds. */
  readonly taken: ReadonlySet<string>;
  /** `out` of the stored document was published by this batch already. */
  readonly outPublished: boolean;
  /** Offset of a record that killed the process again and again: it is treated as failed. */
  readonly poison?: number;
  /** Rules that a negative control takes out; empty outside of tests. */
  readonly without?: ReadonlySet<Rule>;
}

/** The rules of the design that a test can take out by name to see that its checker notices. */
export type Rule =
  | 'at'
  | 'origin-position'
  | 'origin-left-by-all'
  | 'exact-late'
  | 'ids'
  | 'out-on-redelivery'
  | 'quiet-copies'
  | 'old-out-in-front'
  | 'outcomes-kept'
  | 'failure-kept'
  | 'others-written'
  | 'cut-at-unique'
  | 'holder-read'
  | 'rev-guard'
  | 'publish-before-commit';

export interface Answer {
  readonly to: Incoming;
  readonly outcome: StoredOutcome;
}

export interface Folded {
  /** The document to write where `rev` still is `expectedRev` (0: it must not exist). */
  readonly write?: StoredAggregate;
  readonly expectedRev: number;
  /** Facts to publish once the write holds, or at once where there is none. */
  readonly publish: readonly Buffer[];
  readonly answers: readonly Answer[];
  /** How many of the messages were folded; the rest waits until this is written and published. */
  readonly consumed: number;
}

const duplicate: Decision<never> = ignored('duplicate');
const comparePositions = (a: SourcePosition, b: readonly [number, number]): number => a[1] - b[0] || a[2] - b[1];
const lateKey = (origin: Origin): string => `${origin.stream}@${origin.offset},${origin.item},${origin.n}`;
const idKey = (message: CommandMessage): string => `${message.source}\n${message.id}`;

/** Folds `messages` in order into one aggregate: skip what is done, decide, evolve. Pure but for a throwing decider, which it catches. */
export function foldAggregate<T extends AggregateTypes>(
  type: AggregateType<T>,
  id: string,
  old: StoredAggregate | null,
  messages: readonly Incoming[],
  context: FoldContext,
): Folded {
  return new Fold(type, id, old, context).run(messages);
}

class Fold<T extends AggregateTypes> {
  private state: T['state'] | null = null;
  private unmappable: unknown = null;
  private seq: number;
  private at: { stream: string; offset: number };
  private readonly src: Map<string, SourcePosition>;
  private late: readonly string[];
  private ids: readonly string[];
  private keys: readonly string[];
  private readonly facts: Buffer[] = [];
  private factKey: string;
  private factBytes = 0;
  private readonly outcomes: [string, StoredOutcome][] = [];
  private readonly answers: Answer[] = [];
  private mustWrite = false;
  private redelivered = false;
  private uniqueChanged = false;

  constructor(
    private readonly type: AggregateType<T>,
    private readonly id: string,
    private readonly old: StoredAggregate | null,
    private readonly context: FoldContext,
  ) {
    this.seq = old?.seq ?? 0;
    this.at = old && old.at.stream === context.stream ? { ...old.at } : { stream: context.stream, offset: -1 };
    this.src = new Map((old?.src ?? []).map((position) => [position[0], position]));
    this.late = old?.late ?? [];
    this.ids = old?.ids ?? [];
    this.keys = old?.keys ?? [];
    this.factKey = old?.out.key ?? id;
    try {
      this.state = old?.state ? type.fromDocument(old.state) : null;
    } catch (error) {
      this.unmappable = error;
    }
  }

  run(messages: readonly Incoming[]): Folded {
    let consumed = 0;
    for (const incoming of messages) {
      if (!this.foldOne(incoming)) break;
      consumed++;
    }
    return this.result(consumed);
  }

  /** False: what was folded so far must be written and published before this message. */
  private foldOne(incoming: Incoming): boolean {
    const { offset } = incoming.record;
    if (this.on('at') && this.old && this.old.at.stream === this.context.stream && offset <= this.old.at.offset) {
      this.repeat(incoming);
      return true;
    }
    const origin = incoming.handedOn?.origin;
    if (origin && this.isDone(origin)) {
      // a further copy: the record that made `out` is itself redelivered if it was not finished
      if (!this.on('quiet-copies')) this.redelivered = true;
      this.answers.push({ to: incoming, outcome: this.reply(duplicate) });
      return true;
    }
    const decided = this.decide(incoming);
    if (decided === 'cut') return false;
    const outcome = this.take(incoming, origin, decided);
    this.at = { stream: this.context.stream, offset: Math.max(this.at.offset, offset) };
    const isKept = outcome.outcome !== 'failed' || this.on('failure-kept');
    if (isKept) this.outcomes.push([answerKey(incoming.from), outcome]);
    this.answers.push({ to: incoming, outcome });
    return true;
  }

  /** A record at or below `at`: published and answered from `out`; where `out` no longer has it, it was answered before. */
  private repeat(incoming: Incoming): void {
    this.redelivered = true;
    const known = this.old?.out.outcomes.find(([key]) => key === answerKey(incoming.from));
    if (known && this.on('outcomes-kept')) this.answers.push({ to: incoming, outcome: known[1] });
  }

  private isDone(origin: Origin): boolean {
    if (!this.on('origin-position')) return false;
    if (origin.detour === 'late' && this.on('exact-late')) return this.late.includes(lateKey(origin));
    const seen = this.src.get(origin.stream);
    return seen !== undefined && comparePositions(seen, [origin.offset, origin.item]) >= 0;
  }

  private decide(incoming: Incoming): Decided<T> | 'cut' {
    const { message } = incoming;
    if (this.on('ids') && this.ids.includes(idKey(message))) return { decision: duplicate };
    try {
      if (this.unmappable) throw this.unmappable;
      if (this.context.poison === incoming.record.offset) throw new Error('the process died three times on this message');
      const decision = this.type.decider.decide(this.state, this.type.toCommand(message), {
        taken: this.context.taken,
      });
      if (decision.outcome !== 'accepted') return { decision };
      return this.accept(message, decision.events);
    } catch (error) {
      return { failure: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  private accept(message: CommandMessage, events: readonly T['event'][]): Decided<T> | 'cut' {
    let state = this.state;
    let bytes = 0;
    const facts: Buffer[] = [];
    const types: string[] = [];
    for (const event of events) {
      state = this.type.decider.evolve(state, event);
      const fact = this.type.fact(event, state);
      const encoded = this.encode(fact.type, fact.data, message, this.seq + facts.length + 1);
      facts.push(encoded);
      types.push(fact.type);
      bytes += encoded.length;
      const tooLarge =
        bytes > commandFactsBytes ||
        (encoded.length > snapshotBytes &&
          Buffer.byteLength(JSON.stringify(this.type.snapshot(state))) > snapshotBytes);
      if (tooLarge) return { decision: refused('snapshot_too_large', 'the aggregate would be larger than 400 KiB') };
    }
    const keys = this.type.uniqueKeys(state);
    const changesUnique = !sameKeys(keys, this.keys);
    if (changesUnique && this.uniqueChanged && this.on('cut-at-unique')) return 'cut';
    if (this.isFull(bytes)) return 'cut';
    return { decision: { outcome: 'accepted', events }, state, facts, bytes, types, keys, changesUnique };
  }

  /** The first command of a fold always fits, unless an old `out` stands in front that can be published before it. */
  private isFull(bytes: number): boolean {
    const front = this.frontOut();
    return (
      (this.facts.length > 0 || front.facts.length > 0) && outSize(front) + this.factBytes + bytes > outBytes
    );
  }

  private take(incoming: Incoming, origin: Origin | undefined, decided: Decided<T>): StoredOutcome {
    if ('failure' in decided) {
      if (this.on('failure-kept')) this.mustWrite = true;
      this.leavePosition(origin);
      return { outcome: 'failed', message: decided.failure.message, stack: decided.failure.stack ?? '' };
    }
    if ('facts' in decided) {
      this.state = decided.state;
      this.factKey = this.type.factKey(decided.state);
      const first = this.seq + 1;
      this.seq += decided.facts.length;
      this.facts.push(...decided.facts);
      this.factBytes += decided.bytes;
      this.keys = decided.keys;
      this.uniqueChanged ||= decided.changesUnique;
      this.ids = [...this.ids, idKey(incoming.message)].slice(-idsKept);
      this.leavePosition(origin);
      this.mustWrite = true;
      return this.reply(
        decided.decision,
        decided.types.map((type, i) => ({ type, sequence: first + i })),
      );
    }
    const { decision } = decided;
    const repeatable = decision.outcome === 'ignored' && decision.final;
    if (origin && !repeatable && this.on('origin-left-by-all')) {
      this.leavePosition(origin);
      this.mustWrite = true;
    }
    if (decision.outcome === 'refused' && decision.readsOthers && this.on('others-written')) this.mustWrite = true;
    return this.reply(decision);
  }

  private leavePosition(origin: Origin | undefined): void {
    if (!origin) return;
    if (origin.detour === 'late' && this.on('exact-late')) {
      this.late = [...this.late, lateKey(origin)].slice(-lateKept);
      return;
    }
    const seen = this.src.get(origin.stream);
    if (!seen || comparePositions(seen, [origin.offset, origin.item]) < 0)
      this.src.set(origin.stream, [origin.stream, origin.offset, origin.item]);
  }

  private reply(decision: Decision<unknown>, events: PublishedEvents = []): Outcome {
    const known = this.state !== null || this.seq > 0;
    const aggregate = known ? { aggregate_id: this.id, sequence: this.seq } : {};
    if (decision.outcome === 'accepted') return { outcome: 'accepted', ...aggregate, events };
    if (decision.outcome === 'ignored') return { outcome: 'ignored', reason: decision.reason, ...aggregate };
    const { key, message, errors } = decision;
    return { outcome: 'refused', key, message, errors, ...aggregate };
  }

  private encode(type: string, data: object, message: CommandMessage, sequence: number): Buffer {
    return Buffer.from(
      encodeEnvelope({
        id: `${this.id}/${sequence}`,
        type,
        source: this.type.service,
        subject: this.id,
        sequence,
        time: message.time,
        correlationid: message.correlationId ?? message.id,
        causationid: message.id,
        ...(message.traceparent === undefined ? {} : { traceparent: message.traceparent }),
        data,
      }),
    );
  }

  /** The stored `out` that must be said again before anything new of this document is. */
  private frontOut(): Out {
    const { old, context } = this;
    const nothing: Out = { key: this.factKey, facts: [], outcomes: [] };
    if (!old || context.outPublished || !this.on('old-out-in-front')) return nothing;
    // somebody else may have written it late, after this session had taken the partition over
    const foreign =
      old.by !== context.session && old.at.stream === context.stream && old.at.offset >= context.takenOverAt;
    return this.redelivered || foreign ? old.out : nothing;
  }

  private result(consumed: number): Folded {
    const { old, answers } = this;
    const expectedRev = old?.rev ?? 0;
    if (!this.mustWrite) {
      const again = this.redelivered && !this.context.outPublished && this.on('out-on-redelivery');
      const front = again || consumed === 0 ? (old?.out.facts ?? []) : [];
      return { expectedRev, publish: front, answers, consumed };
    }
    const front = this.frontOut();
    const out: Out = {
      key: this.factKey,
      facts: [...front.facts, ...this.facts],
      outcomes: [...front.outcomes, ...this.outcomes],
    };
    const write: StoredAggregate = {
      id: this.id,
      version: this.type.version,
      rev: expectedRev + 1,
      seq: this.seq,
      at: this.at,
      src: [...this.src.values()],
      late: this.late,
      ids: this.ids,
      out,
      by: this.context.session,
      keys: this.keys,
      state: this.unmappable ? (old?.state ?? null) : this.state === null ? null : this.type.toDocument(this.state),
    };
    return { write, expectedRev, publish: out.facts, answers, consumed };
  }

  private on(rule: Rule): boolean {
    return !this.context.without?.has(rule);
  }
}

type Decided<T extends AggregateTypes> =
  | { readonly failure: Error }
  | { readonly decision: Decision<T['event']> }
  | {
      readonly decision: Decision<T['event']>;
      readonly state: T['state'];
      readonly facts: readonly Buffer[];
      readonly bytes: number;
      readonly types: readonly string[];
      readonly keys: readonly string[];
      readonly changesUnique: boolean;
    };

type PublishedEvents = readonly { readonly type: string; readonly sequence: number }[];

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key) => b.includes(key));
