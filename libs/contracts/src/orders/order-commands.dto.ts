import { Carrier, MaybeText, Time, Uuid } from '../rules/as-sent';
import {
  Analytics,
  Bool,
  Int,
  ListOf,
  ListOfSeparate,
  Nested,
  OneOf,
  Optional,
  OrNull,
  ShopSlug,
  Url,
  Value,
  Whole,
} from '../rules/decorators';
import { atLeastOneOf, orderReference } from '../rules/wholes';
import type { AnalyticsMap } from '../values/analytics-map';
import { AddressDto } from './address.dto';
import { EstimatedArrivalDto } from './estimated-arrival.dto';
import { OrderInputDto } from './order-input.dto';
import { ProductDto } from './product.dto';
import { TrackingInputDto } from './tracking-input.dto';
import { flags, idTypes, phases, type Flag, type IdType, type Phase } from './vocabulary';

/** Which order is meant. */
class OrderReferenceDto {
  /** Order number, external id or order id, as id_type says. */
  @Value(orderReference) id!: string;
  /** What kind of id `id` is. Default `order_number`. */
  @Optional() @OneOf(idTypes) id_type?: IdType;
}

/** Which order of which shop is meant. */
class ShopOrderReferenceDto extends OrderReferenceDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
}

/** Creates or changes an order and hands its parcels over. */
export class UpsertOrderDto extends ShopOrderReferenceDto {
  /** What to store; absent: the order must be known. */
  @Optional() @Nested(() => OrderInputDto) order?: OrderInputDto;
  /** Parcels to attach or to update; only adds or updates. */
  @Optional() @ListOf(() => TrackingInputDto, 0, 100) trackings?: TrackingInputDto[];
  /** Attribution; replaces the whole map. {} and null clear it. */
  @Optional() @OrNull() @Analytics() order_analytics?: AnalyticsMap | null;
}

/** Creates an order and refuses when it exists. */
export class PlaceOrderDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** What to store. */
  @Nested(() => OrderInputDto) order!: OrderInputDto;
  /** Attribution; replaces the whole map. {} and null clear it. */
  @Optional() @OrNull() @Analytics() order_analytics?: AnalyticsMap | null;
}

/** Changes the destination or the expected number of parcels. */
@Whole(atLeastOneOf('address', 'expected_number_of_shipments'))
export class UpdateOrderDto extends ShopOrderReferenceDto {
  /** Merged field by field. */
  @Optional() @Nested(() => AddressDto) address?: AddressDto;
  /** Parcels that the customer should expect. */
  @Optional() @Int(1, 100) expected_number_of_shipments?: number;
}

/** Changes what is known of one parcel. */
@Whole(atLeastOneOf('tracking_url', 'products'))
export class UpdateShipmentDto extends ShopOrderReferenceDto {
  /** The parcel's slot. */
  @Uuid() shipment_id!: string;
  /** The carrier's page. */
  @Optional() @OrNull() @Url() tracking_url?: string | null;
  /** What is inside; null: all products of the order. */
  @Optional() @OrNull() @ListOf(() => ProductDto, 0, 500) products?: ProductDto[] | null;
}

/** One item of a bulk: an upsert with at least one parcel. */
export class BulkItemDto extends OrderReferenceDto {
  /** What to store; absent: the order must be known. */
  @Optional() @Nested(() => OrderInputDto) order?: OrderInputDto;
  /** Parcels to attach or to update. */
  @ListOf(() => TrackingInputDto, 1, 100) trackings!: TrackingInputDto[];
  /** Attribution; replaces the whole map. {} and null clear it. */
  @Optional() @OrNull() @Analytics() order_analytics?: AnalyticsMap | null;
}

/** Many independent upserts of one shop. */
export class BulkFulfilOrdersDto {
  /** The shop of all items. */
  @ShopSlug() shop_slug!: string;
  /** Each is validated and applied on its own, in this order. */
  @ListOfSeparate(() => BulkItemDto, 1, 500) items!: BulkItemDto[];
}

/** Replaces an order's attribution. */
export class UpsertOrderAnalyticsDto extends ShopOrderReferenceDto {
  /** Replaces the whole map. {} and null clear it. */
  @OrNull() @Analytics() order_analytics!: AnalyticsMap | null;
}

/** Cancels an order of which no parcel was dispatched. */
export class CancelOrderDto extends ShopOrderReferenceDto {
  /** Why. */
  @Optional() @MaybeText(500) reason?: string;
  /** When it was cancelled. Default: the command's time. */
  @Optional() @Time() cancelled_at?: string;
}

/** Internal: what the order shows of a parcel's life. Sent by the reaction to shipment facts only. */
export class RecordShipmentProgressDto extends ShopOrderReferenceDto {
  /** The parcel's slot. */
  @Uuid() shipment_id!: string;
  /** Number of the shipment fact that says this. */
  @Int(1, Number.MAX_SAFE_INTEGER) shipment_sequence!: number;
  /** How far the parcel is. */
  @OneOf(phases) phase!: Phase;
  /** When this phase began. */
  @Time() phase_since!: string;
  /** The parcel's health. */
  @OneOf(flags) flag!: Flag;
  /** When it is expected. */
  @Optional() @OrNull() @Nested(() => EstimatedArrivalDto) estimated_arrival?: EstimatedArrivalDto | null;
  /** When it was picked up. */
  @Optional() @OrNull() @Time() picked_up_at?: string | null;
  /** Whether an event of flag effect `delay` is recorded. */
  @Bool() had_delay!: boolean;
  /** The carrier; used only while the slot has `unknown`. */
  @Optional() @OrNull() @Carrier() carrier_reference?: string | null;
}
