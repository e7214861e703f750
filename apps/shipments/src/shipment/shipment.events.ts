import type { Flag, Phase, WithdrawalCause } from '@waybill/contracts';
import type {
  Attachment,
  EstimatedArrival,
  FulfilledShipment,
  Product,
  RecordedEvent,
} from './shipment.state';

interface Event {
  /** Command time, the only "now" that a decision knows. */
  readonly at: string;
}

/** Who the parcel is; with its first event it begins. */
export interface Identity {
  readonly shipmentId: string;
  readonly shopSlug: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly ordinal: number;
}

export interface ShipmentDrafted extends Event, Identity {
  readonly type: 'ShipmentDrafted';
  readonly placedAt: string;
}

export interface ShipmentFulfilled extends Event, Identity {
  readonly type: 'ShipmentFulfilled';
  readonly attachment: Attachment;
  readonly products: readonly Product[] | null;
  readonly wasDraft: boolean;
}

export interface ShipmentEventRecorded extends Event {
  readonly type: 'ShipmentEventRecorded';
  readonly event: RecordedEvent;
  readonly wasKept: boolean;
}

/** Fields that a `shipment-updated` may name, in the order in which it names them (domain 3.9). */
export const updatedFields = [
  'carrier_reference',
  'tracking_url',
  'external_shipment_id',
  'products',
  'estimated_arrival',
  'pickup',
  'phase_since',
  'picked_up_at',
  'had_delay',
] as const;
export type UpdatedField = (typeof updatedFields)[number];

/** New values that do not follow from a recorded event. */
export type Details = Partial<
  Pick<FulfilledShipment, 'carrier' | 'carrierFrom' | 'trackingUrl' | 'externalShipmentId' | 'products'>
> & { readonly estimatedArrival?: EstimatedArrival };

export interface ShipmentUpdated extends Event {
  readonly type: 'ShipmentUpdated';
  readonly changed: readonly UpdatedField[];
  readonly details: Details;
}

export interface ShipmentPhaseChanged extends Event {
  readonly type: 'ShipmentPhaseChanged';
  readonly from: Phase;
  readonly to: Phase;
  readonly since: string;
  /** Null: no event decides. */
  readonly eventId: string | null;
}

export interface ShipmentFlagged extends Event {
  readonly type: 'ShipmentFlagged';
  readonly from: Flag;
  readonly to: Flag;
  /** Null: no event decides. */
  readonly eventId: string | null;
  /** Moment of the check that made it overdue; null: the flag does not rest on one. */
  readonly asOf: string | null;
}

export interface ShipmentWithdrawn extends Event {
  readonly type: 'ShipmentWithdrawn';
  readonly cause: WithdrawalCause;
  readonly withdrawnAt: string;
}

/** What may have happened to a shipment; each is one fact of the catalogue. */
export type ShipmentEvent =
  | ShipmentDrafted
  | ShipmentFulfilled
  | ShipmentEventRecorded
  | ShipmentUpdated
  | ShipmentPhaseChanged
  | ShipmentFlagged
  | ShipmentWithdrawn;
