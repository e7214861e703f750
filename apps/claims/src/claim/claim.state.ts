import type {
  Carrier,
  ClaimAddressSnapshotDto,
  ClaimAnswerSnapshotDto,
  ClaimFlow,
  ClaimReason,
  ClaimStatus,
  Phase,
  ResolutionPreference,
} from '@waybill/contracts';

// what a claim only hands on is kept in the form in which facts show it
export type Address = Readonly<ClaimAddressSnapshotDto>;
export type Answer = Readonly<ClaimAnswerSnapshotDto>;

export interface SelectedItem {
  readonly quantity: number;
  readonly sku: string | null;
  readonly title: string | null;
  /** In minor units of the claim's currency. */
  readonly netPriceMinor: number | null;
  readonly imageUrls: readonly string[];
}

/** What a claim is from its first moment on; frozen, whatever becomes of order and parcel. */
export interface ClaimOrigin {
  readonly claimId: string;
  readonly shopSlug: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly shipmentId: string;
  readonly trackingNumber: string;
  readonly carrier: Carrier;
  readonly reason: ClaimReason;
  readonly flow: ClaimFlow | null;
  readonly description: string | null;
  readonly selectedItems: readonly SelectedItem[];
  readonly imageUrls: readonly string[];
  readonly optionalImageUrls: readonly string[];
  readonly customerSignatureImageUrl: string | null;
  readonly dropoffPermission: boolean | null;
  readonly answers: readonly Answer[];
  readonly address: Address;
  readonly netInvoiceMinor: number | null;
  readonly currency: string;
  readonly shipmentPhase: Phase;
  readonly campaignSegments: readonly string[];
  readonly scanDate: string | null;
  readonly weightGrams: number | null;
}

interface ClaimBase extends ClaimOrigin {
  readonly status: ClaimStatus;
  readonly resolutionPreference: ResolutionPreference | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface LivingClaim extends ClaimBase {
  readonly deletedAt: null;
}

/** The end of a claim; it keeps its last status. */
export interface DeletedClaim extends ClaimBase {
  readonly deletedAt: string;
}

export type Claim = LivingClaim | DeletedClaim;

/** An open claim keeps others of its parcel and reason away. */
export const isOpen = (status: ClaimStatus): boolean => status === 'pending' || status === 'accepted';

/** What no two open claims share. */
export const openKey = ({
  shopSlug,
  shipmentId,
  reason,
}: Pick<ClaimOrigin, 'shopSlug' | 'shipmentId' | 'reason'>): string =>
  `claim/${shopSlug}/${shipmentId}/${reason}`;

export const openKeys = (claim: Claim): string[] =>
  claim.deletedAt === null && isOpen(claim.status) ? [openKey(claim)] : [];
