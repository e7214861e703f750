import { type Origin, rekeyedStream } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { Without } from './rules';
import { idsKept, lateKept, type SourcePosition, type StoredAggregate } from './stored-aggregate';

const lateKey = (origin: Origin): string => `${origin.stream}@${origin.offset},${origin.item},${origin.n}`;
const keptKey = (origin: Origin): string => `${lateKey(origin)},kept`;
const idKey = (message: CommandMessage): string => `${message.source}\n${message.id}`;

/** What an aggregate remembers of its inputs, and so which of them are done. It goes along with a fold. */
export class InputPositions {
  private offset: number;
  private readonly src: Map<string, SourcePosition>;
  private late: readonly string[];
  private ids: readonly string[];
  private readonly foldedBefore: number;

  constructor(
    old: StoredAggregate | null,
    private readonly stream: string,
    private readonly without: Without,
  ) {
    // an `at` of another stream counts as nothing folded: the topic was recreated, or the cluster is another one
    this.foldedBefore = old?.at.stream === stream ? old.at.offset : -1;
    this.offset = this.foldedBefore;
    this.src = new Map(old?.src.map((position) => [position[0], position]));
    this.late = old?.late ?? [];
    this.ids = old?.ids ?? [];
  }

  /** The record was folded before the document was written, whatever came of it. */
  isRedelivered(offset: number): boolean {
    return !this.without.has('at') && offset <= this.foldedBefore;
  }

  /** A message with this origin was seen: the record is a further copy of it. */
  isDone(origin: Origin): boolean {
    if (this.without.has('origin-position')) return false;
    if (!this.isExact(origin)) return this.isPast(origin);
    return this.late.includes(lateKey(origin)) || this.wasKept(origin);
  }

  /** The copy that was seen came out of keeping. */
  wasKept(origin: Origin): boolean {
    return this.isExact(origin) && this.late.includes(keptKey(origin));
  }

  leave(origin: Origin, isKept = false): void {
    const key = isKept ? keptKey(origin) : lateKey(origin);
    if (this.isExact(origin)) this.late = [...this.late, key].slice(-lateKept);
    else if (!this.isPast(origin)) this.src.set(origin.stream, [origin.stream, origin.offset, origin.item]);
  }

  /** Another record with the same source and id changed the aggregate lately. */
  hasApplied(message: CommandMessage): boolean {
    return !this.without.has('ids') && this.ids.includes(idKey(message));
  }

  applied(message: CommandMessage): void {
    this.ids = [...this.ids, idKey(message)].slice(-idsKept);
  }

  folded(offset: number): void {
    this.offset = Math.max(this.offset, offset);
    if (this.without.has('rekeyed-name'))
      this.leave({ detour: 'rekeyed', stream: rekeyedStream(this.stream), offset, item: 0, n: 0 });
  }

  get stored(): Pick<StoredAggregate, 'at' | 'src' | 'late' | 'ids'> {
    const at = { stream: this.stream, offset: this.offset };
    return { at, src: [...this.src.values()], late: this.late, ids: this.ids };
  }

  /** What waited arrives in any order, so it is remembered one by one. */
  private isExact(origin: Origin): boolean {
    return origin.detour === 'late' && !this.without.has('exact-late');
  }

  private isPast(origin: Origin): boolean {
    const seen = this.src.get(origin.stream);
    if (!seen) return false;
    const item = this.without.has('item-index') ? 0 : seen[2] - origin.item;
    return (seen[1] - origin.offset || item) >= 0;
  }
}
