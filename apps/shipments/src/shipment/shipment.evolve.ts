import { told } from './shipment.estimate';
import type {
  Details,
  ShipmentDrafted,
  ShipmentEvent,
  ShipmentFulfilled,
  ShipmentWithdrawn,
} from './shipment.events';
import { inserted } from './shipment.phase';
import type { DraftShipment, FulfilledShipment, Shipment, WithdrawnShipment } from './shipment.state';

/** The shipment after the event. An event that cannot follow on the state is broken history and throws. */
export function evolve(state: Shipment | null, event: ShipmentEvent): Shipment {
  if (event.type === 'ShipmentDrafted') return draft(state, event);
  if (event.type === 'ShipmentFulfilled') return fulfil(state, event);
  const shipment = { ...live(state), updatedAt: event.at };
  switch (event.type) {
    case 'ShipmentEventRecorded': {
      const { event: recorded } = event;
      return {
        ...shipment,
        ...told(shipment, recorded.estimatedArrival),
        events: inserted(shipment.events, recorded),
      };
    }
    case 'ShipmentUpdated':
      return withDetails(shipment, event.details);
    case 'ShipmentPhaseChanged':
      return shipment;
    case 'ShipmentFlagged':
      return { ...shipment, overdueAsOf: event.asOf ?? shipment.overdueAsOf };
    case 'ShipmentWithdrawn':
      return withdraw(shipment, event);
  }
}

/** The shipment as one that may still change; throws for history that goes on after the end or before the beginning. */
export function live(state: Shipment | null): DraftShipment | FulfilledShipment {
  if (!state) throw new Error('an event of a shipment that was never drafted');
  if (state.status === 'withdrawn') throw new Error(`an event of the withdrawn shipment ${state.shipmentId}`);
  return state;
}

function draft(state: Shipment | null, event: ShipmentDrafted): DraftShipment {
  if (state) throw new Error(`shipment ${event.shipmentId} was drafted twice`);
  return { ...beginning(event), status: 'draft', direction: 'merchant_customer', placedAt: event.placedAt };
}

function fulfil(state: Shipment | null, event: ShipmentFulfilled): FulfilledShipment {
  if (state && state.status !== 'draft')
    throw new Error(`shipment ${state.shipmentId} was fulfilled when it was ${state.status}`);
  const { placedAt: _, ...before } = state ?? { ...beginning(event), placedAt: null };
  const { attachment, products, at } = event;
  return {
    ...before,
    status: 'fulfilled',
    ...attachment,
    carrierFrom: 'order',
    attachedAt: at,
    products,
    updatedAt: at,
  };
}

const beginning = ({
  shipmentId,
  shopSlug,
  orderId,
  orderNumber,
  ordinal,
  at,
}: ShipmentDrafted | ShipmentFulfilled) => ({
  shipmentId,
  shopSlug,
  orderId,
  orderNumber,
  ordinal,
  products: null,
  estimatedArrival: null,
  overdueAsOf: null,
  events: [],
  createdAt: at,
  updatedAt: at,
});

function withDetails(shipment: DraftShipment | FulfilledShipment, details: Details): Shipment {
  const { estimatedArrival, products = shipment.products, ...attached } = details;
  const next = { ...shipment, ...told(shipment, estimatedArrival), products };
  return next.status === 'fulfilled' ? { ...next, ...attached } : next;
}

function withdraw(shipment: DraftShipment | FulfilledShipment, event: ShipmentWithdrawn): WithdrawnShipment {
  if (shipment.status !== 'draft')
    throw new Error(`shipment ${shipment.shipmentId} was withdrawn when it was ${shipment.status}`);
  return { ...shipment, status: 'withdrawn', cause: event.cause, withdrawnAt: event.withdrawnAt };
}
