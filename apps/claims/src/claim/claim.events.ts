import type { ClaimStatus, ResolutionPreference } from '@waybill/contracts';
import type { ClaimOrigin } from './claim.state';

interface Event {
  /** Command time, the only "now" that a decision knows. */
  readonly at: string;
}

export interface ClaimCreated extends Event {
  readonly type: 'ClaimCreated';
  readonly origin: ClaimOrigin;
  readonly status: ClaimStatus;
  readonly resolutionPreference: ResolutionPreference | null;
}

/** Fields that a `claim-updated` may name, in the order in which it names them (domain 4.4). */
export type UpdatedField = 'status' | 'resolution_preference';

export interface ClaimUpdated extends Event {
  readonly type: 'ClaimUpdated';
  readonly previousStatus: ClaimStatus;
  readonly changed: readonly UpdatedField[];
  readonly status: ClaimStatus;
  readonly resolutionPreference: ResolutionPreference | null;
}

export interface ClaimDeleted extends Event {
  readonly type: 'ClaimDeleted';
  readonly previousStatus: ClaimStatus;
}

/** What may have happened to a claim; each is one fact of the catalogue. */
export type ClaimEvent = ClaimCreated | ClaimUpdated | ClaimDeleted;
