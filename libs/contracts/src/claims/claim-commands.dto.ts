import { Carrier, MaybeText, Text, TrackingNumber, Uuid } from '../rules/as-sent';
import {
  Amount,
  Bool,
  Int,
  ListOf,
  ListOfValues,
  OneOf,
  Optional,
  OrNull,
  ShopSlug,
  Url,
  Whole,
} from '../rules/decorators';
import { url } from '../rules/rule';
import { atLeastOneOf, namedByOneOf } from '../rules/wholes';
import {
  claimFlows,
  claimLimits,
  claimReasons,
  claimStatuses,
  resolutionPreferences,
  type ClaimFlow,
  type ClaimReason,
  type ClaimStatus,
  type ResolutionPreference,
} from './vocabulary';

/** Something that the claim is about. At least one of sku and title is present. */
@Whole(namedByOneOf('sku', 'title'))
export class SelectedItemDto {
  /** Units. */
  @Int(1, 1_000_000) quantity!: number;
  /** Stock keeping unit. */
  @Optional() @MaybeText(128) sku?: string;
  /** Display name. */
  @Optional() @MaybeText(500) title?: string;
  /** Unit price without discount and tax, major units. */
  @Optional() @OrNull() @Amount() net_price?: number | null;
  /** Photos of it. */
  @Optional() @ListOfValues(url, 0, claimLimits.images) image_urls?: string[];
}

/** An answer to one of the merchant's own questions. */
export class ClaimAnswerDto {
  /** What was asked. */
  @Text(500) question!: string;
  /** What was answered. */
  @Text(2000) answer!: string;
}

/** A customer has an issue with one parcel, named by its id or its number. It waits while that is not known yet. */
@Whole(atLeastOneOf('shipment_id', 'tracking_number'))
export class CreateClaimDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** Id of the new claim. Default: made from the order and the command's source and id. */
  @Optional() @Uuid() claim_id?: string;
  /** The parcel; decides when the number is given too. */
  @Optional() @Uuid() shipment_id?: string;
  /** White space is removed, letters are raised. Several parcels have it: the one dispatched last. */
  @Optional() @TrackingNumber() tracking_number?: string;
  /** Narrows the number; `unknown` counts as absent. */
  @Optional() @Carrier() carrier_reference?: string;
  /** What it is about. */
  @OneOf(claimReasons) reason!: ClaimReason;
  /** The resolve flow that made it. */
  @Optional() @OrNull() @OneOf(claimFlows) flow?: ClaimFlow | null;
  /** What the customer would like. */
  @Optional() @OrNull() @OneOf(resolutionPreferences) resolution_preference?: ResolutionPreference | null;
  /** Default `pending`. */
  @Optional() @OneOf(claimStatuses) status?: ClaimStatus;
  /** Free text. */
  @Optional() @OrNull() @MaybeText(5000) description?: string | null;
  /** What is wrong or missing; not checked against the order. */
  @Optional() @ListOf(() => SelectedItemDto, 0, claimLimits.selectedItems) selected_items?: SelectedItemDto[];
  /** Evidence photos. */
  @Optional() @ListOfValues(url, 0, claimLimits.images) image_urls?: string[];
  /** Further photos. */
  @Optional() @ListOfValues(url, 0, claimLimits.images) optional_image_urls?: string[];
  /** Private picture of the customer's signature. */
  @Optional() @OrNull() @Url() customer_signature_image_url?: string | null;
  /** May the carrier leave the parcel unattended. */
  @Optional() @OrNull() @Bool() dropoff_permission?: boolean | null;
  /** Answers to the merchant's own questions. */
  @Optional() @ListOf(() => ClaimAnswerDto, 0, claimLimits.answers) answers?: ClaimAnswerDto[];
}

/** What becomes of a claim. */
@Whole(atLeastOneOf('status', 'resolution_preference'))
export class UpdateClaimDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** The claim. */
  @Uuid() claim_id!: string;
  /** New status. */
  @Optional() @OneOf(claimStatuses) status?: ClaimStatus;
  /** What the customer would like; null clears it. */
  @Optional() @OrNull() @OneOf(resolutionPreferences) resolution_preference?: ResolutionPreference | null;
}

/** Removes a claim; its parcel and reason are free again. */
export class DeleteClaimDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** The claim. */
  @Uuid() claim_id!: string;
}
