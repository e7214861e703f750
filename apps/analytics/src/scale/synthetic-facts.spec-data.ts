import type { Fact } from '@waybill/messaging';
import { order, slot } from '../figures/figures.samples.spec-data';

/** How many values orders have of each dimension: with all of them used, they say how many cells a report adds up. */
export interface Spread {
  readonly partitions: number;
  readonly days: number;
  readonly provinces: number;
  readonly carriers: number;
}

const dayMs = 86_400_000;
const firstDay = Date.parse('2026-01-01T00:00:00Z');
const orderIdOf = (index: number) => `00000000-0000-5000-8000-${index.toString(16).padStart(12, '0')}`;

/** A day counted from the first one on, YYYY-MM-DD. */
export const dayAfter = (days: number) => new Date(firstDay + days * dayMs).toISOString().slice(0, 10);

/** Facts of one partition in a row of their own, whatever size a set has. */
export class SyntheticFacts {
  private readonly offsets = new Map<number, number>();
  private readonly sequences = new Map<number, number>();

  constructor(
    private readonly orders: number,
    private readonly spread: Spread,
  ) {}

  partitionOf(index: number): number {
    return index % this.spread.partitions;
  }

  /** The next fact of an order: placed and delivered with the first, and on its way and back with each further one. */
  next(index: number): Fact {
    const partition = this.partitionOf(index);
    const offset = this.offsets.get(partition) ?? 0;
    const sequence = (this.sequences.get(index) ?? 0) + 1;
    this.offsets.set(partition, offset + 1);
    this.sequences.set(index, sequence);
    const id = orderIdOf(index);
    return {
      type: 'orders.order-updated.v1',
      aggregateId: id,
      sequence,
      id: `${id}/${sequence}`,
      source: 'orders',
      data: { shop_slug: 'demo-shop', order_id: id, order: this.snapshot(index, sequence) },
      topic: 'orders.events',
      partition,
      offset,
    };
  }

  private snapshot(index: number, sequence: number) {
    const { partitions, days, provinces, carriers } = this.spread;
    // as in life: one day after the other, and every combination of the rest in its turn
    const day = Math.floor((index * days) / this.orders);
    const turn = Math.floor(index / partitions);
    const [province, carrier] = [turn % provinces, Math.floor(turn / provinces) % carriers];
    const placedMs = firstDay + day * dayMs;
    const at = (hours: number) => new Date(placedMs + hours * 3_600_000).toISOString();
    const isDelivered = sequence % 2 === 1;
    return order({
      uuid: orderIdOf(index),
      order_number: String(index),
      order_placed_at: at(1),
      total_order_price: 20 + (index % 100),
      status: 'fulfilled',
      first_dispatched_at: at(2),
      campaign_segments: ['default'],
      province: `P${province}`,
      shipments: [
        slot({
          carrier_reference: `carrier-${carrier}`,
          tracking_placed_at: at(2),
          phase: isDelivered ? 'delivered' : 'in_transit',
          phase_since: at(isDelivered ? 20 : 3),
        }),
      ],
    });
  }
}
