import { type Flag, type Phase, phaseInfo } from '@waybill/contracts';
import { standingOf } from './shipment.standing';
import { numberKeys, type Shipment } from './shipment.state';

/** Copies of what follows from the state, for those who look for shipments. */
export interface SearchFields {
  /** `<shop>/<carrier>/<number>`, to find the parcel that a carrier means. */
  readonly numbers: readonly string[];
  readonly phase: Phase;
  readonly flag: Flag;
  /** From when on a check would find it overdue; null: none would change its flag. */
  readonly dueAt: string | null;
}

export function searchFields(shipment: Shipment): SearchFields {
  const { phase, flag } = standingOf(shipment);
  const canBeLate =
    shipment.status !== 'withdrawn' && flag === 'normal' && !phaseInfo[phase].isSink && phase !== 'collect';
  return {
    numbers: numberKeys(shipment),
    phase,
    flag,
    dueAt: canBeLate ? (shipment.estimatedArrival?.to ?? null) : null,
  };
}
