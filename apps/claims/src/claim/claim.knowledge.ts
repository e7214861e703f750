import type { AddressSnapshotDto, Phase, ProductSnapshotDto, ShipmentStatus } from '@waybill/contracts';

/** What the claims service knows of a parcel, in the form in which facts show it. */
export interface KnownParcel {
  readonly shipmentId: string;
  readonly shopSlug: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly status: ShipmentStatus;
  /** Null while draft. */
  readonly carrier: string | null;
  /** Null while draft. */
  readonly trackingNumber: string | null;
  /** Null while draft. */
  readonly trackingPlacedAt: string | null;
  readonly phase: Phase;
  readonly pickedUpAt: string | null;
  /** What is inside; null: all products of the order. */
  readonly products: readonly Readonly<ProductSnapshotDto>[] | null;
}

/** What the claims service knows of an order, in the form in which facts show it: amounts in major units. */
export interface KnownOrder {
  readonly orderId: string;
  readonly shopSlug: string;
  readonly orderNumber: string;
  readonly currency: string;
  readonly address: Readonly<AddressSnapshotDto>;
  readonly products: readonly Readonly<ProductSnapshotDto>[];
  readonly campaignSegments: readonly string[];
}

/** What the copies answer for one `create-claim`; null: not heard of. */
export interface Knowledge {
  readonly parcel: KnownParcel | null;
  readonly order: KnownOrder | null;
}

/** How a claim names its parcel, normalised; null: not given. A carrier `unknown` is none. */
export interface ParcelReference {
  readonly shipmentId: string | null;
  readonly trackingNumber: string | null;
  readonly carrier: string | null;
}

/** Whether number and carrier, where given, are the parcel's own. */
export const fitsParcel = ({ trackingNumber, carrier }: ParcelReference, parcel: KnownParcel): boolean =>
  (trackingNumber === null || trackingNumber === parcel.trackingNumber) &&
  (carrier === null || carrier === parcel.carrier);
