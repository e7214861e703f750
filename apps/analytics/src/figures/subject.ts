import type { Fact } from '@waybill/messaging';
import type { Contribution } from './cell';

/** What contributes to cells: an order, or all claims of one order. `Kept` is plain JSON. */
export interface Subject<Kept> {
  readonly topic: 'orders.events' | 'claims.events';
  /** Name of the subject that `fact` is about: an order id. */
  subjectId(fact: Fact): string;
  /** The subject after `fact`. The caller sees to it that each aggregate's facts come once and in order. */
  apply(kept: Kept | null, fact: Fact): Kept;
  /** What the subject adds; no cell is named twice. */
  contributions(kept: Kept): readonly Contribution[];
}
