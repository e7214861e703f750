import type { Flag, Phase } from '@waybill/contracts';
import { hadDelay, healthOf } from './shipment.flag';
import { phaseOf, pickedUpAt } from './shipment.phase';
import type { EstimatedArrival, Pickup, Shipment } from './shipment.state';

/** All that follows from what was recorded of a parcel. */
export interface Standing {
  readonly phase: Phase;
  readonly phaseSince: string;
  readonly phaseEventId: string | null;
  readonly flag: Flag;
  readonly flagEventId: string | null;
  /** Moment of the check that the flag rests on. */
  readonly flagAsOf: string | null;
  readonly estimatedArrival: EstimatedArrival | null;
  readonly pickedUpAt: string | null;
  readonly hadDelay: boolean;
  readonly pickup: Pickup | null;
}

export function standingOf(shipment: Shipment): Standing {
  const { phase, since, eventId } = phaseOf(shipment);
  const health = healthOf(shipment, phase);
  return {
    phase,
    phaseSince: since,
    phaseEventId: eventId,
    flag: health.flag,
    flagEventId: health.eventId,
    flagAsOf: health.asOf,
    estimatedArrival: shipment.estimatedArrival,
    pickedUpAt: pickedUpAt(shipment),
    hadDelay: hadDelay(shipment),
    pickup: shipment.events.findLast(({ pickup }) => pickup !== null)?.pickup ?? null,
  };
}
