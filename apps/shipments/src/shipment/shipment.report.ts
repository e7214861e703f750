import { catalogueRow, draftEventNames, maxReportedEvents, timeMs } from '@waybill/contracts';
import { accepted, type Decision, ignoredForGood, type Refused } from '@waybill/decider';
import { isMeant, learned } from './shipment.carrier';
import type { AddShipmentEvent, RecordScan } from './shipment.commands';
import { Course } from './shipment.course';
import type { ShipmentEvent } from './shipment.events';
import {
  countReported,
  isRecorded,
  merchantEvent,
  merchantIdOf,
  scanEvent,
  scanIdOf,
} from './shipment.history';
import {
  eventLimitReached,
  eventTimeInFuture,
  shipmentNotFulfilled,
  shipmentWithdrawn,
  trackingNumberNotFound,
} from './shipment.refusals';
import type { Shipment } from './shipment.state';

export function decideScan(shipment: Shipment | null, scan: RecordScan): Decision<ShipmentEvent> {
  if (!isMeant(shipment, scan)) return trackingNumberNotFound(scan.shopSlug, scan.number);
  if (isRecorded(shipment, scanIdOf(shipment.shipmentId, scan))) return ignoredForGood('duplicate');
  // a kept one was looked at when it came; the time of the attachment says nothing of it
  if (!scan.wasKept && isInFuture(scan)) return eventTimeInFuture();
  if (isFull(shipment)) return eventLimitReached();
  const { at, number, wasKept } = scan;
  const course = Course.from(shipment, at);
  course.record({ type: 'ShipmentEventRecorded', at, event: scanEvent(shipment, scan), wasKept });
  return accepted(course.settle(learned(shipment, number)).events);
}

export function decideMerchantEvent(shipment: Shipment, command: AddShipmentEvent): Decision<ShipmentEvent> {
  if (isRecorded(shipment, merchantIdOf(shipment.shipmentId, command))) return ignoredForGood('duplicate');
  const refusal = refusalOf(shipment, command);
  if (refusal) return refusal;
  const { at } = command;
  const event = merchantEvent(shipment, command);
  const course = Course.from(shipment, at);
  return accepted(
    course.record({ type: 'ShipmentEventRecorded', at, event, wasKept: false }).settle().events,
  );
}

function refusalOf(shipment: Shipment, command: AddShipmentEvent): Refused | undefined {
  const { eventName } = command;
  if (shipment.status === 'draft' && !canHappenToDraft(eventName)) return shipmentNotFulfilled(eventName);
  if (shipment.status === 'withdrawn') return shipmentWithdrawn();
  if (isInFuture(command)) return eventTimeInFuture();
  return isFull(shipment) ? eventLimitReached() : undefined;
}

const canHappenToDraft = (eventName: string): boolean =>
  !catalogueRow(eventName) || draftEventNames.some((name) => name === eventName);

const dayMs = 24 * 60 * 60 * 1000;

/** The only rule on times: no event lies more than a day after its command. */
export const isInFuture = ({ eventTime, at }: { readonly eventTime: string; readonly at: string }): boolean =>
  timeMs(eventTime) > timeMs(at) + dayMs;

const isFull = (shipment: Shipment): boolean => countReported(shipment) >= maxReportedEvents;
