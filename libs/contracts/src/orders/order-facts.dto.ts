import { Carrier, Text, TextList, Time, TrackingNumber, Uuid } from '../rules/as-kept';
import {
  AllOptional,
  Analytics,
  Bool,
  Int,
  ListOf,
  Nested,
  OneOf,
  OrNull,
  ShopSlug,
  Url,
} from '../rules/decorators';
import type { AnalyticsMap } from '../values/analytics-map';
import { OrderSnapshotDto } from './order-snapshot.dto';
import { ProductSnapshotDto } from './product-snapshot.dto';
import { directions, orderStatuses, updateOrigins } from './vocabulary';
import type { Direction, OrderStatus, UpdateOrigin } from './vocabulary';

/** What every fact of an order carries. */
export class OrderFactDto {
  /** The shop. */
  @ShopSlug() shop_slug!: string;
  /** The order's id. */
  @Uuid() order_id!: string;
  /** Number that the customer types. */
  @Text(64) order_number!: string;
  /** The order right after this fact. */
  @Nested(() => OrderSnapshotDto) order!: OrderSnapshotDto;
}

/** One slot by name. */
export class SlotReferenceDto {
  /** The parcel's id. */
  @Uuid() shipment_id!: string;
  /** Number of the slot, from 1. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
}

/** An order was made. */
export class OrderPlacedDto extends OrderFactDto {
  /** Business time of the purchase, UTC. */
  @Time() placed_at!: string;
  /** The drafts created. */
  @ListOf(() => SlotReferenceDto, 0, 200) shipments!: SlotReferenceDto[];
}

/** What changed of an order: new value per name, in `shipments` only the changed slots. */
@AllOptional()
export class OrderChangesDto extends OrderSnapshotDto {}

/** Fields of an order or of its slots changed. */
export class OrderUpdatedDto extends OrderFactDto {
  /** `shipment`: a parcel's progress. */
  @OneOf(updateOrigins) origin!: UpdateOrigin;
  /** Names of the changed top-level fields; `shipments` when a slot changed. */
  @TextList(64, 100) changed!: string[];
  /** New value per name; for `shipments` only the changed slots. */
  @Nested(() => OrderChangesDto) changes!: Partial<OrderSnapshotDto>;
}

/** Another number of parcels is expected. */
export class OrderShipmentsExpectedChangedDto extends OrderFactDto {
  /** Expected before. */
  @Int(1, 100) from!: number;
  /** Expected now. */
  @Int(1, 100) to!: number;
  /** Drafts added. */
  @ListOf(() => SlotReferenceDto, 0, 200) added!: SlotReferenceDto[];
  /** Drafts removed. */
  @ListOf(() => SlotReferenceDto, 0, 200) removed!: SlotReferenceDto[];
}

/** A parcel got its tracking number. */
export class OrderShipmentDispatchedDto extends OrderFactDto {
  /** The parcel's id. */
  @Uuid() shipment_id!: string;
  /** Number of its slot. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** `customer_merchant` for a return parcel. */
  @OneOf(directions) direction!: Direction;
  /** The parcel's number. */
  @TrackingNumber() tracking_number!: string;
  /** The carrier. */
  @Carrier() carrier_reference!: string;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** When the parcel was handed over, UTC. */
  @Time() tracking_placed_at!: string;
  /** The shop system's fulfilment id. */
  @OrNull() @Text(128) external_shipment_id!: string | null;
  /** What is inside; null: all products of the order. */
  @OrNull() @ListOf(() => ProductSnapshotDto, 0, 500) products!: ProductSnapshotDto[] | null;
  /** True: no draft was taken, the slot is new. */
  @Bool() appended!: boolean;
}

class OrderStatusChangedDto extends OrderFactDto {
  /** Status before the command; null at creation. */
  @OrNull() @OneOf(orderStatuses) previous_status!: OrderStatus | null;
  /** Fulfilled forward slots. */
  @Int(0, 100) fulfilled_shipments!: number;
  /** Draft slots. */
  @Int(0, 100) draft_shipments!: number;
}

/** Every parcel is on its way. */
export class OrderFulfilledDto extends OrderStatusChangedDto {}

/** Some parcels are on their way, others are still drafts. */
export class OrderPartiallyFulfilledDto extends OrderStatusChangedDto {}

/** The attribution changed. */
export class OrderAttributedDto extends OrderFactDto {
  /** The map now. */
  @Analytics() order_analytics!: AnalyticsMap;
  /** The map before. */
  @Analytics() previous_order_analytics!: AnalyticsMap;
}

/** The order was cancelled. */
export class OrderCancelledDto extends OrderFactDto {
  /** When, UTC. */
  @Time() cancelled_at!: string;
  /** Why. */
  @OrNull() @Text(500) reason!: string | null;
  /** The slots removed. */
  @ListOf(() => SlotReferenceDto, 0, 200) shipments!: SlotReferenceDto[];
}
