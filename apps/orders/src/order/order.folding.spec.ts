import * as fc from 'fast-check';
import { history, runs, seed, sentAt } from './order.arbitraries.spec-data';
import { OrderBook, type Published } from './order.book.spec-data';
import type { Slots, Snapshot } from './order.laws.spec-data';

/** A reader that has the first snapshot only and learns the rest from the change fields, by the words of domain 2 alone. */
function folded(order: Snapshot, { type, time, data }: Published): Snapshot {
  return derived({ ...changed(order, type, time, data), updated_at: time });
}

function changed(order: Snapshot, type: string, time: string, data: Published['data']): Snapshot {
  switch (type) {
    case 'orders.order-updated.v1': {
      const { shipments = [], ...fields } = data.changes as Partial<Snapshot>;
      const newer = new Map(shipments.map((slot) => [slot.ordinal, slot]));
      const slots = order.shipments.map((slot) => newer.get(slot.ordinal) ?? slot);
      const followed = order.is_fulfilled || !fields.segments ? {} : { campaign_segments: fields.segments };
      return { ...order, ...fields, ...followed, shipments: slots };
    }
    case 'orders.order-attributed.v1':
      return { ...order, order_analytics: data.order_analytics };
    case 'orders.order-shipments-expected-changed.v1': {
      const gone = new Set(data.removed.map((slot: { ordinal: number }) => slot.ordinal));
      const kept = order.shipments.filter(({ ordinal }) => !gone.has(ordinal));
      const added: Slots = data.added.map((slot: object) => ({ ...slot, ...draft, phase_since: time }));
      return { ...order, expected_number_of_shipments: data.to, shipments: [...kept, ...added] };
    }
    case 'orders.order-shipment-dispatched.v1': {
      const { shop_slug: _, order_id: __, order_number: ___, order: ____, appended, ...attached } = data;
      const known = order.shipments.find(({ ordinal }) => ordinal === attached.ordinal);
      const old: object & { phase: string } = known ?? draft;
      const isForward = attached.direction === 'merchant_customer';
      const begins = appended || old.phase === 'order_created';
      const phase = isForward ? 'order_processed' : 'return_created';
      const slot = {
        ...old,
        ...attached,
        status: 'fulfilled',
        ...(begins ? { phase, phase_since: attached.tracking_placed_at } : {}),
      };
      return {
        ...order,
        shipments: [...order.shipments.filter(({ ordinal }) => ordinal !== slot.ordinal), slot],
      };
    }
    case 'orders.order-cancelled.v1':
      return {
        ...order,
        status: 'cancelled',
        cancelled_at: data.cancelled_at,
        cancellation_reason: data.reason,
        shipments: [],
      };
    case 'orders.order-fulfilled.v1':
    case 'orders.order-partially-fulfilled.v1':
      return order;
    default:
      throw new Error(`a fact of another kind: ${type}`);
  }
}

const draft = {
  status: 'draft',
  direction: 'merchant_customer',
  tracking_number: null,
  carrier_reference: null,
  tracking_url: null,
  tracking_placed_at: null,
  external_shipment_id: null,
  products: null,
  phase: 'order_created',
  flag: 'normal',
  estimated_arrival: null,
  picked_up_at: null,
  had_delay: false,
};

const earliest = (times: readonly string[]) =>
  times.reduce<string | null>((first, time) => (first === null || time < first ? time : first), null);

function derived(order: Snapshot): Snapshot {
  const shipments = order.shipments.toSorted((a, b) => a.ordinal - b.ordinal);
  const attached = shipments.filter(({ tracking_number }) => tracking_number !== null);
  const forward = attached.filter(({ direction }) => direction === 'merchant_customer');
  const isFulfilled = forward.length > 0;
  const whole = attached.length === shipments.length ? 'fulfilled' : 'partially_fulfilled';
  const live = isFulfilled ? whole : 'placed';
  return {
    ...order,
    shipments,
    status: order.status === 'cancelled' ? 'cancelled' : live,
    is_fulfilled: isFulfilled,
    first_dispatched_at: earliest(forward.map(({ tracking_placed_at }) => tracking_placed_at ?? '')),
    trackings: attached.map((slot) => ({
      shipment_id: slot.shipment_id,
      tracking_number: slot.tracking_number ?? '',
      carrier_reference: slot.carrier_reference ?? '',
      tracking_url: slot.tracking_url,
      phase: slot.phase,
      flag: slot.flag,
      estimated_arrival: slot.estimated_arrival,
      direction: slot.direction,
    })),
  };
}

describe(`change fields (WAYBILL_SEED=${seed})`, () => {
  it('fold from the first snapshot into each of the following ones (17)', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const book = new OrderBook();
        const known = new Map<string, Snapshot>();
        for (const [minute, command] of commands.entries()) {
          for (const { facts } of await book.send(sentAt(command, minute))) {
            for (const fact of facts) {
              const before = known.get(fact.data.order_id);
              const order: Snapshot = before ? folded(before, fact) : fact.data.order;
              expect(order).toEqual(fact.data.order);
              known.set(order.uuid, order);
            }
          }
        }
      }),
      runs(40),
    ));

  it('name exactly the settable fields that differ, apart from values that were shown before they were given', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const book = new OrderBook();
        const known = new Map<string, Snapshot>();
        for (const [minute, command] of commands.entries()) {
          for (const { facts } of await book.send(sentAt(command, minute))) {
            for (const { type, data } of facts) {
              const before = known.get(data.order_id);
              known.set(data.order_id, data.order);
              if (!before || type !== 'orders.order-updated.v1') continue;
              const differing = Object.keys(before).filter(
                (name) =>
                  JSON.stringify(Reflect.get(before, name)) !== JSON.stringify(data.order[name]) &&
                  !['trackings', 'campaign_segments', 'updated_at'].includes(name),
              );
              const named = data.changed.filter(
                (name: string) => differing.includes(name) || !['external_id', 'address'].includes(name),
              );
              expect(named).toEqual(differing);
              expect(Object.keys(data.changes)).toEqual(data.changed);
            }
          }
        }
      }),
      runs(40),
    ));
});
