import { accepted, type Decision, ignored } from '@waybill/decider';
import { isMeant, learned } from './shipment.carrier';
import {
  type CheckEstimatedArrival,
  isCarrierCommand,
  type UpdateEstimatedArrival,
} from './shipment.commands';
import { Course } from './shipment.course';
import { compareEstimates, isGreater } from './shipment.estimate';
import type { Details, ShipmentEvent } from './shipment.events';
import { healthOf } from './shipment.flag';
import { shipmentNotFound, shipmentWithdrawn, trackingNumberNotFound } from './shipment.refusals';
import { standingOf } from './shipment.standing';
import type { Shipment } from './shipment.state';

export function decideEstimate(
  shipment: Shipment | null,
  command: UpdateEstimatedArrival,
): Decision<ShipmentEvent> {
  if (!isCarrierCommand(command))
    return shipment
      ? decideOn(shipment, command, {})
      : shipmentNotFound(command.shopSlug, command.shipmentId);
  return isMeant(shipment, command)
    ? decideOn(shipment, command, learned(shipment, command.number))
    : trackingNumberNotFound(command.shopSlug, command.number);
}

/** `details` is the carrier where this command is what tells it: that is worth a fact even if the estimate is an old one. */
function decideOn(
  shipment: Shipment,
  command: UpdateEstimatedArrival,
  details: Details,
): Decision<ShipmentEvent> {
  const reason = reasonToIgnore(shipment, command);
  if (reason && details.carrier === undefined) return ignored(reason);
  if (shipment.status === 'withdrawn') return shipmentWithdrawn();
  const course = Course.from(shipment, command.at);
  return accepted(
    course.settle(reason ? details : { ...details, estimatedArrival: command.estimate }).events,
  );
}

function reasonToIgnore(
  { estimatedArrival: known }: Shipment,
  { estimate, isDated }: UpdateEstimatedArrival,
): 'nothing_changed' | 'stale' | undefined {
  const isTheSame =
    known && (isDated ? compareEstimates(estimate, known) === 0 : hasSamePeriod(estimate, known));
  if (isTheSame) return 'nothing_changed';
  return isGreater(estimate, known) ? undefined : 'stale';
}

type Period = Pick<UpdateEstimatedArrival['estimate'], 'from' | 'to'>;

const hasSamePeriod = (a: Period, b: Period): boolean => a.from === b.from && a.to === b.to;

/** A check that would not change the flag is not remembered. */
export function decideCheck(
  shipment: Shipment,
  { at, asOf }: CheckEstimatedArrival,
): Decision<ShipmentEvent> {
  const { estimatedArrival } = shipment;
  if (!estimatedArrival || asOf <= estimatedArrival.to) return ignored('nothing_changed');
  const { phase, flag } = standingOf(shipment);
  const { flag: next } = healthOf({ ...shipment, overdueAsOf: asOf }, phase);
  if (next === flag) return ignored('nothing_changed');
  if (shipment.status === 'withdrawn') return shipmentWithdrawn();
  return accepted([{ type: 'ShipmentFlagged', at, from: flag, to: next, eventId: null, asOf }]);
}
