import type { OrderSnapshot } from './order-figure';
import type { ParcelSnapshot } from './parcel-figure';
import { slotDifferences } from './slot-differences';

const parcel: ParcelSnapshot & { readonly carrier_reference: string } = {
  shipment_id: 's-1',
  order_id: 'o-1',
  order_number: 'R-1',
  ordinal: 1,
  status: 'fulfilled',
  phase: 'in_transit',
  phase_since: '2025-09-02T15:07:22.000Z',
  flag: 'normal',
  picked_up_at: '2025-09-02T15:07:22.000Z',
  delivered_at: null,
  estimated_arrival: { to: '2025-09-18T00:00:00.000Z' },
  events: [],
  carrier_reference: 'dhl',
};
const order = (...shipments: OrderSnapshot['shipments']): OrderSnapshot => ({
  order_number: 'R-1',
  status: 'fulfilled',
  order_placed_at: '2025-09-01T07:07:50.000Z',
  shipping_price: 0,
  products: [],
  shipments,
});
const {
  order_id: _order,
  order_number: _number,
  events: _events,
  delivered_at: _delivered,
  ...slot
} = parcel;
const differences = (orders: OrderSnapshot[], ...parcels: ParcelSnapshot[]) =>
  slotDifferences(orders, new Map(parcels.map((one) => [one.shipment_id, one])));

describe('an order and its parcel', () => {
  it('say the same', () => expect(differences([order(slot)], parcel)).toEqual([]));

  it.each([
    { phase: 'delivered' },
    { phase_since: '2025-09-02T15:07:23.000Z' },
    { flag: 'delay' },
    { picked_up_at: null },
    { estimated_arrival: null },
    { carrier_reference: 'unknown' },
  ])('do not, when the order still shows %j', (stale) => {
    expect(differences([order({ ...slot, ...stale })], parcel)).toEqual([
      `parcel 1 of order R-1: the order shows another ${Object.keys(stale)[0]}`,
    ]);
  });

  it('do not know each other', () => {
    expect(differences([order(slot)])).toEqual(['parcel 1 of order R-1 is missing in shipments']);
    expect(differences([order()], parcel)).toEqual(['parcel 1 of order R-1 is missing in its order']);
  });

  it('part when it is withdrawn', () => {
    expect(differences([order()], { ...parcel, status: 'withdrawn' })).toEqual([]);
    expect(differences([order(slot)], { ...parcel, status: 'withdrawn' })).toHaveLength(1);
  });
});
