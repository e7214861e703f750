import type { Place, Waiting } from '@waybill/aggregates';
import { catalogueRow, phaseInfo } from '@waybill/contracts';
import { isMeant } from './shipment.carrier';
import { type CarrierCommand, isCarrierCommand, type ShipmentCommand } from './shipment.commands';
import type { Shipment } from './shipment.state';

const placeOf = (shopSlug: string, trackingNumber: string): string => `${shopSlug}/${trackingNumber}`;

/** Under what a carrier's message is kept that comes before its number (domain 3.7). */
export function waitingOf(command: CarrierCommand): Waiting {
  const { shopSlug, number } = command;
  const { carrier, trackingNumber } = number;
  const { name, order } = command.type === 'RecordScan' ? scanName(command) : estimateName(command);
  return {
    // as JSON, for a number may hold any separator
    identity: JSON.stringify([shopSlug, carrier, trackingNumber, ...name]),
    place: placeOf(shopSlug, trackingNumber),
    kind: carrier,
    order,
  };
}

interface Name {
  readonly name: readonly (string | null)[];
  readonly order: string;
}

function scanName({
  externalId,
  eventName,
  eventTime,
}: Extract<CarrierCommand, { type: 'RecordScan' }>): Name {
  const phase = catalogueRow(eventName)?.phase;
  const rank = phase === undefined ? 0 : phaseInfo[phase].rank;
  return {
    name: externalId === null ? ['scan', eventName, eventTime] : ['carrier', externalId],
    order: `${eventTime}/${String(rank).padStart(2, '0')}`,
  };
}

function estimateName({
  estimate: { predictedAt, to, from },
}: Exclude<CarrierCommand, { type: 'RecordScan' }>): Name {
  return { name: ['estimate', predictedAt, to, from], order: `${predictedAt}/00` };
}

/** The number that a shipment has: what was kept for it follows. */
export const placesOf = (shipment: Shipment): readonly Place[] =>
  shipment.status === 'fulfilled'
    ? [
        {
          place: placeOf(shipment.shopSlug, shipment.trackingNumber),
          kind: shipment.carrier === 'unknown' ? null : shipment.carrier,
          attachedAt: shipment.attachedAt,
        },
      ]
    : [];

/** A carrier's message that reaches a parcel of another carrier is matched again. */
export const misdirected = (shipment: Shipment, command: ShipmentCommand): Waiting | undefined =>
  isCarrierCommand(command) && !isMeant(shipment, command) ? waitingOf(command) : undefined;
