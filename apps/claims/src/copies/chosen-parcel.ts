import { fitsParcel, type ParcelReference } from '../claim/claim.knowledge';
import type { StoredParcel } from './known.documents';

/** The parcel that is meant: by its id, else of those with the number the one dispatched last. */
export function chosenParcel(
  shopSlug: string,
  reference: ParcelReference,
  parcels: readonly StoredParcel[],
): StoredParcel | null {
  const { shipmentId } = reference;
  const ofShop = parcels.filter((parcel) => parcel.shopSlug === shopSlug);
  // where both are given the id decides, and the decider compares the number
  if (shipmentId !== null) return ofShop.find((parcel) => parcel.shipmentId === shipmentId) ?? null;
  const matching = ofShop.filter((parcel) => fitsParcel(reference, parcel));
  return matching.toSorted((a, b) => (dispatch(a) < dispatch(b) ? -1 : 1)).at(-1) ?? null;
}

// both are plain ASCII, and times are all UTC with milliseconds
const dispatch = ({ trackingPlacedAt, shipmentId }: StoredParcel): string =>
  `${trackingPlacedAt ?? ''}/${shipmentId}`;
