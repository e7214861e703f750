import { phases, type Phase } from '../orders/vocabulary';
import {
  Amount,
  Carrier,
  CountryCode,
  Currency,
  Text,
  TextList,
  Time,
  TrackingNumber,
  Uuid,
} from '../rules/as-kept';
import {
  Bool,
  Int,
  ListOf,
  ListOfValues,
  Nested,
  OneOf,
  OrNull,
  ShopSlug,
  Url,
  Value,
  ZipCode,
} from '../rules/decorators';
import { decimal, url } from '../rules/rule';
import {
  claimFlows,
  claimLimits,
  claimReasons,
  claimStatuses,
  maxWeightKg,
  resolutionPreferences,
  type ClaimFlow,
  type ClaimReason,
  type ClaimStatus,
  type ResolutionPreference,
} from './vocabulary';

/** Something that the claim is about. */
export class SelectedItemSnapshotDto {
  /** Units. */
  @Int(1, 1_000_000) quantity!: number;
  /** Stock keeping unit. */
  @OrNull() @Text(128) sku!: string | null;
  /** Display name. */
  @OrNull() @Text(500) title!: string | null;
  /** Unit price without discount and tax, major units. */
  @OrNull() @Amount() net_price!: number | null;
  /** Photos of it. */
  @ListOfValues(url, 0, claimLimits.images) image_urls!: string[];
}

/** An answer to one of the merchant's own questions. */
export class ClaimAnswerSnapshotDto {
  /** What was asked. */
  @Text(500) question!: string;
  /** What was answered. */
  @Text(2000) answer!: string;
}

/** The order's address when the claim was made, without the company. */
export class ClaimAddressSnapshotDto {
  /** First and last name of the resident. */
  @OrNull() @Text(200) name!: string | null;
  /** First address line. */
  @OrNull() @Text(200) address_line_1!: string | null;
  /** Second address line. */
  @OrNull() @Text(200) address_line_2!: string | null;
  /** Both lines in one. */
  @OrNull() @Text(402) street!: string | null;
  /** Name of the city. */
  @OrNull() @Text(100) city!: string | null;
  /** Name of the region or state. */
  @OrNull() @Text(100) province!: string | null;
  /** Name of the country. */
  @OrNull() @Text(100) country!: string | null;
  /** Code of the region or state. */
  @OrNull() @Text(10) province_code!: string | null;
  /** ISO 3166-1 alpha-2. */
  @OrNull() @CountryCode() country_code!: string | null;
  /** 1 to 16 letters, digits, spaces or hyphens. */
  @ZipCode() zip_code!: string;
  /** Phone number as written. */
  @OrNull() @Text(50) phone!: string | null;
}

/** The whole claim right after a fact. What is unknown is null or []. */
export class ClaimSnapshotDto {
  /** The claim's id. */
  @Uuid() claim_id!: string;
  /** The shop. */
  @ShopSlug() shop_slug!: string;
  /** The order that the parcel belongs to. */
  @Uuid() order_id!: string;
  /** The order's number. */
  @Text(64) order_number!: string;
  /** The parcel. */
  @Uuid() shipment_id!: string;
  /** The parcel's number. */
  @TrackingNumber() tracking_number!: string;
  /** The parcel's carrier. */
  @Carrier() carrier_reference!: string;
  /** What it is about. */
  @OneOf(claimReasons) reason!: ClaimReason;
  /** The resolve flow that made it. */
  @OrNull() @OneOf(claimFlows) flow!: ClaimFlow | null;
  /** What the customer would like. */
  @OrNull() @OneOf(resolutionPreferences) resolution_preference!: ResolutionPreference | null;
  /** `closed` is the end. */
  @OneOf(claimStatuses) status!: ClaimStatus;
  /** Free text. */
  @OrNull() @Text(5000) description!: string | null;
  /** What is wrong or missing. */
  @ListOf(() => SelectedItemSnapshotDto, 0, claimLimits.selectedItems)
  selected_items!: SelectedItemSnapshotDto[];
  /** Evidence photos. */
  @ListOfValues(url, 0, claimLimits.images) image_urls!: string[];
  /** Further photos. */
  @ListOfValues(url, 0, claimLimits.images) optional_image_urls!: string[];
  /** Private picture of the customer's signature. */
  @OrNull() @Url() customer_signature_image_url!: string | null;
  /** May the carrier leave the parcel unattended. */
  @OrNull() @Bool() dropoff_permission!: boolean | null;
  /** Answers to the merchant's own questions. */
  @ListOf(() => ClaimAnswerSnapshotDto, 0, claimLimits.answers) answers!: ClaimAnswerSnapshotDto[];
  /** The order's when the claim was made. */
  @OrNull() @Nested(() => ClaimAddressSnapshotDto) address!: ClaimAddressSnapshotDto | null;
  /** Value of the order without shipping, discounts and tax, major units; null: no product has a price. */
  @OrNull() @Amount() net_invoice_amount!: number | null;
  /** ISO 4217; the order's. */
  @Currency() currency!: string;
  /** The parcel's phase when the claim was made. */
  @OneOf(phases) shipment_phase!: Phase;
  /** The order's when the claim was made. */
  @TextList(128, 200) campaign_segments!: string[];
  /** When the parcel was picked up, UTC, as known when the claim was made. */
  @OrNull() @Time() scan_date!: string | null;
  /** Weight of the parcel's products, kilograms; null: not known of all. */
  @OrNull() @Value(decimal(0, maxWeightKg, 3)) weight_kg!: number | null;
  /** Command time of the first fact, UTC. */
  @Time() created_at!: string;
  /** Command time of the last fact, UTC. */
  @Time() updated_at!: string;
  /** When it was deleted, UTC. */
  @OrNull() @Time() deleted_at!: string | null;
}
