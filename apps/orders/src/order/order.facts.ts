import type { Fact } from '@waybill/aggregates';
import type { OrderEvent } from './order.events';
import { orderSnapshot, slotProducts } from './order.snapshot';
import type { SlotReference } from './order.slots';
import type { Order } from './order.state';

const factTypes = {
  OrderPlaced: 'orders.order-placed.v1',
  OrderUpdated: 'orders.order-updated.v1',
  OrderAttributed: 'orders.order-attributed.v1',
  OrderShipmentsExpectedChanged: 'orders.order-shipments-expected-changed.v1',
  OrderShipmentDispatched: 'orders.order-shipment-dispatched.v1',
  OrderPartiallyFulfilled: 'orders.order-partially-fulfilled.v1',
  OrderFulfilled: 'orders.order-fulfilled.v1',
  OrderCancelled: 'orders.order-cancelled.v1',
} as const satisfies Record<OrderEvent['type'], string>;

/** What is published for an event: common members, what changed, and the order right after it (domain 2.8). */
export function orderFact(event: OrderEvent, after: Order): Fact {
  const order = orderSnapshot(after);
  return {
    type: factTypes[event.type],
    data: {
      shop_slug: after.shopSlug,
      order_id: after.orderId,
      order_number: after.orderNumber,
      ...changeFields(event, order),
      order,
    },
  };
}

function changeFields(event: OrderEvent, order: ReturnType<typeof orderSnapshot>): object {
  switch (event.type) {
    case 'OrderPlaced':
      return { placed_at: event.details.orderPlacedAt, shipments: event.drafts.map(reference) };
    case 'OrderUpdated': {
      const slots = order.shipments.filter(({ ordinal }) => event.changedSlots.includes(ordinal));
      const fields = event.changed.map((name) => [name, order[name]] as const);
      const changes = [...fields, ...(slots.length > 0 ? [['shipments', slots] as const] : [])];
      return {
        origin: event.origin,
        changed: changes.map(([name]) => name),
        changes: Object.fromEntries(changes),
      };
    }
    case 'OrderAttributed':
      return { order_analytics: event.analytics, previous_order_analytics: event.previousAnalytics };
    case 'OrderShipmentsExpectedChanged': {
      const { from, to, added, removed } = event;
      return { from, to, added: added.map(reference), removed: removed.map(reference) };
    }
    case 'OrderShipmentDispatched': {
      const { slot, appended } = event;
      return {
        ...reference(slot),
        direction: slot.direction,
        tracking_number: slot.trackingNumber,
        carrier_reference: slot.carrier,
        tracking_url: slot.trackingUrl,
        tracking_placed_at: slot.trackingPlacedAt,
        external_shipment_id: slot.externalShipmentId,
        products: slotProducts(slot, order.currency),
        appended,
      };
    }
    case 'OrderPartiallyFulfilled':
    case 'OrderFulfilled': {
      const { previousStatus, fulfilledShipments, draftShipments } = event;
      return {
        previous_status: previousStatus,
        fulfilled_shipments: fulfilledShipments,
        draft_shipments: draftShipments,
      };
    }
    case 'OrderCancelled':
      return {
        cancelled_at: event.cancelledAt,
        reason: event.reason,
        shipments: event.removed.map(reference),
      };
  }
}

const reference = ({ shipmentId, ordinal }: SlotReference) => ({ shipment_id: shipmentId, ordinal });
