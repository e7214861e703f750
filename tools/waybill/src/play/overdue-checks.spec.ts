import { contractOf, validatorOf } from '@waybill/contracts';
import { lastHourOf, overdueChecks } from './overdue-checks';
import type { ParcelSnapshot } from './parcel-figure';

const asOf = '2025-09-18T01:00:00.000Z';
const id = 'c376e889-76c9-5c95-ad8b-a381eae0408d';
const due: ParcelSnapshot = {
  shipment_id: id,
  order_id: '6309fdd3-4292-5fdd-9cec-b983e7f75d43',
  order_number: '10001',
  ordinal: 1,
  status: 'fulfilled',
  phase: 'in_transit',
  phase_since: '2025-09-02T15:07:22.000Z',
  flag: 'normal',
  picked_up_at: null,
  delivered_at: null,
  estimated_arrival: { to: '2025-09-18T00:00:00.000Z' },
  events: [],
};

describe('checks for overdue parcels', () => {
  const [check] = overdueChecks([due], asOf, 'demo-shop');

  it('are what the timer of the service would send', () => {
    expect(check).toMatchObject({ service: 'shipments', key: due.order_id });
    expect(JSON.parse(check?.value ?? '')).toMatchObject({
      id: `${id}/overdue/${asOf}`,
      source: 'shipments',
      type: 'shipments.check-estimated-arrival.v1',
      time: asOf,
      data: { shop_slug: 'demo-shop', shipment_id: id, as_of: asOf },
    });
  });

  it('keep to the contract', () => {
    const contract = contractOf('shipments.check-estimated-arrival.v1');
    expect(contract && validatorOf(contract)(JSON.parse(check?.value ?? '').data)).toEqual([]);
  });

  it('go to drafts, too', () =>
    expect(overdueChecks([{ ...due, status: 'draft', phase: 'order_created' }], asOf, 'a')).toHaveLength(1));

  it.each([
    { what: 'is delivered', changes: { phase: 'delivered' } },
    { what: 'waits to be collected', changes: { phase: 'collect' } },
    { what: 'is known to be late', changes: { flag: 'delay' } },
    { what: 'is withdrawn', changes: { status: 'withdrawn' } },
    { what: 'nobody has an idea of', changes: { estimated_arrival: null } },
    { what: 'is due at that very moment', changes: { estimated_arrival: { to: asOf } } },
  ])('do not go to a parcel that $what', ({ changes }) =>
    expect(overdueChecks([{ ...due, ...changes }], asOf, 'demo-shop')).toEqual([]),
  );
});

it('the moment of the checks is a full hour after all that happened', () => {
  expect(lastHourOf(['2025-09-18T00:00:00Z', '2025-09-17T23:59:59Z'])).toBe(asOf);
});
