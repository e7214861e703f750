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
  Analytics,
  Bool,
  Email,
  Int,
  ListOf,
  Nested,
  OneOf,
  OrNull,
  ShopSlug,
  Url,
  Value,
  ZipCode,
} from '../rules/decorators';
import { amount, discountCode } from '../rules/rule';
import type { AnalyticsMap } from '../values/analytics-map';
import { EstimatedArrivalSnapshotDto } from './estimated-arrival.dto';
import { ProductSnapshotDto } from './product-snapshot.dto';
import {
  directions,
  flags,
  orderStatuses,
  phases,
  slotStatuses,
  type Direction,
  type Flag,
  type OrderStatus,
  type Phase,
  type SlotStatus,
} from './vocabulary';
import { grams } from '../rules/rule';

/** Shipping destination as facts show it. */
export class AddressSnapshotDto {
  /** First and last name of the resident. */
  @OrNull() @Text(200) name!: string | null;
  /** Company recipient. */
  @OrNull() @Text(200) company!: string | null;
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

/** A discount that was used. */
export class OrderDiscountSnapshotDto {
  /** Code as the customer typed it; may be empty. */
  @Value(discountCode) code!: string;
  /** Magnitude; may be a percentage. */
  @OrNull() @Value(amount) amount!: number | null;
  /** The shop's own word. */
  @OrNull() @Text(50) type!: string | null;
}

/** The order's entry for one parcel. */
export class SlotDto {
  /** The parcel's id. */
  @Uuid() shipment_id!: string;
  /** Number of the slot, from 1; never used again. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** `draft` until it has a tracking number. */
  @OneOf(slotStatuses) status!: SlotStatus;
  /** `customer_merchant` for a return parcel. */
  @OneOf(directions) direction!: Direction;
  /** The parcel's number; null while draft. */
  @OrNull() @TrackingNumber() tracking_number!: string | null;
  /** The carrier; null while draft. */
  @OrNull() @Carrier() carrier_reference!: string | null;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** When the parcel was handed over, UTC; null while draft. */
  @OrNull() @Time() tracking_placed_at!: string | null;
  /** The shop system's fulfilment id. */
  @OrNull() @Text(128) external_shipment_id!: string | null;
  /** What is inside; null: all products of the order. */
  @OrNull() @ListOf(() => ProductSnapshotDto, 0, 500) products!: ProductSnapshotDto[] | null;
  /** How far the parcel is. */
  @OneOf(phases) phase!: Phase;
  /** When this phase began, UTC. */
  @Time() phase_since!: string;
  /** The parcel's health. */
  @OneOf(flags) flag!: Flag;
  /** When it is expected. */
  @OrNull() @Nested(() => EstimatedArrivalSnapshotDto) estimated_arrival!: EstimatedArrivalSnapshotDto | null;
  /** When it was picked up, UTC. */
  @OrNull() @Time() picked_up_at!: string | null;
  /** Whether the parcel has an event of flag effect `delay`. */
  @Bool() had_delay!: boolean;
}

/** Summary of a fulfilled slot; never differs from it. */
export class TrackingDto {
  /** The parcel's id. */
  @Uuid() shipment_id!: string;
  /** The parcel's number. */
  @TrackingNumber() tracking_number!: string;
  /** The carrier. */
  @Carrier() carrier_reference!: string;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** How far the parcel is. */
  @OneOf(phases) phase!: Phase;
  /** The parcel's health. */
  @OneOf(flags) flag!: Flag;
  /** When it is expected. */
  @OrNull() @Nested(() => EstimatedArrivalSnapshotDto) estimated_arrival!: EstimatedArrivalSnapshotDto | null;
  /** `customer_merchant` for a return parcel. */
  @OneOf(directions) direction!: Direction;
}

/** The whole order right after a fact. What is unknown is null, [] or {}. */
export class OrderSnapshotDto {
  /** The order's id. */
  @Uuid() uuid!: string;
  /** The shop. */
  @ShopSlug() shop_slug!: string;
  /** Number that the customer types. */
  @Text(64) order_number!: string;
  /** Display name, not unique. */
  @OrNull() @Text(64) order_name!: string | null;
  /** Id in the shop system; the order number when none was given. */
  @Text(128) external_id!: string;
  /** Registered customer; null for guests. */
  @OrNull() @Text(128) external_customer_id!: string | null;
  /** Business time of the purchase, UTC. */
  @Time() order_placed_at!: string;
  /** Grand total with tax, major units. */
  @OrNull() @Amount() total_order_price!: number | null;
  /** Shipping, major units. */
  @OrNull() @Amount() shipping_price!: number | null;
  /** Items before shipping and discounts, major units. */
  @OrNull() @Amount() sub_total_price!: number | null;
  /** Sum of discounts, major units, never negative. */
  @Amount() discount_price!: number;
  /** ISO 4217. */
  @Currency() currency!: string;
  /** Line items. */
  @ListOf(() => ProductSnapshotDto, 0, 500) products!: ProductSnapshotDto[];
  /** Codes used. */
  @ListOf(() => OrderDiscountSnapshotDto, 0, 50) discounts!: OrderDiscountSnapshotDto[];
  /** As sent. */
  @OrNull() @Email() email_id!: string | null;
  /** Shipping destination. */
  @Nested(() => AddressSnapshotDto) address!: AddressSnapshotDto;
  /** Audience labels. */
  @TextList(128, 200) segments!: string[];
  /** The segments used for campaigns: frozen once the order is fulfilled. */
  @TextList(128, 200) campaign_segments!: string[];
  /** Total weight, grams. */
  @OrNull() @Value(grams) weight!: number | null;
  /** Attribution. */
  @Analytics() order_analytics!: AnalyticsMap;
  /** Parcels that the customer should expect. */
  @Int(1, 100) expected_number_of_shipments!: number;
  /** Derived from the slots. */
  @OneOf(orderStatuses) status!: OrderStatus;
  /** True in `partially_fulfilled` and in `fulfilled`. */
  @Bool() is_fulfilled!: boolean;
  /** Smallest tracking_placed_at of the fulfilled forward slots, UTC. */
  @OrNull() @Time() first_dispatched_at!: string | null;
  /** When it was cancelled, UTC. */
  @OrNull() @Time() cancelled_at!: string | null;
  /** Why it was cancelled. */
  @OrNull() @Text(500) cancellation_reason!: string | null;
  /** The slots by ordinal. */
  @ListOf(() => SlotDto, 0, 200) shipments!: SlotDto[];
  /** One entry per fulfilled slot, by ordinal. */
  @ListOf(() => TrackingDto, 0, 200) trackings!: TrackingDto[];
  /** Command time of the first fact, UTC. */
  @Time() created_at!: string;
  /** Command time of the last fact, UTC. */
  @Time() updated_at!: string;
}
