import type { CommandMessage } from '@waybill/aggregates';
import {
  type CreateClaimDto,
  type DeleteClaimDto,
  normaliseText,
  normaliseTrackingNumber,
  normaliseUuid,
  type SelectedItemDto,
  type UpdateClaimDto,
} from '@waybill/contracts';
import type {
  ClaimCommand,
  ClaimInput,
  CreateClaim,
  DeleteClaim,
  SelectedItemInput,
  UpdateClaim,
} from './claim.commands';
import type { Knowledge, ParcelReference } from './claim.knowledge';

/** The command that a valid message means, normalised (domain 1.4, 1.5). `copy`: of `create-claim` what is known of its parcel. */
export function toCommand(message: CommandMessage, copy?: unknown): ClaimCommand {
  switch (message.type) {
    case 'claims.create-claim.v1':
      return createClaim(message, known(copy));
    case 'claims.update-claim.v1':
      return updateClaim(message.data, message.time);
    case 'claims.delete-claim.v1':
      return deleteClaim(message.data, message.time);
    default:
      throw new Error(`${message.type} is no command of a claim`);
  }
}

function known(copy: unknown): Knowledge {
  // without an answer nothing may be said of the parcel, least of all that there is none
  if (typeof copy !== 'object' || copy === null) throw new Error('the copies were not asked about a claim');
  return copy as Knowledge;
}

function createClaim({ data, source, id, time }: CommandMessage, { parcel, order }: Knowledge): CreateClaim {
  const sent: CreateClaimDto = data;
  return {
    type: 'CreateClaim',
    shopSlug: sent.shop_slug,
    at: time,
    claimId: sent.claim_id === undefined ? null : uuid(sent.claim_id),
    message: { source, id },
    reference: parcelReference(sent),
    input: claimInput(sent),
    parcel,
    order,
  };
}

const updateClaim = (sent: UpdateClaimDto, at: string): UpdateClaim => ({
  type: 'UpdateClaim',
  shopSlug: sent.shop_slug,
  at,
  claimId: uuid(sent.claim_id),
  ...(sent.status === undefined ? {} : { status: sent.status }),
  ...(sent.resolution_preference === undefined ? {} : { resolutionPreference: sent.resolution_preference }),
});

const deleteClaim = (sent: DeleteClaimDto, at: string): DeleteClaim => ({
  type: 'DeleteClaim',
  shopSlug: sent.shop_slug,
  at,
  claimId: uuid(sent.claim_id),
});

/** How a valid `create-claim` names its parcel. */
export const parcelReference = (sent: CreateClaimDto): ParcelReference => ({
  shipmentId: sent.shipment_id === undefined ? null : uuid(sent.shipment_id),
  trackingNumber: sent.tracking_number === undefined ? null : trackingNumber(sent.tracking_number),
  carrier: sent.carrier_reference === 'unknown' ? null : (sent.carrier_reference ?? null),
});

const claimInput = (sent: CreateClaimDto): ClaimInput => ({
  reason: sent.reason,
  flow: sent.flow ?? null,
  resolutionPreference: sent.resolution_preference ?? null,
  status: sent.status ?? 'pending',
  description: normaliseText(sent.description ?? null),
  selectedItems: sent.selected_items?.map(selectedItem) ?? [],
  imageUrls: sent.image_urls ?? [],
  optionalImageUrls: sent.optional_image_urls ?? [],
  customerSignatureImageUrl: sent.customer_signature_image_url ?? null,
  dropoffPermission: sent.dropoff_permission ?? null,
  answers:
    sent.answers?.map(({ question, answer }) => ({ question: question.trim(), answer: answer.trim() })) ?? [],
});

const selectedItem = (sent: SelectedItemDto): SelectedItemInput => ({
  quantity: sent.quantity,
  sku: normaliseText(sent.sku ?? null),
  title: normaliseText(sent.title ?? null),
  netPriceMajor: sent.net_price ?? null,
  imageUrls: sent.image_urls ?? [],
});

const uuid = (sent: string): string => checked(normaliseUuid(sent), 'a uuid');

const trackingNumber = (sent: string): string => checked(normaliseTrackingNumber(sent), 'tracking_number');

/** A value that the contract has checked already. */
function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} came through validation but cannot be read`);
  return value;
}
