import type { Fact } from '@waybill/aggregates';
import type { ShipmentSnapshotDto } from '@waybill/contracts';
import type { ShipmentEvent } from './shipment.events';
import { eventSnapshot, shipmentSnapshot } from './shipment.snapshot';
import type { Shipment } from './shipment.state';

const factTypes = {
  ShipmentDrafted: 'shipments.shipment-drafted.v1',
  ShipmentFulfilled: 'shipments.shipment-fulfilled.v1',
  ShipmentEventRecorded: 'shipments.shipment-event-recorded.v1',
  ShipmentUpdated: 'shipments.shipment-updated.v1',
  ShipmentPhaseChanged: 'shipments.shipment-phase-changed.v1',
  ShipmentFlagged: 'shipments.shipment-flagged.v1',
  ShipmentWithdrawn: 'shipments.shipment-withdrawn.v1',
} as const satisfies Record<ShipmentEvent['type'], string>;

/** What is published for an event: common members, what changed, and the shipment right after it (domain 3.9). */
export function shipmentFact(event: ShipmentEvent, after: Shipment): Fact {
  const shipment = shipmentSnapshot(after);
  return {
    type: factTypes[event.type],
    data: {
      shop_slug: after.shopSlug,
      order_id: after.orderId,
      order_number: after.orderNumber,
      shipment_id: after.shipmentId,
      ...changeFields(event, after, shipment),
      shipment,
    },
  };
}

function changeFields(event: ShipmentEvent, after: Shipment, shipment: ShipmentSnapshotDto): object {
  switch (event.type) {
    case 'ShipmentDrafted':
      return { ordinal: event.ordinal, placed_at: event.placedAt };
    case 'ShipmentFulfilled': {
      const { ordinal, attachment, products, wasDraft } = event;
      return {
        ordinal,
        direction: attachment.direction,
        tracking_number: attachment.trackingNumber,
        carrier_reference: attachment.carrier,
        tracking_url: attachment.trackingUrl,
        tracking_placed_at: attachment.trackingPlacedAt,
        external_shipment_id: attachment.externalShipmentId,
        products,
        was_draft: wasDraft,
      };
    }
    case 'ShipmentEventRecorded':
      return {
        event: eventSnapshot(event.event, after),
        phase: shipment.phase,
        was_kept: event.wasKept,
      };
    case 'ShipmentUpdated':
      return {
        changed: event.changed,
        changes: Object.fromEntries(event.changed.map((name) => [name, shipment[name]])),
      };
    case 'ShipmentPhaseChanged': {
      const { from, to, since, eventId } = event;
      return { from, to, since, event_id: eventId };
    }
    case 'ShipmentFlagged': {
      const { from, to, eventId, asOf } = event;
      return { from, to, event_id: eventId, as_of: asOf };
    }
    case 'ShipmentWithdrawn':
      return { cause: event.cause, at: event.withdrawnAt };
  }
}
