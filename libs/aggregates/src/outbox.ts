import type { Refused } from '@waybill/decider';
import {
  type DeadLetter,
  deadLetterMessage,
  type EngineReports,
  type InputRecord,
  type OutgoingMessage,
  replyMessage,
} from '@waybill/messaging';
import type { Answer } from './fold';
import type { CommandOrigin, Incoming } from './incoming';
import { deadLetterOf, type Taken } from './intake';
import { partitionOfKey } from './partition-of-key';
import { failedBy, type StoredOutcome } from './stored-aggregate';

/** Collects what a batch has to say, in order: facts and dead letters in one request, replies in another. */
export class Outbox {
  readonly messages: OutgoingMessage[] = [];
  readonly replies: OutgoingMessage[] = [];

  constructor(
    private readonly topics: { readonly events: string; readonly deadLetters: string },
    private readonly partitions: number,
    private readonly reports: EngineReports,
  ) {}

  facts(key: string, facts: readonly Buffer[]): void {
    // said here: a client that does not know all partitions yet would take the key to another one, and tear the order apart
    const partition = partitionOfKey(key, this.partitions);
    for (const value of facts)
      this.messages.push({ topic: this.topics.events, partition, key, value, headers: factHeaders });
  }

  answer({ to, outcome }: Answer): void {
    const { type } = to.message;
    const key =
      outcome.outcome === 'refused'
        ? outcome.key
        : outcome.outcome === 'ignored'
          ? outcome.reason
          : outcome.outcome === 'failed' && outcome.waits
            ? 'parked'
            : undefined;
    this.reports.outcome?.({
      type,
      outcome: outcome.outcome,
      ...(key === undefined ? {} : { key }),
      ...('aggregate_id' in outcome ? { aggregateId: outcome.aggregate_id } : {}),
      of: to,
    });
    if (outcome.outcome === 'failed')
      this.keep(
        deadLetterOf(to.record, to.from, 'failed', 'internal_error', outcome.message, [], {
          ...(outcome.waits ? {} : { stack: outcome.stack }),
          ...(outcome.parked ? { parked: outcome.parked } : {}),
          ...itemsOf(to),
        }),
        to,
      );
    else if (to.reply) this.replies.push(replyMessage(to.reply, outcome, to.item));
    else if (outcome.outcome === 'refused' && !to.handedOn?.parked?.givenUp) this.keepRefused(to, outcome);
  }

  refuse(to: Incoming, refusal: Refused): void {
    const { key, message, errors } = refusal;
    this.answer({ to, outcome: { outcome: 'refused', key, message, errors } });
  }

  malformed(taken: Extract<Taken, { kind: 'malformed' }>): void {
    this.keep(taken.deadLetter);
  }

  /** A bug of ours: the record is kept as it is. */
  failed(record: InputRecord, from: CommandOrigin, error: unknown): void {
    const { message, stack } = failedBy(error);
    this.keep(deadLetterOf(record, from, 'failed', 'internal_error', message, [], { stack }));
  }

  private keepRefused(to: Incoming, outcome: StoredOutcome & { outcome: 'refused' }): void {
    const { key, message, errors } = outcome;
    this.keep(
      deadLetterOf(to.record, to.from, 'refused', key ?? '', message ?? '', errors ?? [], itemsOf(to)),
      to,
    );
  }

  private keep(letter: DeadLetter, of?: Incoming): void {
    const { kind, key } = letter;
    this.reports.deadLetter?.({ kind, key, letter, ...(of ? { of } : {}) });
    this.messages.push(deadLetterMessage(this.topics.deadLetters, letter));
  }
}

const itemsOf = ({ item }: Incoming): { items?: number } => (item ? { items: item.items } : {});

const factHeaders = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
