import { type Phase, phaseAtFulfilment, phaseInfo } from '@waybill/contracts';
import type { RecordedEvent, Shipment } from './shipment.state';

const rank = ({ phase }: RecordedEvent): number => (phase === null ? 0 : phaseInfo[phase].rank);

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** The order of a history: time, rank of the phase, id. All times have one form, so their text sorts as they do. */
export const compareEvents = (a: RecordedEvent, b: RecordedEvent): number =>
  byText(a.eventTime, b.eventTime) || rank(a) - rank(b) || byText(a.eventId, b.eventId);

/** The history with one more event in its place. */
export function inserted(events: readonly RecordedEvent[], event: RecordedEvent): RecordedEvent[] {
  // most events come in order, so the place is looked for from the end
  const before = events.findLastIndex((other) => compareEvents(other, event) < 0);
  return events.toSpliced(before + 1, 0, event);
}

/** Carriers and merchants report events; those of the system mark the order's own steps and decide nothing. */
export const isReported = ({ origin }: RecordedEvent): boolean => origin !== 'system';

export interface Stand {
  readonly phase: Phase;
  readonly since: string;
  /** The event that decides; null: none does. */
  readonly eventId: string | null;
}

/**
 * How far a parcel is: a pure function of what was recorded (domain 3.5), so the order of arrival and repeats do not matter.
 */
export function phaseOf(shipment: Shipment): Stand {
  const counts = (event: RecordedEvent) =>
    isReported(event) &&
    event.phase !== null &&
    (shipment.status !== 'fulfilled' || event.phase !== 'order_created');
  const deciding = shipment.events.findLast(counts);
  if (!deciding?.phase) return phaseWithoutScan(shipment);
  const { phase, eventId } = deciding;
  const before = shipment.events.findLastIndex((event) => counts(event) && event.phase !== phase);
  const first = shipment.events.slice(before + 1).find(counts) ?? deciding;
  return { phase, since: first.eventTime, eventId };
}

function phaseWithoutScan(shipment: Shipment): Stand {
  switch (shipment.status) {
    case 'draft':
    case 'withdrawn':
      return { phase: 'order_created', since: shipment.placedAt, eventId: null };
    case 'fulfilled':
      return {
        phase: phaseAtFulfilment[shipment.direction],
        since: shipment.trackingPlacedAt,
        eventId: null,
      };
  }
}

const notYetPickedUp: readonly (Phase | null)[] = [
  null,
  'order_created',
  'order_processed',
  'return_created',
];

/** When the carrier had the parcel first. */
export const pickedUpAt = ({ events }: Shipment): string | null =>
  events.find((event) => isReported(event) && !notYetPickedUp.includes(event.phase))?.eventTime ?? null;
