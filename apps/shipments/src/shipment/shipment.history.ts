import {
  carrierEventId,
  catalogueRow,
  eventGroupOf,
  type EventOrigin,
  merchantEventId,
  scanEventId,
  systemEventId,
} from '@waybill/contracts';
import type { AddShipmentEvent, RecordScan, Report } from './shipment.commands';
import { isReported } from './shipment.phase';
import type { RecordedEvent, Shipment } from './shipment.state';

/** Id of a carrier's event at this parcel; what the carrier itself numbers is known by that number. */
export const scanIdOf = (shipmentId: string, { externalId, eventName, eventTime }: RecordScan): string =>
  externalId === null
    ? scanEventId(shipmentId, eventName, eventTime)
    : carrierEventId(shipmentId, externalId);

export const merchantIdOf = (shipmentId: string, { externalId }: AddShipmentEvent): string =>
  merchantEventId(shipmentId, externalId);

export const isRecorded = ({ events }: Shipment, eventId: string): boolean =>
  events.some((event) => event.eventId === eventId);

export const countReported = ({ events }: Shipment): number => events.filter(isReported).length;

export function scanEvent(shipment: Shipment, scan: RecordScan): RecordedEvent {
  const { externalId, estimatedArrival, pickup, at } = scan;
  const eventId = scanIdOf(shipment.shipmentId, scan);
  return {
    ...reported(shipment, eventId, scan, 'carrier', externalId),
    estimatedArrival,
    pickup,
    recordedAt: at,
  };
}

export function merchantEvent(shipment: Shipment, command: AddShipmentEvent): RecordedEvent {
  const eventId = merchantIdOf(shipment.shipmentId, command);
  return {
    ...reported(shipment, eventId, command, 'merchant', command.externalId),
    estimatedArrival: null,
    pickup: null,
    recordedAt: command.at,
  };
}

export type SystemEventName =
  | 'ORDER_CREATED'
  | 'ORDER_IN_PROCESSING'
  | 'RETURN_REGISTERED'
  | 'ORDER_CANCELLED';

/** One of the order's own steps; it never takes part in the phase. */
export function systemEvent(
  shipment: Shipment,
  eventName: SystemEventName,
  eventTime: string,
  at: string,
): RecordedEvent {
  const report = { eventName, eventTime, timezone: null, location: null, additionalInfo: null };
  return {
    ...reported(shipment, systemEventId(shipment.shipmentId, eventName), report, 'system', null),
    estimatedArrival: null,
    pickup: null,
    recordedAt: at,
  };
}

function reported(
  { direction }: Shipment,
  eventId: string,
  { eventName, eventTime, timezone, location, additionalInfo }: Report,
  origin: EventOrigin,
  externalId: string | null,
) {
  const known = catalogueRow(eventName);
  return {
    eventId,
    eventName,
    eventTime,
    timezone,
    origin,
    externalId,
    phase: known?.phase ?? null,
    eventGroup: eventGroupOf(eventName, direction, origin),
    flagEffect: known?.flag ?? null,
    location,
    additionalInfo,
  };
}
