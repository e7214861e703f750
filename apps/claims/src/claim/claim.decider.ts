import type { ClaimStatus } from '@waybill/contracts';
import {
  type Decider,
  type Decision,
  accepted,
  ignored,
  ignoredForGood,
  type Others,
} from '@waybill/decider';
import type { ClaimCommand, CreateClaim, DeleteClaim, UpdateClaim } from './claim.commands';
import type { ClaimEvent, UpdatedField } from './claim.events';
import { evolve } from './claim.evolve';
import { fitsParcel } from './claim.knowledge';
import { claimOrigin, isFulfilled } from './claim.origin';
import * as refusals from './claim.refusals';
import { type Claim, isOpen, openKey } from './claim.state';

export interface ClaimTypes {
  state: Claim;
  command: ClaimCommand;
  event: ClaimEvent;
}

export const claimDecider: Decider<ClaimTypes> = { decide, evolve };

/** Which status may follow on which (domain 4.3). */
export const transitions: Readonly<Record<ClaimStatus, readonly ClaimStatus[]>> = {
  pending: ['accepted', 'rejected', 'closed'],
  accepted: ['closed'],
  rejected: ['closed'],
  closed: [],
};

function decide(state: Claim | null, command: ClaimCommand, others: Others): Decision<ClaimEvent> {
  if (command.type === 'CreateClaim') return create(state, command, others);
  // nothing crosses shops: what another shop names is not there
  if (state?.shopSlug !== command.shopSlug) return notFound(command);
  switch (command.type) {
    case 'UpdateClaim':
      return state.deletedAt === null ? update(state, command) : notFound(command);
    case 'DeleteClaim':
      return state.deletedAt === null
        ? accepted([{ type: 'ClaimDeleted', at: command.at, previousStatus: state.status }])
        : ignoredForGood('already_deleted');
  }
}

const notFound = ({ shopSlug, claimId }: UpdateClaim | DeleteClaim) =>
  refusals.claimNotFound(shopSlug, claimId);

function create(state: Claim | null, command: CreateClaim, others: Others): Decision<ClaimEvent> {
  const { shopSlug, reference, parcel, order, input } = command;
  if (parcel?.shopSlug !== shopSlug)
    // a taken id leads to its own order, from where the parcel meant may be out of sight
    return state ? refusals.claimIdTaken() : refusals.shipmentNotFound();
  if (order?.orderId !== parcel.orderId) return refusals.orderNotFound();
  if (!isFulfilled(parcel)) return refusals.shipmentNotFulfilled();
  if (!fitsParcel(reference, parcel)) return refusals.shipmentReferenceMismatch();
  if (state) return refusals.claimIdTaken();
  const origin = claimOrigin(command, parcel, order);
  const { status, resolutionPreference } = input;
  if (isOpen(status) && others.taken.has(openKey(origin))) return refusals.openClaimExists();
  return accepted([{ type: 'ClaimCreated', at: command.at, origin, status, resolutionPreference }]);
}

function update(claim: Claim, command: UpdateClaim): Decision<ClaimEvent> {
  const { at, status = claim.status, resolutionPreference = claim.resolutionPreference } = command;
  const changed: UpdatedField[] = [];
  if (status !== claim.status) changed.push('status');
  if (resolutionPreference !== claim.resolutionPreference) changed.push('resolution_preference');
  if (changed.length === 0) return ignored('nothing_changed');
  const isAllowed =
    status === claim.status ? status !== 'closed' : transitions[claim.status].includes(status);
  if (!isAllowed) return refusals.claimTransitionInvalid(claim.status, status);
  const previousStatus = claim.status;
  return accepted([{ type: 'ClaimUpdated', at, previousStatus, changed, status, resolutionPreference }]);
}
