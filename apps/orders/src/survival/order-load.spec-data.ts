import { orderId, shipmentId } from '@waybill/contracts';
import { envelope, type LoadCommand, type LoadRecord, replyHeaders } from './load-record.spec-data';
import { randomFrom } from './seed.spec-data';

interface Order {
  readonly shop: string;
  readonly number: string;
  readonly key: string;
  /** Never cancelled, so that whoever changes it must succeed. */
  readonly isKept: boolean;
  /** A command under its canonical key has placed it, so later ones find it whatever happens. */
  isPlaced: boolean;
  trackings: number;
}

interface Draft {
  readonly order: Order;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly must?: LoadCommand['must'];
  readonly places?: boolean;
}

export interface LoadOptions {
  /** How many orders [150]. */
  readonly orders?: number;
  /** Whether orders want the same external ids and parcels [true]. */
  readonly contended?: boolean;
  /** Lines of an order [1], 300 bytes each. */
  readonly lines?: number;
}

const shops = ['demo-shop', 'other-shop'] as const;

/**
 * `count` records that do to orders everything that callers do: place, change, dispatch and cancel them, by number, by
 * external id and in bulk, under right keys and wrong ones, twice, against each other, and not validly. The same seed
 * gives the same records.
 */
export function orderLoad(seed: number, count: number, options: LoadOptions = {}): LoadRecord[] {
  const load = new OrderLoad(seed, options);
  const records: LoadRecord[] = [];
  while (records.length < count) records.push(...load.next());
  return records.slice(0, count);
}

class OrderLoad {
  private readonly random: () => number;
  private readonly orders: readonly Order[];
  private readonly isContended: boolean;
  private readonly lines: number;
  private made = 0;

  constructor(
    private readonly seed: number,
    { orders = 150, contended = true, lines = 1 }: LoadOptions,
  ) {
    this.isContended = contended;
    this.lines = lines;
    this.random = randomFrom(seed);
    this.orders = Array.from({ length: orders }, (_, i) => {
      const shop = shops[i % shops.length] ?? shops[0];
      const number = String(10_001 + i);
      return { shop, number, key: `${shop}/${number}`, isKept: i % 3 !== 0, isPlaced: false, trackings: 0 };
    });
  }

  /** One record, or two when it is doubled. */
  next(): LoadRecord[] {
    const kind = this.random();
    if (kind < 0.06) return [this.bulk()];
    if (kind < 0.08) return [this.unreadable()];
    const draft = this.draft(this.pick(this.orders));
    const isDoubled = this.random() < 0.08;
    const hasWrongKey = this.random() < 0.15;
    if (draft.places && !hasWrongKey) draft.order.isPlaced = true;
    const record = this.record(
      draft,
      hasWrongKey ? `somebody's key ${Math.floor(this.random() * 40)}` : draft.order.key,
      isDoubled ? 2 : 1,
    );
    return isDoubled ? [record, record] : [record];
  }

  private draft(order: Order): Draft {
    const kind = this.random();
    if (!order.isPlaced || kind < 0.25) return this.upsert(order);
    if (kind < 0.4) return this.change(order);
    if (kind < 0.5) return this.analytics(order);
    if (kind < 0.56) return this.progress(order);
    if (kind < 0.68) return this.byExternalId(order);
    if (kind < 0.76 && this.isContended) return this.contended(order);
    if (kind < 0.86) return this.invalid(order);
    if (order.isKept) return this.change(order);
    return draftOf(order, 'cancel-order', { reason: this.unique() });
  }

  private upsert(order: Order): Draft {
    const trackings = this.random() < 0.3 ? [this.tracking(order)] : [];
    const draft = draftOf(order, 'upsert-order', { order: this.whole(order), trackings });
    return changing({ ...draft, places: true });
  }

  private whole(order: Order): Record<string, unknown> {
    return {
      order_number: order.number,
      order_name: this.unique(),
      external_id: `ext-${order.number}`,
      currency: 'EUR',
      total_order_price: Math.floor(this.random() * 20_000) / 100,
      address: { name: 'Ada Example', city: 'Berlin', zip_code: '10115', country_code: 'DE' },
      products: Array.from({ length: this.lines }, (_, i) => ({
        sku: `MUG-${i}`,
        title: 'a mug with a long name '.repeat(10).trim(),
        price: 12.9,
        quantity: 1 + Math.floor(this.random() * 4),
      })),
    };
  }

  private tracking(order: Order): Record<string, unknown> {
    // far below the most that an order may have
    const ordinal = order.trackings < 20 ? ++order.trackings : 1 + Math.floor(this.random() * 20);
    return {
      tracking_number: `T${order.number}N${ordinal}`,
      carrier_reference: 'dhl',
      external_shipment_id: this.unique(),
    };
  }

  private change(order: Order): Draft {
    const expected =
      this.random() < 0.3 ? { expected_number_of_shipments: 1 + Math.floor(this.random() * 4) } : {};
    return changing(draftOf(order, 'update-order', { address: { city: this.unique() }, ...expected }));
  }

  private analytics(order: Order): Draft {
    return changing(draftOf(order, 'upsert-order-analytics', { order_analytics: { n: this.unique() } }));
  }

  private progress(order: Order): Draft {
    return draftOf(order, 'record-shipment-progress', {
      shipment_id: shipmentId(orderId(order.shop, order.number), 1),
      shipment_sequence: ++this.made,
      phase: this.pick(['in_transit', 'in_delivery', 'delivered']),
      phase_since: '2026-01-12T09:00:00Z',
      flag: 'normal',
      estimated_arrival: null,
      picked_up_at: null,
      had_delay: false,
      carrier_reference: null,
    });
  }

  private byExternalId(order: Order): Draft {
    const isKnown = this.random() < 0.7;
    const id = isKnown ? `ext-${order.number}` : `nobody-${this.unique()}`;
    const draft = draftOf(order, 'update-order', {
      id,
      id_type: 'external_id',
      address: { city: this.unique() },
    });
    return isKnown ? draft : { ...draft, must: 'be refused' };
  }

  /** Orders of one shop want the same external id and the same parcels; only one can have each. */
  private contended(order: Order): Draft {
    const n = Math.floor(this.random() * 8);
    if (this.random() < 0.5) return draftOf(order, 'upsert-order', { order: { external_id: `wanted-${n}` } });
    return draftOf(order, 'upsert-order', {
      trackings: [{ tracking_number: `WANTED${n}`, carrier_reference: 'dhl' }],
    });
  }

  private invalid(order: Order): Draft {
    const wrong = this.pick([
      { address: { zip_code: '!!' } },
      { address: { city: 'Berlin' }, misspelt: true },
      { expected_number_of_shipments: 0 },
      {},
    ]);
    return { ...draftOf(order, 'update-order', wrong), must: 'be refused' };
  }

  private bulk(): LoadRecord {
    const shop = this.pick(shops);
    const orders = this.orders.filter((order) => order.shop === shop && order.isKept);
    const asks = this.random() < 0.6;
    const id = this.unique();
    const chosen = Array.from({ length: 2 + Math.floor(this.random() * 5) }, () => this.pick(orders));
    const isWrong = chosen.map(() => this.random() < 0.1);
    const items = chosen.map((order, i) => ({
      id: order.number,
      order: { ...this.whole(order), ...(isWrong[i] ? { currency: 'XXQ' } : {}) },
      trackings: [this.tracking(order)],
    }));
    return {
      key: shop,
      value: envelope(id, 'bulk-fulfil-orders', { shop_slug: shop, items }),
      headers: asks ? replyHeaders(id) : {},
      commands: chosen.map((_, i) => ({
        id: `${id}/${i}`,
        asks,
        copies: 1,
        must: isWrong[i] ? 'be refused' : 'change',
      })),
    };
  }

  private unreadable(): LoadRecord {
    const text = `no JSON: ${this.unique()}`;
    const { key } = this.pick(this.orders);
    return {
      key,
      value: text,
      headers: {},
      commands: [{ id: text, asks: false, copies: 1, must: 'be refused' }],
    };
  }

  private record({ type, data, must }: Draft, key: string, copies: number): LoadRecord {
    const id = this.unique();
    const asks = this.random() < 0.6;
    const command = { id, asks, copies, ...(must === undefined ? {} : { must }) };
    return {
      key,
      value: envelope(id, type, data),
      headers: asks ? replyHeaders(id) : {},
      commands: [command],
    };
  }

  private pick<T>(from: readonly T[]): T {
    const one = from[Math.floor(this.random() * from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  private unique(): string {
    this.made += 1;
    return `s${this.seed}-${this.made}`;
  }
}

const draftOf = (order: Order, type: string, data: object): Draft => ({
  order,
  type,
  data: { shop_slug: order.shop, id: order.number, ...data },
});

/** Whoever changes an order that is never cancelled and certainly there must succeed. */
const changing = (draft: Draft): Draft =>
  draft.order.isKept && (draft.order.isPlaced || draft.places) ? { ...draft, must: 'change' } : draft;
