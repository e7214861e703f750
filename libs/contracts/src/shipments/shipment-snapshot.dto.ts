import { EstimatedArrivalSnapshotDto } from '../orders/estimated-arrival.dto';
import { ProductSnapshotDto } from '../orders/product-snapshot.dto';
import { directions, flags, phases, type Direction, type Flag, type Phase } from '../orders/vocabulary';
import { Carrier, Text, Time, TrackingNumber, Uuid } from '../rules/as-kept';
import { Bool, Int, ListOf, Nested, OneOf, OrNull, ShopSlug, Url, Value } from '../rules/decorators';
import { AdditionalInfoSnapshotDto } from './additional-info.dto';
import { LocationSnapshotDto } from './location.dto';
import { PickupSnapshotDto } from './pickup.dto';
import { eventName, keptEventGroup, keptTimezone } from './shipment-rules';
import {
  eventOrigins,
  maxReportedEvents,
  maxSystemEvents,
  shipmentStates,
  shipmentStatuses,
  type EventOrigin,
  type ShipmentState,
  type ShipmentStatus,
} from './vocabulary';

/** Something that happened to one parcel, recorded once. */
export class ShipmentEventDto {
  /** Follows from what is recorded, so a repeated report has the same one. */
  @Uuid() event_id!: string;
  /** What happened: a name of the event catalogue, or any other. */
  @Value(eventName) event_name!: string;
  /** When it happened, UTC. */
  @Time() event_time!: string;
  /** IANA name of the zone where it happened. */
  @OrNull() @Value(keptTimezone) timezone!: string | null;
  /** Who reported it. */
  @OneOf(eventOrigins) origin!: EventOrigin;
  /** The reporter's own id. */
  @OrNull() @Text(128) external_id!: string | null;
  /** From the event catalogue; null for names outside of it. */
  @OrNull() @OneOf(phases) phase!: Phase | null;
  /** Notification bucket, from the event catalogue and the direction; null: nobody is notified. */
  @OrNull() @Value(keptEventGroup) event_group!: string | null;
  /** The parcel's. */
  @OneOf(directions) direction!: Direction;
  /** Where it happened. */
  @OrNull() @Nested(() => LocationSnapshotDto) location!: LocationSnapshotDto | null;
  /** What else was said. */
  @OrNull() @Nested(() => AdditionalInfoSnapshotDto) additional_info!: AdditionalInfoSnapshotDto | null;
  /** The estimate that came with it; not always the parcel's. */
  @OrNull() @Nested(() => EstimatedArrivalSnapshotDto) estimated_arrival!: EstimatedArrivalSnapshotDto | null;
  /** The pickup point that came with it. */
  @OrNull() @Nested(() => PickupSnapshotDto) pickup!: PickupSnapshotDto | null;
  /** Command time of the report, UTC. */
  @Time() recorded_at!: string;
}

/** The whole parcel right after a fact. What is unknown is null or []. */
export class ShipmentSnapshotDto {
  /** The parcel's id. */
  @Uuid() shipment_id!: string;
  /** The shop. */
  @ShopSlug() shop_slug!: string;
  /** The order that it belongs to. */
  @Uuid() order_id!: string;
  /** The order's number. */
  @Text(64) order_number!: string;
  /** Number of the order's slot, from 1. */
  @Int(1, Number.MAX_SAFE_INTEGER) ordinal!: number;
  /** `draft` until it has a tracking number. */
  @OneOf(shipmentStatuses) status!: ShipmentStatus;
  /** `customer_merchant` for a return parcel; never changes. */
  @OneOf(directions) direction!: Direction;
  /** The parcel's number; null while draft. */
  @OrNull() @TrackingNumber() tracking_number!: string | null;
  /** The carrier; null while draft. */
  @OrNull() @Carrier() carrier_reference!: string | null;
  /** The carrier's page. */
  @OrNull() @Url() tracking_url!: string | null;
  /** When it was handed over, UTC; null while draft. */
  @OrNull() @Time() tracking_placed_at!: string | null;
  /** The shop system's fulfilment id. */
  @OrNull() @Text(128) external_shipment_id!: string | null;
  /** What is inside; null: all products of the order. */
  @OrNull() @ListOf(() => ProductSnapshotDto, 0, 500) products!: ProductSnapshotDto[] | null;
  /** How far it is: follows from the events, whatever order they came in. */
  @OneOf(phases) phase!: Phase;
  /** When this phase began, UTC. */
  @Time() phase_since!: string;
  /** Coarse view of the phase. */
  @OneOf(shipmentStates) state!: ShipmentState;
  /** Its health. */
  @OneOf(flags) flag!: Flag;
  /** When it is expected: the newest estimate of all that it was ever told. */
  @OrNull() @Nested(() => EstimatedArrivalSnapshotDto) estimated_arrival!: EstimatedArrivalSnapshotDto | null;
  /** phase_since while the phase is `delivered`, UTC. */
  @OrNull() @Time() delivered_at!: string | null;
  /** Whether an event of flag effect `delay` is recorded. */
  @Bool() had_delay!: boolean;
  /** When it was picked up, UTC. */
  @OrNull() @Time() picked_up_at!: string | null;
  /** Where it waits, or who took it. */
  @OrNull() @Nested(() => PickupSnapshotDto) pickup!: PickupSnapshotDto | null;
  /** The history, oldest first by event time, phase and event id. */
  @ListOf(() => ShipmentEventDto, 0, maxReportedEvents + maxSystemEvents) events!: ShipmentEventDto[];
  /** Command time of the first fact, UTC. */
  @Time() created_at!: string;
  /** Command time of the last fact, UTC. */
  @Time() updated_at!: string;
}
