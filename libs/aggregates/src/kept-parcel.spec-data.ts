import { refused } from '@waybill/decider';
import {
  encodeEnvelope,
  type InputRecord,
  OriginSigner,
  readDeadLetter,
  type StoredDeadLetter,
} from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { Route } from './command-router';
import { detour, HandOn, type ResolvedTarget } from './hand-on';
import type { Incoming } from './incoming';
import { Keeping } from './keeping';
import { KeptSweep } from './kept-sweep';
import type { KeptCommand } from './kept-store';
import { MemoryKeptStore } from './memory-kept-store';
import type { Rule } from './rules';
import { MemoryLog } from './simulated/memory-log';

export const place = 'demo-shop/00340000000000010011';
export const target = { aggregateId: 'parcel-1', key: 'order-1' };
export const attachedAt = '2026-01-15T11:00:00.000Z';
/** Of every scan. */
export const saidAt = '2026-01-12T18:41:00.000Z';

/** A scan and a parcel that takes its number, with hands on every step between them. */
export class Parcel {
  readonly store = new MemoryKeptStore();
  readonly log = new MemoryLog(1);
  kind: string | null | undefined = undefined;
  nowMs = 0;
  private readonly signer = new OriginSigner('a-key-for-the-parcel-0123456789abcdef');
  private readonly handOn = new HandOn({
    signer: this.signer,
    commandTopic: 'commands',
    retryTopics: [],
    partitions: 1,
  });
  readonly keeping: Keeping;
  readonly sweep: KeptSweep;
  /** What each sweep has found. */
  readonly found: { commands: number; oldestMs: number }[] = [];

  constructor(without: readonly Rule[] = []) {
    this.store.exact = !without.includes('this-keeping');
    const resolve = (messages: readonly CommandMessage[]) =>
      Promise.resolve(messages.map(() => this.taker()));
    const [store, publisher, now] = [this.store, this.log, () => this.nowMs];
    this.keeping = new Keeping({
      store,
      handOn: this.handOn,
      publisher,
      resolve,
      now,
      without: new Set(without),
    });
    this.sweep = new KeptSweep({
      store,
      keeping: this.keeping,
      router: {
        route,
        resolve,
        missing: () => refused('tracking_number_not_found', 'nobody has this number'),
      },
      publisher,
      deadLetters: 'dead-letters',
      keepForMs: 1000,
      now,
      reports: { kept: (found) => void this.found.push(found) },
    });
  }

  /** Writes the parcel; `follow` is what comes after the write is published. */
  attach(kind: string | null | undefined): void {
    this.kind = kind;
  }

  follow(): Promise<void> {
    const { kind } = this;
    return kind === undefined
      ? Promise.resolve()
      : this.keeping.follow([{ place, kind, target: { ...target, attachedAt } }]);
  }

  /** `n`: how often an operator had sent the scan back; `isBack`: it was sent on, but the taker was a wrong one. */
  keep(id: string, { kind = 'dhl', order = id, n = 0, isBack = false } = {}) {
    const keep = { identity: `${place}/${id}`, place, kind, order };
    const scan = this.scan(id);
    const origin = { ...detour(scan.from, 'late'), n };
    const handedOn = { origin, time: saidAt, ...(isBack ? { kept: true as const } : {}) };
    const incoming = n > 0 || isBack ? { ...scan, handedOn } : scan;
    return this.keeping.keep([{ incoming, keep }]);
  }

  /** As it lies in the store now. */
  kept(id: string): KeptCommand {
    const kept = this.store.kept.get(`${place}/${id}`);
    if (!kept) throw new Error(`${id} is not kept`);
    return { ...kept };
  }

  /** Its record cannot be read any more, or the code that finds its taker has a bug. */
  breakRecord(id: string, how: 'unreadable' | 'strange'): void {
    const kept = this.kept(id);
    const text = String(kept.record.value);
    const value = Buffer.from(
      how === 'unreadable' ? '{' : text.replace('"data":{}', '"data":{"strange":true}'),
    );
    this.store.kept.set(kept.identity, { ...kept, record: { ...kept.record, value } });
  }

  letters(): StoredDeadLetter[] {
    return this.log.all('dead-letters').map(readDeadLetter);
  }

  arrived(): string[] {
    return this.log.all('commands').map(({ value }) => (JSON.parse(String(value)) as { id: string }).id);
  }

  private taker(): ResolvedTarget | null {
    return this.kind === undefined ? null : { ...target, attachedAt, kind: this.kind };
  }

  private scan(id: string): Incoming {
    const message: CommandMessage = {
      type: 'shipments.record-scan.v1',
      id,
      source: 'feed',
      time: saidAt,
      data: {},
    };
    const record: InputRecord = {
      topic: 'commands',
      partition: 0,
      offset: Number(id.slice(1)),
      timestampMs: 0,
      key: Buffer.from('any'),
      value: Buffer.from(encodeEnvelope(message)),
      headers: { kafka_replyTopic: Buffer.from('feed.reply'), kafka_correlationId: Buffer.from(id) },
    };
    return {
      record,
      message,
      from: { stream: 'cluster/commands@1/0', offset: record.offset, item: 0, redrives: 0 },
    };
  }
}

/** A router that cannot deal with a scan that is marked as strange. */
const route = ({ data }: CommandMessage): Route => {
  if (data.strange) throw new Error('a bug');
  return { to: 'reference' };
};
