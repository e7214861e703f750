import { type Flag, type Phase, phaseInfo } from '@waybill/contracts';
import { isReported } from './shipment.phase';
import type { Shipment } from './shipment.state';

export interface Health {
  readonly flag: Flag;
  /** The event that decides; null: none does. */
  readonly eventId: string | null;
  /** Moment of the check that the flag rests on; null: on none. */
  readonly asOf: string | null;
}

/** A parcel's health: what the greatest event says that says anything; overdue where that is nothing bad (domain 3.6). */
export function healthOf({ events, overdueAsOf }: Shipment, phase: Phase): Health {
  const deciding = events.findLast((event) => isReported(event) && event.flagEffect !== null);
  const flag = deciding?.flagEffect ?? 'normal';
  const canBeLate = !phaseInfo[phase].isSink && phase !== 'collect';
  if (flag === 'normal' && overdueAsOf !== null && canBeLate)
    return { flag: 'delay', eventId: null, asOf: overdueAsOf };
  return { flag, eventId: deciding?.eventId ?? null, asOf: null };
}

export const hadDelay = ({ events }: Shipment): boolean =>
  events.some((event) => isReported(event) && event.flagEffect === 'delay');
