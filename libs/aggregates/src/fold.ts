import { snapshotBytes, topicMessageBytes } from '@waybill/contracts';
import { type AggregateTypes, type Ignored, ignored, type Refused, refused } from '@waybill/decider';
import { encodeEnvelope, type Origin, type Outcome } from '@waybill/messaging';
import type { AggregateType, CommandMessage, Place } from './aggregate-type';
import { answerKey, copyKey, type Incoming } from './incoming';
import { InputPositions } from './input-positions';
import type { Waiting } from './kept-store';
import { parkedOutcome, ParkingLine, type Standing } from './parking';
import { nothingOut, type Rule, type Without } from './rules';
import { stateOf, writtenVersion } from './state-versions';
import {
  commandFactsBytes,
  failedBy,
  keptOutcome,
  type Out,
  outBytes,
  outSize,
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
  /** Records below this offset were handled before the database was restored from a backup. */
  readonly replayedBelow?: number;
  /** Unique keys that another living document holds. */
  readonly taken: ReadonlySet<string>;
  /** `out` of the stored document was published by this batch already. */
  readonly outPublished: boolean;
  /** An owner of the past may still write what it made of these records. */
  readonly isContested?: boolean;
  /** Offset of a record that killed the process again and again: it is treated as failed. */
  readonly poison?: number;
  /** What comes after a command that failed waits for it. */
  readonly parks?: boolean;
  readonly without?: Without;
}

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
  /** Places that commands may be kept for, and that were taken by this or by what is repeated. */
  readonly places: readonly Place[];
  /** Commands that were meant for somebody else: they are kept again before anything is written. */
  readonly misdirected: readonly { readonly incoming: Incoming; readonly keep: Waiting }[];
}

const duplicate = ignored('duplicate');
const givenUp = refused('internal_error', 'it failed, and an operator gave it up');

/** Folds `messages` in order into one aggregate: skip what is done, decide, evolve. It has no effect but its result. */
export function foldAggregate<T extends AggregateTypes>(
  type: AggregateType<T>,
  id: string,
  old: StoredAggregate | null,
  messages: readonly Incoming[],
  context: FoldContext,
): Folded {
  const fold = new Fold(type, id, old, context);
  const end = messages.findIndex((incoming) => !fold.take(incoming));
  return fold.result(end < 0 ? messages.length : end);
}

/** What an accepted command makes of the aggregate. */
interface Change<T extends AggregateTypes> {
  readonly state: T['state'];
  readonly facts: readonly Buffer[];
  readonly events: readonly { readonly type: string; readonly sequence: number }[];
  readonly keys: readonly string[];
  readonly changesKeys: boolean;
}

type Verdict<T extends AggregateTypes> =
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'parked' }
  | { readonly kind: 'decided'; readonly decision: Ignored | Refused }
  | { readonly kind: 'misdirected'; readonly keep: Waiting }
  | { readonly kind: 'accepted'; readonly change: Change<T> };

class Fold<T extends AggregateTypes> {
  private state: T['state'] | null = null;
  private unmappable: unknown = null;
  private readonly positions: InputPositions;
  private readonly line: ParkingLine;
  private seq: number;
  private keys: readonly string[];
  private factKey: string;
  private readonly facts: Buffer[] = [];
  private readonly outcomes: [string, StoredOutcome][] = [];
  /** Keys of outcomes that may be kept already. */
  private readonly answered: Set<string>;
  private readonly answers: Answer[] = [];
  private mustWrite = false;
  private redelivered = false;
  private keysChanged = false;
  private placesChanged = false;
  private readonly misdirected: { incoming: Incoming; keep: Waiting }[] = [];

  constructor(
    private readonly type: AggregateType<T>,
    private readonly id: string,
    private readonly old: StoredAggregate | null,
    private readonly context: FoldContext,
  ) {
    const without = context.without ?? nothingOut;
    this.positions = new InputPositions(old, context.stream, without);
    this.line = new ParkingLine(old, id, context.parks ?? false, without);
    this.seq = old?.seq ?? 0;
    this.keys = old?.keys ?? [];
    this.factKey = old?.out.key ?? id;
    this.answered = new Set(old?.out.outcomes.map(([key]) => key));
    try {
      this.state = old && stateOf(type, { _id: id, v: old.version, state: old.state });
    } catch (error) {
      this.unmappable = error;
    }
  }

  /** False: what was folded so far must be written and published before this message. */
  take(incoming: Incoming): boolean {
    const { offset } = incoming.record;
    if (this.positions.isRedelivered(offset)) {
      this.repeat(incoming);
      return true;
    }
    const standing = this.standingOf(incoming);
    // the number of one that comes back to its line is its position
    const isNumbered = standing !== 'free' && standing !== 'behind';
    const origin = incoming.handedOn?.origin;
    if (standing === 'done' || (origin && !isNumbered && this.positions.isDone(origin))) {
      // a further copy says nothing more: the record that made `out` is itself redelivered if it was not finished
      if (!this.on('quiet-copies')) this.redelivered = true;
      const outcome = this.ofFurtherCopy(origin);
      // of one that was kept nobody else is told anything, and what is written with it is past it
      if (this.on('copies-answered')) this.keep(incoming, outcome);
      this.answers.push({ to: incoming, outcome });
      return true;
    }
    const verdict = this.decide(incoming, standing);
    if (verdict === 'cut') return false;
    this.positions.folded(offset);
    if (standing === 'turn' && verdict.kind !== 'failed') {
      this.line.advance();
      this.mustWrite = true;
    }
    if (verdict.kind === 'misdirected') {
      // no position is left and nothing answered: it goes on to somebody else
      this.misdirected.push({ incoming, keep: verdict.keep });
      this.leaveNoGap();
      return true;
    }
    const outcome = this.apply(incoming, origin, standing, verdict);
    const isKept = outcome.outcome !== 'failed' || this.on('failure-kept');
    if (isKept) this.keep(incoming, outcome);
    this.answers.push({ to: incoming, outcome });
    return true;
  }

  /**
   * A line that a restore has taken away begins again when its first fails again. Where it did not, all that stood in it was
   * decided this time when it came, and what an operator sent back then has nothing to do.
   */
  private standingOf(incoming: Incoming): Standing {
    const standing = this.line.standingOf(incoming);
    const isReplayed = incoming.record.offset < (this.context.replayedBelow ?? 0);
    const isOfLine = standing !== 'free' && standing !== 'behind';
    return isReplayed && incoming.handedOn?.parked && !isOfLine ? 'done' : standing;
  }

  /** A record that is done is answered from `out`; where `out` no longer has it, it was answered before. */
  private repeat(incoming: Incoming): void {
    this.redelivered = true;
    const toldTo = (wanted: string) => this.old?.out.outcomes.find(([key]) => key === wanted);
    const known = toldTo(copyKey(incoming)) ?? toldTo(answerKey(incoming.from));
    if (known && this.on('outcomes-kept')) this.answers.push({ to: incoming, outcome: known[1] });
  }

  /**
   * The first copy may have been kept, and the process have died before anybody was told so. Of one that an operator sent
   * back they were told before.
   */
  private ofFurtherCopy(origin: Origin | undefined): StoredOutcome {
    const wasKept = origin?.n === 0 && this.positions.wasKept(origin);
    return wasKept && this.on('kept-told') ? keptOutcome : this.reply(duplicate);
  }

  /** Under the place that it came from first; what another copy of it was told must not be said of this one. */
  private keep(incoming: Incoming, outcome: StoredOutcome): void {
    const key = answerKey(incoming.from);
    const isFurther = incoming.handedOn !== undefined && this.answered.has(key);
    this.answered.add(key);
    this.outcomes.push([isFurther ? copyKey(incoming) : key, outcome]);
  }

  private decide(incoming: Incoming, standing: Standing): Verdict<T> | 'cut' {
    const { message, record, copy, handedOn, refusal } = incoming;
    if (standing === 'waits') return { kind: 'parked' };
    if (this.positions.hasApplied(message)) return { kind: 'decided', decision: duplicate };
    // also where a release without lines has lost the one that it stood in
    if (handedOn?.parked?.givenUp) return { kind: 'decided', decision: givenUp };
    if (standing === 'behind') return { kind: 'parked' };
    if (refusal) return { kind: 'decided', decision: refusal };
    try {
      if (this.unmappable) throw this.unmappable;
      if (this.context.poison === record.offset)
        throw new Error('the process died again and again while it worked on this message');
      const command = this.type.toCommand(message, copy);
      const keep = this.state === null ? undefined : this.type.misdirected?.(this.state, command);
      if (keep) return { kind: 'misdirected', keep };
      const decision = this.type.decider.decide(this.state, command, { taken: this.context.taken });
      return decision.outcome === 'accepted'
        ? this.change(message, decision.events)
        : { kind: 'decided', decision };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  private change(message: CommandMessage, changes: readonly T['event'][]): Verdict<T> | 'cut' {
    let state = this.state;
    let bytes = 0;
    const facts: Buffer[] = [];
    const events: { type: string; sequence: number }[] = [];
    for (const event of changes) {
      state = this.type.decider.evolve(state, event);
      const fact = this.type.fact(event, state);
      const sequence = this.seq + facts.length + 1;
      const encoded = this.encode(fact.type, fact.data, message, sequence);
      facts.push(encoded);
      events.push({ type: fact.type, sequence });
      bytes += encoded.length;
      if (bytes > commandFactsBytes || this.isTooLarge(state, encoded))
        return {
          kind: 'decided',
          decision: refused('snapshot_too_large', 'the aggregate would be larger than 400 KiB'),
        };
    }
    const keys = this.type.uniqueKeys(state);
    const changesKeys = keys.length !== this.keys.length || keys.some((key) => !this.keys.includes(key));
    // the unique index sees what is written, so nothing may come and go between two writes
    if (changesKeys && this.keysChanged && this.on('cut-at-unique')) return 'cut';
    if (this.isFull(bytes)) return 'cut';
    return { kind: 'accepted', change: { state, facts, events, keys, changesKeys } };
  }

  private isTooLarge(state: T['state'], fact: Buffer): boolean {
    // a fact holds the snapshot, so a small one needs no second look
    if (fact.length <= snapshotBytes) return false;
    // what changed is no more than there is; a fact that no topic takes would hold up its partition for good
    if (fact.length > topicMessageBytes / 2) return true;
    return Buffer.byteLength(JSON.stringify(this.type.snapshot(state))) > snapshotBytes;
  }

  /** The first change of a fold always fits, unless an old `out` stands in front, which can be published before it. */
  private isFull(bytes: number): boolean {
    const before = outSize(this.frontOut()) + this.facts.reduce((sum, fact) => sum + fact.length, 0);
    return before > 0 && before + bytes > outBytes;
  }

  private apply(
    incoming: Incoming,
    origin: Origin | undefined,
    standing: Standing,
    verdict: Exclude<Verdict<T>, { kind: 'misdirected' }>,
  ): StoredOutcome {
    const isKept = incoming.handedOn?.kept === true;
    switch (verdict.kind) {
      case 'failed': {
        const parked = this.line.failed(incoming, standing);
        if (parked || this.on('failure-kept')) this.mustWrite = true;
        if (origin) this.positions.leave(origin, isKept);
        return { ...failedBy(verdict.error), ...(parked ? { parked } : {}) };
      }
      case 'parked': {
        // one that keeps its place changes nothing: it is put back again with the same result
        if (standing === 'waits') this.leaveNoGap();
        else {
          this.mustWrite = true;
          if (origin) this.positions.leave(origin, isKept);
        }
        return parkedOutcome(this.line.undecided(incoming, standing));
      }
      case 'accepted': {
        const { state, facts, events, keys, changesKeys } = verdict.change;
        this.placesChanged ||= !samePlaces(this.placesOf(this.state), this.placesOf(state));
        this.state = state;
        this.seq += facts.length;
        this.facts.push(...facts);
        this.factKey = this.type.factKey(state);
        this.keys = keys;
        this.keysChanged ||= changesKeys;
        this.positions.applied(incoming.message);
        if (origin) this.positions.leave(origin, isKept);
        this.mustWrite = true;
        return { outcome: 'accepted', ...this.place(), events };
      }
      case 'decided': {
        const { decision } = verdict;
        const isFinal = decision.outcome === 'ignored' && decision.final;
        if (origin && !isFinal && this.on('origin-left-by-all')) {
          this.positions.leave(origin, isKept);
          this.mustWrite = true;
        }
        if (decision.outcome === 'refused' && decision.readsOthers && this.on('others-written'))
          this.mustWrite = true;
        this.leaveNoGap();
        return this.reply(decision);
      }
    }
  }

  /**
   * What changes nothing need not be written, unless an owner of the past, with other code, may have accepted it: its
   * write, still under way, must not find the `rev` that it has read.
   */
  private leaveNoGap(): void {
    if (this.context.isContested && this.on('contested-written')) this.mustWrite = true;
  }

  private reply(decision: Ignored | Refused): Outcome {
    if (decision.outcome === 'ignored')
      return { outcome: 'ignored', reason: decision.reason, ...this.place() };
    const { key, message, errors } = decision;
    return { outcome: 'refused', key, message, errors, ...this.place() };
  }

  private place(): { aggregate_id?: string; sequence?: number } {
    return this.seq > 0 ? { aggregate_id: this.id, sequence: this.seq } : {};
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
    // an old owner may have written it late, after this session had taken the partition over
    const isForeign =
      this.on('foreign-out') &&
      old.by !== context.session &&
      old.at.stream === context.stream &&
      old.at.offset >= context.takenOverAt;
    return this.redelivered || isForeign ? old.out : nothing;
  }

  result(consumed: number): Folded {
    const { old, answers, misdirected } = this;
    const expectedRev = old?.rev ?? 0;
    const places = this.placesChanged || this.redelivered ? this.placesOf(this.state) : [];
    const rest = { answers, consumed, places, misdirected };
    if (!this.mustWrite) {
      const isDue = this.redelivered && !this.context.outPublished && this.on('out-on-redelivery');
      const publish = isDue || consumed === 0 ? (old?.out.facts ?? []) : [];
      return { expectedRev, publish, ...rest };
    }
    const front = this.frontOut();
    const out: Out = {
      key: this.factKey,
      facts: [...front.facts, ...this.facts],
      outcomes: [...front.outcomes, ...this.outcomes],
    };
    const had = this.old?.version ?? 1;
    const version = this.unmappable ? had : writtenVersion(this.type, had);
    const write: StoredAggregate = {
      id: this.id,
      version,
      rev: expectedRev + 1,
      seq: this.seq,
      ...this.positions.stored,
      ...this.line.stored,
      out,
      by: this.context.session,
      keys: this.keys,
      state: this.stateDocument(version),
    };
    return { write, expectedRev, publish: out.facts, ...rest };
  }

  private placesOf(state: T['state'] | null): readonly Place[] {
    return state === null ? [] : (this.type.places?.(state) ?? []);
  }

  private stateDocument(version: number): Record<string, unknown> | null {
    if (this.unmappable) return this.old?.state ?? null;
    return this.state === null ? null : this.type.toDocument(this.state, version);
  }

  private on(rule: Rule): boolean {
    return !this.context.without?.has(rule);
  }
}

const samePlaces = (a: readonly Place[], b: readonly Place[]): boolean =>
  a.length === b.length && a.every(({ place, kind }, i) => place === b[i]?.place && kind === b[i]?.kind);
