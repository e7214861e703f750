import { independentParcels, parcelFiguresOf } from './independent-parcels';
import type { Row } from './olist-tables';

const purchased = '2025-09-01 07:07:50';
const row = (id: string, values: Row): Row => ({
  order_id: id,
  order_status: 'delivered',
  order_purchase_timestamp: purchased,
  order_delivered_carrier_date: '',
  order_delivered_customer_date: '',
  order_estimated_delivery_date: '2025-09-18 00:00:00',
  ...values,
});
const handedOver = { order_delivered_carrier_date: '2025-09-02 15:07:22' };
const parcels = independentParcels(
  [
    row('in time', { ...handedOver, order_delivered_customer_date: '2025-09-18 00:00:00' }),
    row('late', { ...handedOver, order_delivered_customer_date: '2025-09-18 00:00:01' }),
    row('on its way', { ...handedOver, order_status: 'shipped' }),
    row('no date', { ...handedOver, order_estimated_delivery_date: '' }),
    row('waiting', { order_status: 'invoiced' }),
    row('cancelled', { order_status: 'canceled' }),
    row('cancelled too late', { ...handedOver, order_status: 'canceled' }),
    row('the wrong way round', { ...handedOver, order_delivered_customer_date: '2025-09-02 15:07:21' }),
  ],
  '2025-09-18T01:00:00.000Z',
);

describe('a parcel', () => {
  it.each([
    ['in time', 'fulfilled', 'delivered', '2025-09-18T00:00:00.000Z', 'normal', 4],
    ['late', 'fulfilled', 'delivered', '2025-09-18T00:00:01.000Z', 'normal', 4],
    ['on its way', 'fulfilled', 'in_transit', '2025-09-02T15:07:22.000Z', 'delay', 3],
    ['no date', 'fulfilled', 'in_transit', '2025-09-02T15:07:22.000Z', 'normal', 3],
    ['waiting', 'draft', 'order_created', '2025-09-01T07:07:50.000Z', 'delay', 1],
    ['cancelled', 'withdrawn', 'order_created', '2025-09-01T07:07:50.000Z', 'normal', 2],
    ['cancelled too late', 'fulfilled', 'in_transit', '2025-09-02T15:07:22.000Z', 'delay', 3],
    ['the wrong way round', 'fulfilled', 'in_transit', '2025-09-02T15:07:22.000Z', 'delay', 4],
  ])('%s is %s, %s since %s, %s, with %i events', (name, status, phase, since, flag, events) =>
    expect(parcels.get(name)).toMatchObject({ status, phase, since, flag, events }),
  );

  it('was picked up at its earliest scan', () => {
    expect(parcels.get('in time')?.pickedUpAt).toBe('2025-09-02T15:07:22.000Z');
    expect(parcels.get('the wrong way round')?.pickedUpAt).toBe('2025-09-02T15:07:21.000Z');
    expect(parcels.get('waiting')?.pickedUpAt).toBeNull();
  });

  it('that was withdrawn is not expected', () => {
    expect(parcels.get('cancelled')?.dueAt).toBeNull();
    expect(parcels.get('waiting')?.dueAt).toBe('2025-09-18T00:00:00.000Z');
  });

  it('is not overdue at the very moment that it is due', () => {
    const due = independentParcels([row('a', handedOver)], '2025-09-18T00:00:00.000Z');
    expect(due.get('a')?.flag).toBe('normal');
  });
});

it('all parcels together', () => {
  expect(parcelFiguresOf(parcels)).toEqual({
    byOrder: parcels,
    byStatus: { fulfilled: 6, draft: 1, withdrawn: 1 },
    byPhase: { delivered: 2, in_transit: 4, order_created: 2 },
    delivered: 2,
    late: 1,
    overdue: 4,
    // 24 events, 8 drafts, 6 fulfilments, 1 withdrawal
    facts: 39,
  });
});
