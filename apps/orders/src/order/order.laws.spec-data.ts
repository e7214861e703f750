import { orderId } from '@waybill/contracts';
import type { orderSnapshot } from './order.snapshot';

type Shown = ReturnType<typeof orderSnapshot>;

/** A snapshot as a reader has it: members, no class. */
export type Snapshot = { readonly [Name in keyof Shown]: Shown[Name] };
export type Slots = readonly Snapshot['shipments'][number][];

const isForward = ({ direction }: Slots[number]) => direction === 'merchant_customer';
const isAttached = ({ status }: Slots[number]) => status === 'fulfilled';
export const ordinals = (slots: Slots) => slots.map(({ ordinal }) => ordinal);
export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What holds of every order at every moment, by the number of the invariant. */
const always: Readonly<Record<string, (order: Snapshot, attached: Slots, drafts: Slots) => boolean>> = {
  '1': (order) => order.uuid === orderId(order.shop_slug, order.order_number),
  '3 is_fulfilled': (order, attached) => order.is_fulfilled === attached.some(isForward),
  '3 partially': (order, attached, drafts) =>
    (order.status === 'partially_fulfilled') === (attached.some(isForward) && drafts.length > 0),
  '5': (order) => order.status !== 'partially_fulfilled' || order.expected_number_of_shipments > 1,
  '6': (_, attached, drafts) =>
    Math.min(...ordinals(drafts)) > Math.max(0, ...ordinals(attached.filter(isForward))),
  '8': (order, attached) =>
    same(
      order.trackings,
      attached.map((slot) => ({
        shipment_id: slot.shipment_id,
        tracking_number: slot.tracking_number,
        carrier_reference: slot.carrier_reference,
        tracking_url: slot.tracking_url,
        phase: slot.phase,
        flag: slot.flag,
        estimated_arrival: slot.estimated_arrival,
        direction: slot.direction,
      })),
    ),
  '11': (order) => order.status !== 'cancelled' || order.shipments.length === 0,
  '19': (order, attached) => attached.every(isForward) || order.is_fulfilled,
  'sorted by ordinal': ({ shipments }) =>
    same(
      ordinals(shipments),
      [...new Set(ordinals(shipments))].toSorted((a, b) => a - b),
    ),
  'first dispatch': ({ first_dispatched_at: first, shipments }) => {
    const times = shipments
      .filter(isAttached)
      .filter(isForward)
      .map(({ tracking_placed_at }) => tracking_placed_at);
    return first === null
      ? times.length === 0
      : times.includes(first) && times.every((time) => time !== null && time >= first);
  },
};

const returns = ({ shipments }: Snapshot) => shipments.filter(isAttached).filter((slot) => !isForward(slot));
const drafts = ({ shipments }: Snapshot) => shipments.filter((slot) => !isAttached(slot));

const fixed = ({ ordinal, tracking_number, tracking_placed_at, direction }: Slots[number]) =>
  [ordinal, tracking_number, tracking_placed_at, direction].join();

/** What holds from one fact to the next; `used` are the ordinals that the order had before. */
const between: Readonly<Record<string, (before: Snapshot, after: Snapshot, used: Set<number>) => boolean>> = {
  '6 used once': (before, after, used) => {
    const old = new Set(ordinals(before.shipments));
    return ordinals(after.shipments).every((ordinal) => old.has(ordinal) || !used.has(ordinal));
  },
  '7': (before, after) => {
    const now = new Set(after.shipments.map(fixed));
    return before.shipments.filter(isAttached).every((slot) => now.has(fixed(slot)));
  },
  '19 changes neither status nor drafts': (before, after) => {
    const isAnnounced = returns(after).length > returns(before).length;
    return !isAnnounced || (before.status === after.status && same(drafts(before), drafts(after)));
  },
  '11 terminal': (before) => before.status !== 'cancelled',
  '11 from placed': (before, after) => after.status !== 'cancelled' || before.status === 'placed',
  '16': (before, after) => !before.is_fulfilled || same(before.campaign_segments, after.campaign_segments),
  '16 follows until then': (_, after) => after.is_fulfilled || same(after.campaign_segments, after.segments),
  'never placed again': (before, after) => !before.is_fulfilled || after.is_fulfilled,
};

const names = ['variant_id', 'sku', 'product_id', 'title'] as const;

type Content = NonNullable<Slots[number]['products']>;

/** What names the entries of a parcel and how many there are; another currency changes the rest of them. */
const packed = (products: Content | null | undefined) =>
  (products ?? []).map((entry) => [...names, 'quantity' as const].map((name) => entry[name]));

/** The contents that a fact has given to parcels. */
export const contentsSet = (before: Snapshot | undefined, { shipments }: Snapshot): Content[] =>
  shipments.flatMap(({ ordinal, products }) => {
    const old = before?.shipments.find((slot) => slot.ordinal === ordinal);
    return products && !same(packed(products), packed(old?.products)) ? [products] : [];
  });

/** 25, as domain 2.4 says it: a line shares the first name that both have, and has as many. */
export function isInOrder(entry: Content[number], { products }: Snapshot): boolean {
  const lines = products.flatMap((line) => [
    { named: line, quantity: line.quantity },
    ...line.bundled_products.map((part) => ({ named: part, quantity: part.quantity * line.quantity })),
  ]);
  return lines.some(({ named, quantity }) => {
    const name = names.find((one) => entry[one] !== null && named[one] !== null);
    return name !== undefined && entry[name] === named[name] && entry.quantity <= quantity;
  });
}

/** The laws that an order breaks, by itself or as what follows on `before`. */
export function broken(order: Snapshot, before: Snapshot | undefined, used: Set<number>): string[] {
  const attached = order.shipments.filter(isAttached);
  return [
    ...Object.keys(always).filter((law) => !always[law]?.(order, attached, drafts(order))),
    ...Object.keys(between).filter((law) => before && !between[law]?.(before, order, used)),
  ];
}
