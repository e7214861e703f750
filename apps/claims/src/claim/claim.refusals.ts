import type { ClaimStatus } from '@waybill/contracts';
import { type Refused, refused, refusedByOthers } from '@waybill/decider';

// what rests on a copy or on another claim may be another answer tomorrow

export const orderNotFound = (): Refused =>
  refusedByOthers('order_not_found', 'the order of the shipment is not known');

export const shipmentNotFound = (): Refused =>
  refusedByOthers('shipment_not_found', 'the shipment is not known');

export const shipmentNotFulfilled = (): Refused =>
  refusedByOthers('shipment_not_fulfilled', 'the shipment has no tracking number');

export const shipmentReferenceMismatch = (): Refused =>
  refusedByOthers('shipment_reference_mismatch', 'shipment, number and carrier do not belong together');

export const openClaimExists = (): Refused =>
  refusedByOthers('claim_exists', 'an open claim with this reason exists for the shipment');

export const claimIdTaken = (): Refused => refusedByOthers('claim_exists', 'the claim exists already');

export const claimNotFound = (shopSlug: string, claimId: string): Refused =>
  refused('claim_not_found', `no claim ${claimId} in ${shopSlug}`);

export const claimTransitionInvalid = (from: ClaimStatus, to: ClaimStatus): Refused =>
  from === to
    ? refused('claim_transition_invalid', `a ${from} claim does not change any more`)
    : refused('claim_transition_invalid', `a ${from} claim cannot become ${to}`, [
        {
          loc: ['data', 'status'],
          field: 'status',
          msg: `a ${from} claim cannot become ${to}`,
          type: 'claim_transition_invalid',
        },
      ]);
