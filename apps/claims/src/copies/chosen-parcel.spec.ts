import { chosenParcel } from './chosen-parcel';
import type { StoredParcel } from './known.documents';

const parcel = (shipmentId: string, more: Partial<StoredParcel> = {}): StoredParcel => ({
  shipmentId,
  shopSlug: 'demo-shop',
  orderId: 'o',
  orderNumber: '10001',
  status: 'fulfilled',
  carrier: 'dhl',
  trackingNumber: 'X1',
  trackingPlacedAt: '2026-01-12T08:30:00.000Z',
  phase: 'in_transit',
  pickedUpAt: null,
  products: null,
  number: 'demo-shop/X1',
  ...more,
});

const byNumber = (carrier: string | null = null) => ({ shipmentId: null, trackingNumber: 'X1', carrier });
const later = { trackingPlacedAt: '2026-01-13T08:30:00.000Z' };

it.each([
  { what: 'none', parcels: [], reference: byNumber(), expected: undefined },
  { what: 'the only one', parcels: [parcel('a')], reference: byNumber(), expected: 'a' },
  {
    what: 'the one dispatched last',
    parcels: [parcel('a', later), parcel('b')],
    reference: byNumber(),
    expected: 'a',
  },
  {
    what: 'of two dispatched at once the one with the greater id',
    parcels: [parcel('b'), parcel('a')],
    reference: byNumber(),
    expected: 'b',
  },
  {
    what: 'that of the carrier',
    parcels: [parcel('a', later), parcel('b', { carrier: 'ups' })],
    reference: byNumber('ups'),
    expected: 'b',
  },
  {
    what: 'none of another carrier',
    parcels: [parcel('a')],
    reference: byNumber('ups'),
    expected: undefined,
  },
  {
    what: 'none of another shop',
    parcels: [parcel('a', { shopSlug: 'other-shop' })],
    reference: byNumber(),
    expected: undefined,
  },
  {
    what: 'that of the id, whatever its number',
    parcels: [parcel('a', { trackingNumber: 'Y2' }), parcel('b')],
    reference: { ...byNumber(), shipmentId: 'a' },
    expected: 'a',
  },
])('takes $what', ({ parcels, reference, expected }) => {
  for (const order of [parcels, parcels.toReversed()])
    expect(chosenParcel('demo-shop', reference, order)?.shipmentId).toBe(expected);
});
