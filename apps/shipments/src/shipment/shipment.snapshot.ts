import {
  type EstimatedArrivalSnapshotDto,
  phaseInfo,
  type ShipmentEventDto,
  type ShipmentSnapshotDto,
  timeMs,
} from '@waybill/contracts';
import { standingOf } from './shipment.standing';
import type { EstimatedArrival, RecordedEvent, Shipment } from './shipment.state';

/** The shipment as its facts and its readers see it: every field there. */
export function shipmentSnapshot(shipment: Shipment): ShipmentSnapshotDto {
  const attached = shipment.status === 'fulfilled' ? shipment : undefined;
  const standing = standingOf(shipment);
  const { phase, phaseSince } = standing;
  return {
    shipment_id: shipment.shipmentId,
    shop_slug: shipment.shopSlug,
    order_id: shipment.orderId,
    order_number: shipment.orderNumber,
    ordinal: shipment.ordinal,
    status: shipment.status,
    direction: shipment.direction,
    tracking_number: attached?.trackingNumber ?? null,
    carrier_reference: attached?.carrier ?? null,
    tracking_url: attached?.trackingUrl ?? null,
    tracking_placed_at: attached?.trackingPlacedAt ?? null,
    external_shipment_id: attached?.externalShipmentId ?? null,
    products: shipment.products && [...shipment.products],
    phase,
    phase_since: phaseSince,
    state: phaseInfo[phase].state,
    flag: standing.flag,
    estimated_arrival: estimateSnapshot(shipment.estimatedArrival),
    delivered_at: phase === 'delivered' ? phaseSince : null,
    picked_up_at: standing.pickedUpAt,
    had_delay: standing.hadDelay,
    pickup: standing.pickup,
    events: shipment.events.map((event) => eventSnapshot(event, shipment)),
    created_at: shipment.createdAt,
    updated_at: shipment.updatedAt,
  };
}

export const eventSnapshot = (event: RecordedEvent, { direction }: Shipment): ShipmentEventDto => ({
  event_id: event.eventId,
  event_name: event.eventName,
  event_time: event.eventTime,
  timezone: event.timezone,
  origin: event.origin,
  external_id: event.externalId,
  phase: event.phase,
  event_group: event.eventGroup,
  direction,
  location: event.location,
  additional_info: event.additionalInfo,
  estimated_arrival: estimateSnapshot(event.estimatedArrival),
  pickup: event.pickup,
  recorded_at: event.recordedAt,
});

const estimateSnapshot = (estimate: EstimatedArrival | null): EstimatedArrivalSnapshotDto | null =>
  estimate && { from: estimate.from, to: estimate.to, predicted_at: estimate.predictedAt };

const archivedAfterMs = 90 * 24 * 60 * 60 * 1000;

type Members = { readonly [Name in keyof ShipmentSnapshotDto]: ShipmentSnapshotDto[Name] };

/** What readers over HTTP see: a parcel that arrived long ago is `archived` there. Facts never say it. */
export type ReadShipment = Omit<Members, 'state'> & { readonly state: Members['state'] | 'archived' };

export function readShipment(shipment: Shipment, nowMs: number): ReadShipment {
  const members: Members = shipmentSnapshot(shipment);
  const newest = shipment.events.at(-1);
  const isOld = newest !== undefined && timeMs(newest.eventTime) < nowMs - archivedAfterMs;
  return phaseInfo[members.phase].isSink && isOld ? { ...members, state: 'archived' } : members;
}
