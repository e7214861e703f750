import { factGist, shortType } from '../orders/fact-gist';
import type { OrderSnapshot } from './order-figure';

/** A fact as the reader hands it over: each one once. */
export interface ReadFact {
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface NotedFact {
  readonly type: string;
  readonly gist: string;
}

/** What a reader of facts knows of one shop's orders: the newest snapshot of each, and which facts there were. */
export class FactLog {
  private readonly snapshots = new Map<string, OrderSnapshot>();
  private readonly counts = new Map<string, number>();
  private readonly notes = new Map<string, NotedFact>();

  constructor(private readonly shop: string) {}

  hear({ type, subject, sequence, data }: ReadFact): void {
    if (data['shop_slug'] !== this.shop) return;
    const order = data['order'] as OrderSnapshot;
    this.snapshots.set(order.order_number, order);
    this.counts.set(order.order_number, (this.counts.get(order.order_number) ?? 0) + 1);
    this.notes.set(`${subject}/${sequence}`, { type: shortType(type), gist: factGist(type, data) });
  }

  /** The order as its last fact shows it. */
  snapshot(orderNumber: string): OrderSnapshot | undefined {
    return this.snapshots.get(orderNumber);
  }

  fact(subject: string, sequence: number): NotedFact | undefined {
    return this.notes.get(`${subject}/${sequence}`);
  }

  countOf(orderNumbers: Iterable<string>): number {
    return [...orderNumbers].reduce((sum, number) => sum + (this.counts.get(number) ?? 0), 0);
  }
}
