import type {
  AdditionalInfoSnapshotDto,
  Carrier,
  ComponentSnapshotDto,
  Direction,
  EventGroup,
  EventOrigin,
  Flag,
  LocationSnapshotDto,
  Phase,
  PickupAddressSnapshotDto,
  PickupSnapshotDto,
  ProductSnapshotDto,
  WithdrawalCause,
} from '@waybill/contracts';

export interface EstimatedArrival {
  readonly from: string | null;
  readonly to: string;
  readonly predictedAt: string;
}

// what a parcel only hands on is kept in the form in which facts show it
export type Location = Readonly<LocationSnapshotDto>;
export type AdditionalInfo = Readonly<AdditionalInfoSnapshotDto>;
export type PickupAddress = Readonly<PickupAddressSnapshotDto>;
export type Pickup = Readonly<Omit<PickupSnapshotDto, 'address'>> & {
  readonly address: PickupAddress | null;
};
export type Item = Readonly<ComponentSnapshotDto>;
export type Product = Readonly<ProductSnapshotDto>;

/** One entry of a parcel's history. What the catalogue said of its name stays as it was when it was recorded. */
export interface RecordedEvent {
  readonly eventId: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly timezone: string | null;
  readonly origin: EventOrigin;
  readonly externalId: string | null;
  readonly phase: Phase | null;
  readonly eventGroup: EventGroup | null;
  /** What it says of the parcel's health; beside the published event. */
  readonly flagEffect: Flag | null;
  readonly location: Location | null;
  readonly additionalInfo: AdditionalInfo | null;
  readonly estimatedArrival: EstimatedArrival | null;
  readonly pickup: Pickup | null;
  readonly recordedAt: string;
}

interface ShipmentBase {
  readonly shipmentId: string;
  readonly shopSlug: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly ordinal: number;
  /** What is inside; null: all products of the order. */
  readonly products: readonly Product[] | null;
  /** The greatest estimate of all that the parcel was ever told. */
  readonly estimatedArrival: EstimatedArrival | null;
  /** Moment of the check that found it overdue; null: none did, or a later estimate has ended that. */
  readonly overdueAsOf: string | null;
  /** The history, oldest first by `compareEvents`. */
  readonly events: readonly RecordedEvent[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DraftShipment extends ShipmentBase {
  readonly status: 'draft';
  readonly direction: 'merchant_customer';
  readonly placedAt: string;
}

/** What a parcel gets with its number. */
export interface Attachment {
  readonly direction: Direction;
  readonly trackingNumber: string;
  readonly carrier: Carrier;
  readonly trackingUrl: string | null;
  readonly trackingPlacedAt: string;
  readonly externalShipmentId: string | null;
}

export interface FulfilledShipment extends ShipmentBase, Attachment {
  readonly status: 'fulfilled';
  /** Who said which carrier it is: the order, which holds the number of that carrier, or only a carrier's message. */
  readonly carrierFrom: 'order' | 'carrier';
  /** Command time of the attachment: what was kept for the number is recorded with it. */
  readonly attachedAt: string;
}

/** The end of a draft; it keeps its last phase. */
export interface WithdrawnShipment extends ShipmentBase {
  readonly status: 'withdrawn';
  readonly direction: 'merchant_customer';
  readonly placedAt: string;
  readonly cause: WithdrawalCause;
  readonly withdrawnAt: string;
}

export type Shipment = DraftShipment | FulfilledShipment | WithdrawnShipment;

/** By this a message of a carrier finds its parcel. */
export const numberKey = (shopSlug: string, carrier: Carrier, trackingNumber: string): string =>
  `${shopSlug}/${carrier}/${trackingNumber}`;

/** Not unique: for a moment two parcels of a shop may have the same carrier and number (domain 3.7). */
export const numberKeys = (shipment: Shipment): string[] =>
  shipment.status === 'fulfilled'
    ? [numberKey(shipment.shopSlug, shipment.carrier, shipment.trackingNumber)]
    : [];
