import type { Fact } from '@waybill/messaging';
import { shortType } from '../aggregate/fact-gist';
import { factTale } from './fact-tale';
import type { OrderSnapshot } from './order-figure';
import type { ParcelSnapshot } from './parcel-figure';
import { type CommandService, commandServices } from './planned-message';

export interface NotedFact {
  readonly service: CommandService;
  readonly aggregateId: string;
  readonly sequence: number;
  /** `order-placed` */
  readonly type: string;
  /** What it says, in as few words as it takes. */
  readonly tale: string;
  /** Which parcel of its order; nothing for a fact of the order itself, or of a claim. */
  readonly ordinal?: number;
  /** Command time. */
  readonly timeMs: number;
  /** Id of the command that everything began with, its reactions too. */
  readonly cause: string | undefined;
  /** It was not there before this run. */
  readonly isNew: boolean;
}

type HeardFact = Pick<Fact, 'type' | 'aggregateId' | 'sequence' | 'data' | 'topic' | 'partition' | 'offset'> &
  Pick<Fact, 'correlationId' | 'causationId' | 'time'>;

interface FactMembers {
  readonly shop_slug?: unknown;
  readonly order_number: string;
  readonly order?: OrderSnapshot;
  readonly shipment?: ParcelSnapshot;
}

/** Facts whose number depends on the order in which things were heard of, not only on what was heard. */
const progressTypes: readonly string[] = [
  'order-updated',
  'shipment-updated',
  'shipment-phase-changed',
  'shipment-flagged',
];

/** What a reader of facts knows of one shop: the newest snapshot of each order and parcel, and which facts there were. */
export class FactLog {
  /** By order number. */
  readonly orders = new Map<string, OrderSnapshot>();
  /** By shipment id. */
  readonly parcels = new Map<string, ParcelSnapshot>();
  private readonly notes = new Map<string, NotedFact>();
  private readonly byOrder = new Map<string, NotedFact[]>();

  constructor(
    private readonly shop: string,
    /** Where each partition (`topic/partition`) ended before the run. */
    private readonly ends: ReadonlyMap<string, number> = new Map(),
  ) {}

  /** Takes facts in order, each of them once. */
  hear(fact: HeardFact): void {
    const members = fact.data as FactMembers;
    if (members.shop_slug !== this.shop) return;
    const { order_number: number, order, shipment } = members;
    if (order) this.orders.set(number, order);
    if (shipment) this.parcels.set(shipment.shipment_id, shipment);
    const noted = this.noted(fact, shipment?.ordinal);
    this.notes.set(`${fact.aggregateId}/${fact.sequence}`, noted);
    const others = this.byOrder.get(number);
    if (others) others.push(noted);
    else this.byOrder.set(number, [noted]);
  }

  fact(aggregateId: string, sequence: number): NotedFact | undefined {
    return this.notes.get(`${aggregateId}/${sequence}`);
  }

  /** Facts of an order and of its parcels, as they were heard. */
  factsOf(orderNumber: string): readonly NotedFact[] {
    return this.byOrder.get(orderNumber) ?? [];
  }

  newFacts(): NotedFact[] {
    return [...this.notes.values()].filter(({ isNew }) => isNew);
  }

  /** Parcels of these orders. */
  parcelsOf(orderNumbers: Iterable<string>): ParcelSnapshot[] {
    const wanted = new Set(orderNumbers);
    return [...this.parcels.values()].filter(({ order_number: number }) => wanted.has(number));
  }

  /** How many facts of these orders, or of their parcels, there are besides progress. */
  countOf(service: CommandService, orderNumbers: Iterable<string>): number {
    return [...orderNumbers]
      .flatMap((number) => this.factsOf(number))
      .filter((fact) => fact.service === service && !progressTypes.includes(fact.type)).length;
  }

  private noted(fact: HeardFact, ordinal: number | undefined): NotedFact {
    const { aggregateId, sequence, type, topic, partition, offset } = fact;
    const name = shortType(type);
    return {
      service: commandServices.find((service) => type.startsWith(`${service}.`)) ?? 'orders',
      aggregateId,
      sequence,
      type: name,
      tale: factTale(name, { ...(fact.data as object) }),
      ...(ordinal === undefined ? {} : { ordinal }),
      timeMs: Date.parse(fact.time ?? ''),
      cause: fact.correlationId ?? fact.causationId,
      isNew: offset >= (this.ends.get(`${topic}/${partition}`) ?? 0),
    };
  }
}
