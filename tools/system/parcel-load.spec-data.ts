import { orderId } from '@waybill/contracts';
import { type Command, partitionOf } from '@waybill/testing';
import { parcelId, scan, shop, upsert } from './parcels.spec-data';

/** A record of a command topic. */
export interface LoadRecord {
  readonly topic: 'orders.commands' | 'shipments.commands';
  readonly key: string;
  readonly partition: number;
  readonly value: string;
}

/** A scan that has to be recorded exactly once. */
export interface SentScan {
  readonly parcel: string;
  readonly externalId: string;
}

export interface ParcelLoad {
  readonly records: readonly LoadRecord[];
  readonly scans: readonly SentScan[];
  readonly orderNumbers: readonly string[];
}

interface Parcel {
  readonly orderNumber: string;
  readonly tracking: { readonly tracking_number: string; readonly carrier_reference?: string };
  readonly carrier: string;
}

const course = [
  'LABEL_CREATED',
  'CARRIER_PICKED_UP',
  'DELAYED',
  'OUT_FOR_DELIVERY',
  'SUCCESSFULLY_DELIVERED',
];
/** Over how many places a record can move. */
const reach = 120;
const carriers = ['dhl', 'dpd', 'gls'] as const;

/**
 * Orders with one to three parcels and all of their scans, in any order: scans before their number, doubled and late
 * ones, parcels whose carrier only a scan names, orders that expect fewer and more, orders that are cancelled. The same
 * seed gives the same.
 */
export function parcelLoad(random: () => number, orders: number, startMs: number): ParcelLoad {
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(random() * from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const records: LoadRecord[] = [];
  const scans: SentScan[] = [];
  const orderNumbers = Array.from({ length: orders }, (_, i) => `load-${i}`);
  for (const orderNumber of orderNumbers) {
    const count = 1 + Math.floor(random() * 3);
    const isCancelled = random() < 0.1;
    records.push(ofOrder(upsert(orderNumber, [], { expected_number_of_shipments: count })));
    if (isCancelled) {
      const cancel = upsert(orderNumber, []);
      const { order: _, trackings: __, ...data } = cancel.data;
      records.push(ofOrder({ ...cancel, type: 'orders.cancel-order.v1', data }));
      continue;
    }
    for (let n = 1; n <= count; n++) {
      const carrier = pick(carriers);
      // the order does not name it, the number does not tell it: the first scan does
      const isNamed = random() < 0.7;
      const tracking = {
        tracking_number: `${orderNumber}N${n}`.toUpperCase(),
        ...(isNamed ? { carrier_reference: carrier } : {}),
      };
      records.push(...ofParcel({ orderNumber, tracking, carrier }));
    }
    if (random() < 0.3)
      records.push(ofOrder(upsert(orderNumber, [], { expected_number_of_shipments: pick([1, 2, 3, 4]) })));
  }
  return { records: mixed(records), scans, orderNumbers };

  function ofParcel({ orderNumber, tracking, carrier }: Parcel): LoadRecord[] {
    const made = [ofOrder(upsert(orderNumber, [tracking]))];
    const length = 1 + Math.floor(random() * course.length);
    for (const [i, event_name] of course.slice(0, length).entries()) {
      const externalId = `${tracking.tracking_number}/${i}`;
      const record = ofScan(
        scan(tracking.tracking_number, {
          carrier_reference: carrier,
          event_name,
          external_id: externalId,
          event_time: new Date(startMs + i * 3_600_000).toISOString(),
          ...(random() < 0.3
            ? { estimated_arrival: { to: new Date(startMs + (i + 1) * 86_400_000).toISOString() } }
            : {}),
        }),
      );
      scans.push({ parcel: tracking.tracking_number, externalId });
      made.push(record);
      // the same message once more, and the same scan in another message
      if (random() < 0.1) made.push(record);
      if (random() < 0.1)
        made.push({
          ...record,
          value: JSON.stringify({ ...JSON.parse(record.value), id: `again/${externalId}` }),
        });
    }
    return made;
  }

  function ofScan(sent: Command): LoadRecord {
    // feeds have keys of their own
    const key = random() < 0.5 ? String(sent.data.tracking_number) : `feed ${Math.floor(random() * 20)}`;
    return { topic: 'shipments.commands', key, partition: partitionOf(key), value: JSON.stringify(sent) };
  }

  /** Every other scan comes when its number is there for long. */
  function late({ topic }: LoadRecord): number {
    return topic === 'shipments.commands' && random() < 0.5 ? 4 * reach : 0;
  }

  /** Neighbours far and near change places; what belongs together stays roughly together. */
  function mixed(all: readonly LoadRecord[]): LoadRecord[] {
    const placed = all.map((record, i) => ({
      record,
      // who cancels has placed the order before, and knows it
      at: i + (record.value.includes('orders.cancel-order.v1') ? reach : random() * reach) + late(record),
    }));
    return placed.toSorted((a, b) => a.at - b.at).map(({ record }) => record);
  }
}

function ofOrder(sent: Command): LoadRecord {
  const key = `${shop}/${sent.data.id}`;
  return { topic: 'orders.commands', key, partition: partitionOf(key), value: JSON.stringify(sent) };
}

/** Every parcel that an order of the load can have. */
export const parcelIdsOf = (orderNumber: string): string[] =>
  Array.from({ length: 12 }, (_, i) => parcelId(orderNumber, i + 1));

export const orderIdOf = (orderNumber: string): string => orderId(shop, orderNumber);
