import type { Fact } from '@waybill/messaging';
import { factGist, shortType } from '../aggregate/fact-gist';
import type { OrderSnapshot } from './order-figure';

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

  /** Takes facts in order, each of them once. */
  hear({
    type,
    aggregateId,
    sequence,
    data,
  }: Pick<Fact, 'type' | 'aggregateId' | 'sequence' | 'data'>): void {
    const members = data as { readonly shop_slug?: unknown; readonly order: OrderSnapshot };
    if (members.shop_slug !== this.shop) return;
    const { order } = members;
    this.snapshots.set(order.order_number, order);
    this.counts.set(order.order_number, (this.counts.get(order.order_number) ?? 0) + 1);
    this.notes.set(`${aggregateId}/${sequence}`, {
      type: shortType(type),
      gist: factGist(type, { ...members }),
    });
  }

  /** The order as its last fact shows it. */
  snapshot(orderNumber: string): OrderSnapshot | undefined {
    return this.snapshots.get(orderNumber);
  }

  fact(aggregateId: string, sequence: number): NotedFact | undefined {
    return this.notes.get(`${aggregateId}/${sequence}`);
  }

  countOf(orderNumbers: Iterable<string>): number {
    return [...orderNumbers].reduce((sum, number) => sum + (this.counts.get(number) ?? 0), 0);
  }
}
