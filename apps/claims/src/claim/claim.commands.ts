import type { ClaimFlow, ClaimReason, ClaimStatus, ResolutionPreference } from '@waybill/contracts';
import type { Knowledge, ParcelReference } from './claim.knowledge';
import type { Answer } from './claim.state';

interface Command {
  readonly shopSlug: string;
  /** Command time. */
  readonly at: string;
}

/** An item as it is sent: its price waits for the order's currency. */
export interface SelectedItemInput {
  readonly quantity: number;
  readonly sku: string | null;
  readonly title: string | null;
  readonly netPriceMajor: number | null;
  readonly imageUrls: readonly string[];
}

/** What a caller says of a new claim. */
export interface ClaimInput {
  readonly reason: ClaimReason;
  readonly flow: ClaimFlow | null;
  readonly resolutionPreference: ResolutionPreference | null;
  readonly status: ClaimStatus;
  readonly description: string | null;
  readonly selectedItems: readonly SelectedItemInput[];
  readonly imageUrls: readonly string[];
  readonly optionalImageUrls: readonly string[];
  readonly customerSignatureImageUrl: string | null;
  readonly dropoffPermission: boolean | null;
  readonly answers: readonly Answer[];
}

export interface CreateClaim extends Command, Knowledge {
  readonly type: 'CreateClaim';
  /** Null: made from the order and the message. */
  readonly claimId: string | null;
  readonly message: { readonly source: string; readonly id: string };
  readonly reference: ParcelReference;
  readonly input: ClaimInput;
}

export interface UpdateClaim extends Command {
  readonly type: 'UpdateClaim';
  readonly claimId: string;
  /** Absent: stays as it is. */
  readonly status?: ClaimStatus;
  /** Absent: stays as it is. */
  readonly resolutionPreference?: ResolutionPreference | null;
}

export interface DeleteClaim extends Command {
  readonly type: 'DeleteClaim';
  readonly claimId: string;
}

export type ClaimCommand = CreateClaim | UpdateClaim | DeleteClaim;
