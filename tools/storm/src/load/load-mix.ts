import { owners } from '../system/service-names';
import { bulkRecord } from './bulk-load';
import { claimDraft } from './claims-load';
import { type Draft, type LoadRecord, recordOf } from './load-record';
import { canonicalKey, LoadWorld } from './load-world';
import { orderDraft } from './orders-load';
import { shipmentDraft } from './shipments-load';

const kinds = { orders: 48, shipments: 30, claims: 14, bulk: 5, unreadable: 3 } as const;
const askingShare = 0.6;
const doubledShare = 0.08;
const repeatedShare = 0.04;
/** Repeats come so soon that the aggregate still knows the ids of the first ones. */
const repeatedWithin = 10;
const firstPlaced = 30;

/**
 * Records that do everything that callers do: place, change, dispatch and cancel orders, scan parcels before and after
 * they have numbers, file claims; by number, by external id and in bulk, under right keys and wrong ones, twice, against
 * each other, and not validly. The same seed gives the same records.
 */
export class LoadMix {
  private readonly world: LoadWorld;
  private readonly recent: LoadRecord[] = [];
  private made = 0;

  constructor(seed: number) {
    this.world = new LoadWorld(seed);
  }

  /** The next records: one, or two that are the same. */
  next(): LoadRecord[] {
    const { random } = this.world;
    const isOld = this.recent.length > 0 && random.chance(repeatedShare);
    if (isOld) return [random.pick(this.recent)];
    const record = this.make();
    this.recent.push(record);
    if (this.recent.length > repeatedWithin) this.recent.shift();
    return random.chance(doubledShare) ? [record, record] : [record];
  }

  private make(): LoadRecord {
    const { random } = this.world;
    // nothing is to be said of parcels and claims before there are orders
    const kind = (this.made += 1) <= firstPlaced ? 'orders' : random.weighted(kinds);
    switch (kind) {
      case 'orders':
        return this.record(orderDraft(this.world));
      case 'shipments':
        return this.record(shipmentDraft(this.world));
      case 'claims':
        return this.record(this.world.hasDispatched ? claimDraft(this.world) : shipmentDraft(this.world));
      case 'bulk':
        return bulkRecord(this.world);
      case 'unreadable':
        return this.unreadable();
    }
  }

  /** Half of the commands say their time, the others take that of their record. */
  private record(draft: Draft): LoadRecord {
    const { random } = this.world;
    const time = random.chance(0.5) ? { time: '2026-01-26T08:00:00.000Z' } : {};
    return recordOf(this.world.unique(), random.chance(askingShare), { ...time, ...draft });
  }

  /** Text that is no envelope stands for itself. */
  private unreadable(): LoadRecord {
    const text = `no JSON: ${this.world.unique()}`;
    const service = this.world.random.pick(owners);
    const key = canonicalKey(this.world.order());
    return {
      service,
      key,
      value: text,
      headers: {},
      commands: [{ id: text, service, asks: false, must: 'be refused' }],
    };
  }
}
