import { contractOf, orderId, shipmentId, validatorOf } from '@waybill/contracts';
import { type Act, playedFact } from './played-neighbours';

const parcel = {
  shop: 'other-shop',
  orderNumber: '20001',
  tracking_number: 'TRACK20001',
  carrier_reference: 'ups',
  tracking_placed_at: '2026-01-14T08:00:00.000Z',
};
const order = orderId(parcel.shop, parcel.orderNumber);

describe('a neighbour that is played', () => {
  it.each<[Act, string, number]>([
    ['placed', order, 1],
    ['dispatched', order, 2],
    ['drafted', shipmentId(order, 1), 1],
    ['fulfilled', shipmentId(order, 1), 2],
  ])('says "%s" as its contract wants it, of the order that is asked for', (act, subject, sequence) => {
    const fact = playedFact(parcel, act);
    expect(fact).toMatchObject({ subject, sequence, id: `${subject}/${sequence}` });
    const contract = contractOf(fact.type);
    expect(contract && validatorOf(contract)(fact.data)).toEqual([]);
    expect(JSON.stringify(fact.data)).not.toMatch(/demo-shop|"10001"|00340000000000010011|6309fdd3|c376e889/);
  });

  it('has dispatched the parcel with this number, by this carrier, at this time', () => {
    const { tracking_number, carrier_reference, tracking_placed_at } = parcel;
    const dispatched = { tracking_number, carrier_reference, tracking_placed_at };
    expect(playedFact(parcel, 'dispatched').data).toMatchObject({
      ...dispatched,
      order: { shipments: [dispatched] },
    });
    expect(playedFact(parcel, 'fulfilled').data).toMatchObject({ ...dispatched, shipment: dispatched });
  });

  it('says nothing that its published schema does not take', () => {
    expect(() => playedFact({ ...parcel, carrier_reference: 'pigeon post' }, 'fulfilled')).toThrow(
      'shipments.shipment-fulfilled.v1',
    );
  });
});
