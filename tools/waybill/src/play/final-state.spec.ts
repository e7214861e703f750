import { canonicalJson, finalState } from './final-state';
import type { OrderSnapshot } from './order-figure';
import type { ParcelSnapshot } from './parcel-figure';

// the hash takes all that is there, also what this program knows nothing of
const order = (changes: object) =>
  ({
    order_number: 'R-1',
    updated_at: '2026-01-01',
    shipments: [{ ordinal: 1 }],
    ...changes,
  }) as never as OrderSnapshot;
const parcel = (changes: object) =>
  ({
    shipment_id: 's-1',
    events: [{ event_name: 'LOST', recorded_at: '2026-01-01' }],
    ...changes,
  }) as never as ParcelSnapshot;
const hash = (orders: OrderSnapshot[], parcels: ParcelSnapshot[]) => finalState(orders, parcels).sha256;
const usual = hash([order({}), order({ order_number: 'R-2' })], [parcel({})]);

describe('the final state', () => {
  it('has a known hash, so that a change of the form is seen', () => {
    expect(finalState([order({})], [parcel({})])).toEqual({
      sha256: '68b58bfd2049bdcba318261ba46e7dc412cb64588bd6fdb651f67801cace2b0a',
      orders: 1,
      parcels: 1,
    });
  });

  it('does not depend on when something was recorded, nor on any order of reading', () => {
    const later = [{ recorded_at: '2027-01-01', event_name: 'LOST' }];
    expect(
      hash(
        [order({ order_number: 'R-2' }), order({ updated_at: '2027-01-01' })],
        [parcel({ events: later, updated_at: '2027-01-01' })],
      ),
    ).toBe(usual);
  });

  it.each([
    { what: 'a member of an order', orders: [order({ status: 'placed' }), order({ order_number: 'R-2' })] },
    { what: 'an order that is missing', orders: [order({})] },
    {
      what: 'something deep in a slot',
      orders: [order({ shipments: [{ ordinal: 2 }] }), order({ order_number: 'R-2' })],
    },
    { what: 'a name of an event', parcels: [parcel({ events: [{ event_name: 'DAMAGED' }] })] },
    { what: 'a parcel too many', parcels: [parcel({}), parcel({ shipment_id: 's-2' })] },
  ])('depends on $what', ({ orders = [order({}), order({ order_number: 'R-2' })], parcels = [parcel({})] }) =>
    expect(hash(orders, parcels)).not.toBe(usual),
  );

  it('depends on the order of lists', () => {
    const [a, b] = [{ event_name: 'A' }, { event_name: 'B' }];
    expect(hash([], [parcel({ events: [a, b] })])).not.toBe(hash([], [parcel({ events: [b, a] })]));
  });
});

it('canonical JSON has its members by name', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x', recorded_at: 1 })).toBe(
    '{"a":"x","b":[{"c":null,"d":1}]}',
  );
});
