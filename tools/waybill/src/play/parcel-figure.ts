import type { ParcelFigure } from '../olist/independent-parcels';

/** As much of a parcel's snapshot as the figures need; the HTTP door shows the same shape. */
export interface ParcelSnapshot {
  readonly shipment_id: string;
  readonly order_id: string;
  readonly order_number: string;
  readonly ordinal: number;
  readonly status: string;
  readonly phase: string;
  readonly phase_since: string;
  readonly flag: string;
  readonly picked_up_at: string | null;
  readonly delivered_at: string | null;
  readonly estimated_arrival: { readonly to: string } | null;
  readonly events: readonly object[];
}

/** How far a parcel is as it was published. */
export const parcelFigure = (parcel: ParcelSnapshot): ParcelFigure => ({
  status: parcel.status,
  phase: parcel.phase,
  since: parcel.phase_since,
  flag: parcel.flag,
  pickedUpAt: parcel.picked_up_at,
  deliveredAt: parcel.delivered_at,
  dueAt: parcel.estimated_arrival?.to ?? null,
  events: parcel.events.length,
});
