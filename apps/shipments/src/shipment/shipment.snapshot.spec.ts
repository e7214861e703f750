import { after, draft, fulfil, scan, scanAt, shown, withdraw } from './shipment.samples.spec-data';
import { readShipment, shipmentSnapshot } from './shipment.snapshot';

const members =
  'shipment_id shop_slug order_id order_number ordinal status direction tracking_number carrier_reference tracking_url ' +
  'tracking_placed_at external_shipment_id products phase phase_since state flag estimated_arrival delivered_at ' +
  'picked_up_at had_delay pickup events created_at updated_at';

describe('a snapshot', () => {
  it.each([
    { about: 'a draft', shipment: after(draft) },
    { about: 'a fulfilled one', shipment: after(draft, fulfil, scan()) },
    { about: 'a withdrawn one', shipment: after(draft, withdraw()) },
  ])('of $about has every member, in the order of the domain', ({ shipment }) => {
    expect(Object.keys(shipmentSnapshot(shipment)).join(' ')).toBe(members);
  });

  it('shows the history oldest first', () => {
    const { events } = shown(draft, fulfil, scanAt(5, 'IN_CUSTOMS'), scanAt(2, 'CARRIER_PICKED_UP'));
    expect(events.map(({ event_name }) => event_name)).toEqual([
      'ORDER_CREATED',
      'ORDER_IN_PROCESSING',
      'CARRIER_PICKED_UP',
      'IN_CUSTOMS',
    ]);
  });
});

describe('a reader over HTTP', () => {
  const days = (count: number) => Date.UTC(2026, 0, 13, 5) + count * 24 * 60 * 60 * 1000;
  const delivered = [draft, fulfil, scanAt(5, 'SUCCESSFULLY_DELIVERED')];

  it.each([
    { about: '90 days after', past: delivered, nowMs: days(90), state: 'delivered' },
    { about: 'more than 90 days after', past: delivered, nowMs: days(90) + 1, state: 'archived' },
    {
      about: 'more than 90 days after, but something was scanned since',
      past: [...delivered, scanAt(6, 'weighed')],
      nowMs: days(90) + 1,
      state: 'delivered',
    },
    {
      about: 'long after, but on its way',
      past: [draft, fulfil, scanAt(5, 'IN_CUSTOMS')],
      nowMs: days(900),
      state: 'transit',
    },
    {
      about: 'long after it came back',
      past: [draft, fulfil, scanAt(5, 'NOT_PICKED_UP')],
      nowMs: days(91),
      state: 'archived',
    },
  ])('sees a parcel $about as $state', ({ past, nowMs, state }) => {
    const shipment = after(...past);
    const seen = readShipment(shipment, nowMs);
    expect(seen).toEqual(Object.assign(shipmentSnapshot(shipment), { state }));
    // facts never say it
    expect(shipmentSnapshot(shipment).state).not.toBe('archived');
  });
});
