import { ProductSnapshotDto } from '../orders/product-snapshot.dto';
import { directions, flags, phases, type Direction, type Flag, type Phase } from '../orders/vocabulary';
import { Carrier, Text, TextList, Time, TrackingNumber, Uuid } from '../rules/as-kept';
import { Bool, Int, ListOf, Nested, OneOf, OrNull, ShopSlug, Url, Value } from '../rules/decorators';
import { object } from '../rules/rule';
import { ShipmentEventDto, ShipmentSnapshotDto } from './shipment-snapshot.dto';
import { withdrawalCauses, type WithdrawalCause } from './vocabulary';

/** What every fact of a shipment carries. */
export class ShipmentFactDto {
  /** The shop. */
  @ShopSlug() shop_slug!: string;
  /** The order that the parcel belongs to. */
  @Uuid() order_id!: string;
  /** The order's number. */
  @Text(64) order_number!: string;
  /** The parcel's id. */
  @Uuid() shipment_id!: string;
  /** The parcel right after this fact. */
  @Nested(() => ShipmentSnapshotDto) shipment!: ShipmentSnapshotDto;
}

/** A parcel is expected. */
export class ShipmentDraftedDto extends ShipmentFactDto {
  /** Number of the order's slot, from 1. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** When it was ordered, UTC. */
  @Time() placed_at!: string;
}

/** A parcel has its tracking number. */
export class ShipmentFulfilledDto extends ShipmentFactDto {
  /** Number of the order's slot, from 1. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** `customer_merchant` for a return parcel. */
  @OneOf(directions) direction!: Direction;
  /** The parcel's number. */
  @TrackingNumber() tracking_number!: string;
  /** The carrier. */
  @Carrier() carrier_reference!: string;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** When it was handed over, UTC. */
  @Time() tracking_placed_at!: string;
  /** The shop system's fulfilment id. */
  @OrNull() @Text(128) external_shipment_id!: string | null;
  /** What is inside; null: all products of the order. */
  @OrNull() @ListOf(() => ProductSnapshotDto, 0, 500) products!: ProductSnapshotDto[] | null;
  /** False: it was not expected before, this is its first fact. */
  @Bool() was_draft!: boolean;
}

/** Fields of a parcel changed. */
export class ShipmentUpdatedDto extends ShipmentFactDto {
  /** Names of the changed fields. */
  @TextList(64, 100) changed!: string[];
  /** New value per name. */
  @Value(object) changes!: Record<string, unknown>;
}

/** Something that happened to a parcel was recorded. */
export class ShipmentEventRecordedDto extends ShipmentFactDto {
  /** What happened. */
  @Nested(() => ShipmentEventDto) event!: ShipmentEventDto;
  /** The parcel's phase at this moment. */
  @OneOf(phases) phase!: Phase;
  /** True: it was reported before the tracking number was known. */
  @Bool() was_kept!: boolean;
}

/** A parcel is in another phase. */
export class ShipmentPhaseChangedDto extends ShipmentFactDto {
  /** Phase before. */
  @OneOf(phases) from!: Phase;
  /** Phase now. */
  @OneOf(phases) to!: Phase;
  /** When this phase began, UTC. */
  @Time() since!: string;
  /** The event that decides; null: none does. */
  @OrNull() @Uuid() event_id!: string | null;
}

/** A parcel's health changed. */
export class ShipmentFlaggedDto extends ShipmentFactDto {
  /** Flag before. */
  @OneOf(flags) from!: Flag;
  /** Flag now. */
  @OneOf(flags) to!: Flag;
  /** The event that decides; null: none does. */
  @OrNull() @Uuid() event_id!: string | null;
  /** Moment of the check that found it overdue, UTC; null: no check made this change. */
  @OrNull() @Time() as_of!: string | null;
}

/** A parcel is not expected any more. */
export class ShipmentWithdrawnDto extends ShipmentFactDto {
  /** Why. */
  @OneOf(withdrawalCauses) cause!: WithdrawalCause;
  /** When, UTC. */
  @Time() at!: string;
}
