import { ProductDto } from '../orders/product.dto';
import { directions, type Direction } from '../orders/vocabulary';
import { Carrier, MaybeText, OrderNumber, Text, Time, TrackingNumber, Uuid } from '../rules/as-sent';
import {
  Bool,
  Int,
  ListOf,
  Nested,
  OneOf,
  Optional,
  OrNull,
  ShopSlug,
  Url,
  Value,
  Whole,
} from '../rules/decorators';
import { fromNotAfterTo } from '../rules/wholes';
import { AdditionalInfoDto } from './additional-info.dto';
import { LocationDto } from './location.dto';
import { PickupDto } from './pickup.dto';
import { eventName, namedOneWay, scanCarrier, timezone } from './shipment-rules';
import { withdrawalCauses, type WithdrawalCause } from './vocabulary';

/** Which parcel of which order is meant. */
class OrderShipmentReferenceDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** The order that the parcel belongs to. */
  @Uuid() order_id!: string;
  /** The order's number. */
  @OrderNumber() order_number!: string;
  /** The parcel. */
  @Uuid() shipment_id!: string;
}

/** Internal: the order expects this parcel. */
export class DraftShipmentDto extends OrderShipmentReferenceDto {
  /** Number of the order's slot, from 1. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** When the parcel was ordered. */
  @Time() placed_at!: string;
}

/** Internal: the order gave this parcel its tracking number. */
export class FulfilShipmentDto extends OrderShipmentReferenceDto {
  /** Number of the order's slot, from 1. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** `customer_merchant` for a return parcel. */
  @OneOf(directions) direction!: Direction;
  /** The parcel's number. */
  @TrackingNumber() tracking_number!: string;
  /** The carrier; `unknown` until a scan tells it. */
  @Carrier() carrier_reference!: string;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** When the parcel was handed over. */
  @Time() tracking_placed_at!: string;
  /** The shop system's fulfilment id. */
  @OrNull() @MaybeText(128) external_shipment_id!: string | null;
  /** What is inside; null: all products of the order. */
  @OrNull() @ListOf(() => ProductDto, 0, 500) products!: ProductDto[] | null;
  /** True: no draft was taken, the slot is new. */
  @Bool() appended!: boolean;
}

/** Internal: what the order's slot says of the parcel. */
export class UpdateShipmentDetailsDto extends OrderShipmentReferenceDto {
  /** The carrier; `unknown` never replaces a known one. null while draft. */
  @OrNull() @Carrier() carrier_reference!: string | null;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** The shop system's fulfilment id. */
  @OrNull() @MaybeText(128) external_shipment_id!: string | null;
  /** What is inside; null: all products of the order. */
  @OrNull() @ListOf(() => ProductDto, 0, 500) products!: ProductDto[] | null;
}

/** Internal: the order does not expect this parcel any more. */
export class WithdrawShipmentDto extends OrderShipmentReferenceDto {
  /** Why. */
  @OneOf(withdrawalCauses) cause!: WithdrawalCause;
  /** When. */
  @Time() at!: string;
}

/** Internal: looks whether the parcel should have arrived. Sent by the timer only. */
export class CheckEstimatedArrivalDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** The parcel. */
  @Uuid() shipment_id!: string;
  /** The moment that the estimate is compared with. */
  @Time() as_of!: string;
}

/** The estimate that a scan carries. */
@Whole(fromNotAfterTo)
export class ScanEstimateDto {
  /** Begin of the period; null: only its end is known. */
  @Optional() @OrNull() @Time() from?: string | null;
  /** End of the period. */
  @Time() to!: string;
  /** When this estimate was made. Default: the scan's event_time. */
  @Optional() @Time() predicted_at?: string;
}

/** Something that a carrier says of a parcel. Kept while the number is not known yet. */
export class RecordScanDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** Who scanned it; `unknown` is refused. */
  @Value(scanCarrier) carrier_reference!: string;
  /** White space is removed, letters are raised. */
  @TrackingNumber() tracking_number!: string;
  /** What happened: a name of the event catalogue, or any other. */
  @Value(eventName) event_name!: string;
  /** When it happened. */
  @Time() event_time!: string;
  /** The carrier's own id of the scan; recognises a repeated one. */
  @Optional() @OrNull() @MaybeText(128) external_id?: string | null;
  /** IANA name of the zone where it happened. */
  @Optional() @OrNull() @Value(timezone) timezone?: string | null;
  /** Where it happened. */
  @Optional() @OrNull() @Nested(() => LocationDto) location?: LocationDto | null;
  /** What else the carrier said. */
  @Optional() @OrNull() @Nested(() => AdditionalInfoDto) additional_info?: AdditionalInfoDto | null;
  /** When the carrier expects the parcel to arrive. */
  @Optional() @OrNull() @Nested(() => ScanEstimateDto) estimated_arrival?: ScanEstimateDto | null;
  /** Where the parcel waits, or who took it. */
  @Optional() @OrNull() @Nested(() => PickupDto) pickup?: PickupDto | null;
}

/** Something that the merchant says of a parcel. */
export class AddShipmentEventDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** The parcel. */
  @Uuid() shipment_id!: string;
  /** What happened: a name of the event catalogue, or any other. */
  @Value(eventName) event_name!: string;
  /** When it happened. */
  @Time() event_time!: string;
  /** The merchant's own id of the event; recognises a repeated one. */
  @Text(128) external_id!: string;
  /** IANA name of the zone where it happened. */
  @Optional() @OrNull() @Value(timezone) timezone?: string | null;
  /** Where it happened. */
  @Optional() @OrNull() @Nested(() => LocationDto) location?: LocationDto | null;
  /** What else there is to say. */
  @Optional() @OrNull() @Nested(() => AdditionalInfoDto) additional_info?: AdditionalInfoDto | null;
}

/** Says when a parcel is expected. Named by its number, it is kept while that is not known yet. */
@Whole(namedOneWay)
@Whole(fromNotAfterTo)
export class UpdateEstimatedArrivalDto {
  /** The shop; never changes. */
  @ShopSlug() shop_slug!: string;
  /** The parcel; or carrier and number instead. */
  @Optional() @Uuid() shipment_id?: string;
  /** The carrier, together with the number; `unknown` counts as absent. */
  @Optional() @Carrier() carrier_reference?: string;
  /** White space is removed, letters are raised. */
  @Optional() @TrackingNumber() tracking_number?: string;
  /** Begin of the period; null: only its end is known. */
  @Optional() @OrNull() @Time() from?: string | null;
  /** End of the period. */
  @Time() to!: string;
  /** When this estimate was made. Default: the command's time. */
  @Optional() @Time() predicted_at?: string;
}
