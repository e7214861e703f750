import { isFulfilled } from './order.slots';
import type { LiveOrder } from './order.state';
import {
  after,
  alive,
  apply,
  attach,
  back,
  command,
  decide,
  first,
  firstShipment,
  later,
  place,
  progress,
  second,
  secondShipment,
  shirt,
} from './order.samples.spec-data';

const events = (order: LiveOrder | null, ...trackings: readonly object[]) => {
  const decision = decide(order, attach(...trackings));
  return decision.outcome === 'accepted' ? decision.events : [];
};
const kinds = (order: LiveOrder | null, ...trackings: readonly object[]) =>
  events(order, ...trackings).map(({ type }) => type);

const numbers = ({ slots }: LiveOrder) =>
  slots.map((slot) =>
    isFulfilled(slot) ? `${slot.ordinal} ${slot.carrier} ${slot.trackingNumber}` : `${slot.ordinal} draft`,
  );

const plain = { tracking_number: '4711' };
const byDpd = { ...plain, carrier_reference: 'dpd' };
const byGls = { ...plain, carrier_reference: 'gls' };

describe('a new number', () => {
  it('takes the oldest draft, then appends', () => {
    const order = alive(place, attach(second, plain, first));
    expect(numbers(order)).toEqual([
      '1 ups 1ZEXAMPLE000010012',
      '2 unknown 4711',
      '3 dhl 00340000000000010011',
    ]);
    expect(order.expectedShipments).toBe(2);
    expect(kinds(alive(place), second, plain, first)).toEqual([
      'OrderShipmentDispatched',
      'OrderShipmentDispatched',
      'OrderShipmentDispatched',
      'OrderFulfilled',
    ]);
  });

  it('takes its slot after the expected number was changed', () => {
    const wanted = command('upsert-order', {
      order: { expected_number_of_shipments: 1 },
      trackings: [first, second],
    });
    const decision = decide(alive(place), wanted);
    expect(decision).toMatchObject({
      events: [
        { type: 'OrderShipmentsExpectedChanged', from: 2, to: 1, removed: [{ ordinal: 2 }] },
        { type: 'OrderShipmentDispatched', slot: { ordinal: 1 }, appended: false },
        { type: 'OrderShipmentDispatched', slot: { ordinal: 3 }, appended: true },
        { type: 'OrderFulfilled' },
      ],
    });
  });

  it('is attached at the command time unless a time is given', () => {
    const given = { ...second, tracking_placed_at: '2026-01-12T09:30:00+01:00' };
    expect(alive(place, attach(first, given)).slots).toMatchObject([
      { trackingPlacedAt: later, phase: 'order_processed', phaseSince: later },
      { trackingPlacedAt: '2026-01-12T08:30:00.000Z', phaseSince: '2026-01-12T08:30:00.000Z' },
    ]);
  });

  it('leaves a phase that the draft has reached already', () => {
    const packed = progress({ phase: 'order_processed', phase_since: '2026-01-11T08:00:00Z' });
    expect(alive(place, packed, attach(first)).slots[0]).toMatchObject({
      phase: 'order_processed',
      phaseSince: '2026-01-11T08:00:00.000Z',
    });
  });

  it('keeps the products of the draft unless it brings its own', () => {
    const packed = command('update-shipment', { shipment_id: firstShipment, products: [shirt] });
    const content = (tracking: object) => alive(place, packed, attach(tracking)).slots[0]?.products;
    expect(content(first)).toMatchObject([{ sku: 'TEE-L' }]);
    expect(content({ ...first, products: [] })).toEqual([]);
    expect(content({ ...first, products: null })).toBeNull();
  });
});

describe('a return', () => {
  it('is appended after the forward parcels of the same command and takes no draft', () => {
    const order = alive(place, attach(back, first));
    expect(numbers(order)).toEqual(['1 dhl 00340000000000010011', '2 draft', '3 dhl 00340000000000010099']);
    expect(order.status).toBe('partially_fulfilled');
    expect(order.slots[2]).toMatchObject({
      direction: 'customer_merchant',
      phase: 'return_created',
      phaseSince: later,
    });
  });
});

describe('a known number', () => {
  it.each([
    { about: 'no carrier on either side', known: plain, sent: plain, slots: ['1 unknown 4711', '2 draft'] },
    { about: 'the carrier is learned', known: plain, sent: byDpd, slots: ['1 dpd 4711', '2 draft'] },
    {
      about: 'unknown is no carrier',
      known: byDpd,
      sent: { ...plain, carrier_reference: 'unknown' },
      slots: ['1 dpd 4711', '2 draft'],
    },
    { about: 'no carrier meets a known one', known: byDpd, sent: plain, slots: ['1 dpd 4711', '2 draft'] },
    {
      about: 'another carrier is another parcel',
      known: byDpd,
      sent: byGls,
      slots: ['1 dpd 4711', '2 gls 4711'],
    },
    {
      about: 'not detected when known',
      known: { ...first, carrier_reference: 'dpd' },
      sent: first,
      slots: ['1 dpd 00340000000000010011', '2 draft'],
    },
    {
      about: 'white space and case do not count',
      known: second,
      sent: { tracking_number: '1z example 000010012' },
      slots: ['1 ups 1ZEXAMPLE000010012', '2 draft'],
    },
  ])('$about', ({ known, sent, slots }) => {
    const before = alive(place, attach(known));
    const decision = decide(before, attach(sent));
    const order = decision.outcome === 'accepted' ? (apply(before, attach(sent)) as LiveOrder) : before;
    expect(numbers(order)).toEqual(slots);
  });

  it('is the slot with the lowest ordinal where two fit', () => {
    const order = alive(place, attach(byDpd, byGls), attach({ ...plain, external_shipment_id: 'F-1' }));
    expect(order.slots).toMatchObject([{ externalShipmentId: 'F-1' }, { externalShipmentId: null }]);
  });

  it('changes in one fact what may change, and keeps when and which way it went', () => {
    const sent = {
      ...first,
      tracking_url: 'https://carrier.example.com/1',
      external_shipment_id: 'F-1',
      products: [{ sku: 'TEE-L' }],
      tracking_placed_at: '2026-01-01T00:00:00Z',
      direction: 'customer_merchant',
    };
    const before = alive(place, attach(first));
    expect(events(before, sent)).toMatchObject([
      { type: 'OrderUpdated', origin: 'caller', changed: [], changedSlots: [1] },
    ]);
    expect(alive(place, attach(first), attach(sent)).slots[0]).toMatchObject({
      trackingUrl: 'https://carrier.example.com/1',
      externalShipmentId: 'F-1',
      products: [{ sku: 'TEE-L', quantity: 1 }],
      trackingPlacedAt: later,
      direction: 'merchant_customer',
    });
    const cleared = attach({ ...first, tracking_url: null, external_shipment_id: '  ', products: null });
    expect(alive(place, attach(first), attach(sent), cleared).slots[0]).toMatchObject({
      trackingUrl: null,
      externalShipmentId: null,
      products: null,
    });
  });

  it('is not asked for products that it has, though the order lost them', () => {
    const packed = { ...first, products: [{ sku: 'TEE-L' }] };
    const emptied = command('upsert-order', { order: { products: [] } });
    const order = after(place, attach(packed), emptied);
    expect(decide(order, attach(packed))).toMatchObject({ reason: 'nothing_changed' });
    expect(decide(order, attach({ ...packed, products: [{ sku: 'TEE-L', quantity: 2 }] }))).toMatchObject({
      key: 'products_not_in_order',
    });
  });
});

describe('entries of one command that name one parcel', () => {
  it('are merged, the later winning per field', () => {
    const order = alive(
      place,
      attach(
        { ...plain, external_shipment_id: 'F-1', products: [] },
        { ...byDpd, external_shipment_id: 'F-2' },
      ),
    );
    expect(numbers(order)).toEqual(['1 dpd 4711', '2 draft']);
    expect(order.slots[0]).toMatchObject({ externalShipmentId: 'F-2', products: [] });
  });

  it('point at the entry that the products came with', () => {
    const wrong = { ...plain, products: [{ sku: 'MUG-1' }] };
    expect(decide(alive(place), attach(second, plain, wrong, plain))).toMatchObject({
      errors: [{ field: 'trackings.2.products.0' }],
    });
  });

  it('stay apart when both carriers are known', () => {
    expect(numbers(alive(place, attach(byDpd, byGls)))).toEqual(['1 dpd 4711', '2 gls 4711']);
  });
});

describe('update-shipment', () => {
  const update = (data: object) => command('update-shipment', { shipment_id: firstShipment, ...data });

  it('changes the products of a draft', () => {
    const packed = update({ products: [{ sku: 'TEE-L', quantity: 2 }] });
    expect(decide(alive(place), packed)).toMatchObject({
      events: [{ type: 'OrderUpdated', changedSlots: [1] }],
    });
    expect(decide(alive(place, packed), packed)).toMatchObject({ reason: 'nothing_changed' });
  });

  it('has nothing to clear in a draft', () => {
    expect(decide(alive(place), update({ tracking_url: null }))).toMatchObject({ reason: 'nothing_changed' });
  });

  it('changes the link of a fulfilled shipment and leaves the others alone', () => {
    const order = alive(
      place,
      attach(first, second),
      update({ tracking_url: 'https://carrier.example.com/1' }),
    );
    expect(order.slots).toMatchObject([
      { trackingUrl: 'https://carrier.example.com/1' },
      { shipmentId: secondShipment, trackingUrl: null },
    ]);
  });
});
