import type { OrderEvent, OrderPlaced } from './order.events';
import { draft, replaceSlots, statusOf } from './order.slots';
import type { LiveOrder, Order, Slot } from './order.state';

/** The order after the event. An event that cannot follow on the state is broken history and throws. */
export function evolve(state: Order | null, event: OrderEvent): Order {
  if (event.type === 'OrderPlaced') return place(state, event);
  const order = { ...live(state), updatedAt: event.at };
  switch (event.type) {
    case 'OrderUpdated': {
      const { details, slots, changedSlots, at } = event;
      return {
        ...withSlots(order, replaceSlots(order.slots, slots)),
        details,
        campaignSegments: order.status === 'placed' ? details.segments : order.campaignSegments,
        slotsChangedAt: changedSlots.length > 0 ? later(order.slotsChangedAt, at) : order.slotsChangedAt,
      };
    }
    case 'OrderAttributed':
      return { ...order, analytics: event.analytics };
    case 'OrderShipmentsExpectedChanged': {
      const removed = new Set(event.removed.map(({ ordinal }) => ordinal));
      const kept = order.slots.filter(({ ordinal }) => !removed.has(ordinal));
      const added = event.added.map((reference) => draft(reference, event.at));
      const next = { ...withSlots(order, [...kept, ...added]), expectedShipments: event.to };
      return added.length > 0 ? { ...next, slotsChangedAt: later(order.slotsChangedAt, event.at) } : next;
    }
    case 'OrderShipmentDispatched': {
      const { slot, appended, at } = event;
      const slots = appended ? [...order.slots, slot] : replaceSlots(order.slots, [slot]);
      return { ...withSlots(order, slots), slotsChangedAt: later(order.slotsChangedAt, at) };
    }
    case 'OrderPartiallyFulfilled':
    case 'OrderFulfilled':
      return order;
    case 'OrderCancelled': {
      const { slots: _, ...rest } = order;
      return {
        ...rest,
        status: 'cancelled',
        cancelledAt: event.cancelledAt,
        cancellationReason: event.reason,
      };
    }
  }
}

function place(state: Order | null, event: OrderPlaced): LiveOrder {
  if (state) throw new Error(`order ${event.orderId} was placed twice`);
  const { orderId, shopSlug, orderNumber, details, expectedShipments, userAgent, drafts, at } = event;
  return {
    orderId,
    shopSlug,
    orderNumber,
    status: 'placed',
    details,
    campaignSegments: details.segments,
    analytics: {},
    expectedShipments,
    userAgent,
    slots: drafts.map((reference) => draft(reference, details.orderPlacedAt)),
    greatestOrdinal: drafts.length,
    slotsChangedAt: at,
    createdAt: at,
    updatedAt: at,
  };
}

/** The order as one that may still change; throws for history that goes on after the end or before the beginning. */
export function live(state: Order | null): LiveOrder {
  if (!state) throw new Error('an event of an order that was never placed');
  if (state.status === 'cancelled') throw new Error(`an event of the cancelled order ${state.orderId}`);
  return state;
}

const withSlots = (order: LiveOrder, slots: readonly Slot[]): LiveOrder => ({
  ...order,
  slots,
  status: statusOf(slots),
  greatestOrdinal: Math.max(order.greatestOrdinal, slots.at(-1)?.ordinal ?? 0),
});

const later = (a: string, b: string): string => (a > b ? a : b);
