import {
  after,
  attached,
  attachedAt,
  details,
  draft,
  estimateByNumber,
  facts,
  fulfil,
  fulfilUnknown,
  merchantEvent,
  outcome,
  scan,
  trackingNumber,
  withdraw,
  estimate,
} from './shipment.samples.spec-data';
import { misdirected, placesOf } from './shipment.waiting';

const unknown = after(draft, fulfilUnknown);
const dpd = { carrier_reference: 'dpd' };

describe('the carrier of a parcel', () => {
  it('is learned from the first scan, and told with it', () => {
    const [recorded, updated, changed] = facts(unknown, scan(dpd));
    expect(recorded?.data.shipment.carrier_reference).toBe('unknown');
    expect(updated?.data).toMatchObject({
      changed: ['carrier_reference'],
      changes: { carrier_reference: 'dpd' },
      shipment: { carrier_reference: 'dpd' },
    });
    expect(changed?.name).toBe('phase-changed');
  });

  it('is learned from an estimate by number, also from one that is known already', () => {
    expect(facts(unknown, estimateByNumber())[0]?.data.changed).toEqual([
      'carrier_reference',
      'estimated_arrival',
    ]);
    const told = after(draft, fulfilUnknown, estimate());
    expect(facts(told, estimateByNumber())[0]?.data.changed).toEqual(['carrier_reference']);
    expect(outcome(after(draft, fulfil, estimate()), estimateByNumber())).toBe('nothing_changed');
    const [updated] = facts(told, estimateByNumber({ predicted_at: undefined }));
    expect(updated?.data.changed).toEqual(['carrier_reference']);
  });

  it.each([
    {
      about: 'unknown, the order learns it',
      past: [draft, fulfilUnknown],
      said: 'dpd',
      carrier: 'dpd',
      from: 'order',
    },
    {
      about: 'learned by a scan, the order knows better',
      past: [draft, fulfilUnknown, scan()],
      said: 'dpd',
      carrier: 'dpd',
      from: 'order',
    },
    {
      about: 'known, the order does not know it',
      past: [draft, fulfilUnknown, scan()],
      said: 'unknown',
      carrier: 'dhl',
      from: 'carrier',
    },
    { about: 'known to both', past: [draft, fulfil], said: 'dhl', carrier: 'dhl', from: 'order' },
  ])('$about: $carrier', ({ past, said, carrier, from }) => {
    const shipment = attached(...past, details({ carrier_reference: said, external_shipment_id: 'F-2' }));
    expect(shipment).toMatchObject({ carrier, carrierFrom: from, externalShipmentId: 'F-2' });
  });
});

describe('misdirected', () => {
  const fulfilled = after(draft, fulfil);
  const waiting = { place: `demo-shop/${trackingNumber}`, kind: 'dpd' };

  it.each([
    { about: 'of its carrier', shipment: fulfilled, wanted: scan(), expected: undefined },
    { about: 'while its carrier is unknown', shipment: unknown, wanted: scan(dpd), expected: undefined },
    { about: 'of another carrier', shipment: fulfilled, wanted: scan(dpd), expected: waiting },
    {
      about: 'of another carrier than the learned one',
      shipment: after(draft, fulfilUnknown, scan()),
      wanted: scan(dpd),
      expected: waiting,
    },
    {
      about: 'an estimate of another carrier',
      shipment: fulfilled,
      wanted: estimateByNumber(dpd),
      expected: waiting,
    },
    {
      about: 'for a number that it has not',
      shipment: fulfilled,
      wanted: scan({ tracking_number: '4711' }),
      expected: { place: 'demo-shop/4711', kind: 'dhl' },
    },
    {
      about: 'of another shop',
      shipment: fulfilled,
      wanted: scan({ shop_slug: 'other-shop' }),
      expected: { place: `other-shop/${trackingNumber}`, kind: 'dhl' },
    },
    { about: 'to a draft', shipment: after(draft), wanted: scan(dpd), expected: waiting },
    { about: 'to a withdrawn one', shipment: after(draft, withdraw()), wanted: scan(dpd), expected: waiting },
    { about: 'by id', shipment: fulfilled, wanted: estimate(), expected: undefined },
    { about: 'an event of the merchant', shipment: fulfilled, wanted: merchantEvent(), expected: undefined },
  ])('$about', ({ shipment, wanted, expected }) => {
    const { place, kind } = misdirected(shipment, wanted) ?? {};
    expect({ place, kind }).toEqual({ place: expected?.place, kind: expected?.kind });
    // what is not meant for it is refused wherever nobody asks first
    expect(outcome(shipment, wanted) === 'tracking_number_not_found').toBe(expected !== undefined);
  });
});

describe('the place of a parcel', () => {
  it.each([
    { about: 'a draft', shipment: after(draft), places: [] },
    { about: 'a withdrawn one', shipment: after(draft, withdraw()), places: [] },
    { about: 'an attached one', shipment: after(draft, fulfil), places: ['dhl'] },
    { about: 'one of an unknown carrier', shipment: unknown, places: [null] },
    {
      about: 'one that learned its carrier',
      shipment: after(draft, fulfilUnknown, scan(dpd)),
      places: ['dpd'],
    },
  ])('of $about', ({ shipment, places }) => {
    const place = `demo-shop/${trackingNumber}`;
    expect(placesOf(shipment)).toEqual(places.map((kind) => ({ place, kind, attachedAt })));
  });
});
