import { figuresOf, type OrderFigure } from '../olist/independent-figures';
import type { ParcelFigure } from '../olist/independent-parcels';
import { compare, money, type Seen } from './comparison';
import { orderFigure } from './order-figure';

interface Changes {
  readonly orders?: Record<string, Partial<OrderFigure>>;
  readonly parcels?: Record<string, Partial<ParcelFigure>>;
}

const parcel: ParcelFigure = {
  status: 'fulfilled',
  phase: 'delivered',
  since: '2025-09-10T00:23:50.000Z',
  flag: 'normal',
  pickedUpAt: '2025-09-02T15:07:22.000Z',
  deliveredAt: '2025-09-10T00:23:50.000Z',
  dueAt: '2025-09-18T00:00:00.000Z',
  events: 4,
};
const figures = ({ orders = {}, parcels = {} }: Changes = {}) =>
  figuresOf(
    new Map(
      ['a', 'b'].map((number): [string, OrderFigure] => [
        number,
        { status: 'fulfilled', month: '2025-09', cents: 1000, ...orders[number] },
      ]),
    ),
    new Map(['a', 'b'].map((number): [string, ParcelFigure] => [number, { ...parcel, ...parcels[number] }])),
  );
const none = figuresOf(new Map(), new Map());
const check = (seen: Partial<Seen>) =>
  compare(figures(), {
    facts: figures(),
    http: figures(),
    factCounts: { orders: 6, shipments: 12 },
    ...seen,
  });

describe('the comparison', () => {
  it('is content when calculation, facts and reads agree', () => {
    expect(check({})).toMatchObject({ ok: true, differences: [] });
  });

  it.each([
    {
      what: 'a status',
      changed: { b: { status: 'placed' } },
      says: 'order b is placed, 2025-09, 10.00 in facts',
    },
    {
      what: 'a month',
      changed: { b: { month: '2025-10' } },
      says: 'order b is fulfilled, 2025-10, 10.00 in facts',
    },
    {
      what: 'a cent',
      changed: { b: { cents: 1001 } },
      says: 'order b is fulfilled, 2025-09, 10.01 in facts',
    },
  ])('finds $what of an order that differs in the facts', ({ changed, says }) => {
    const found = check({ facts: figures({ orders: changed }) });
    expect(found.ok).toBe(false);
    expect(found.differences).toEqual([`${says}, wanted fulfilled, 2025-09, 10.00`]);
  });

  it.each([
    { what: 'status', changed: { status: 'draft' } },
    { what: 'phase', changed: { phase: 'in_transit' } },
    { what: 'begin of a phase', changed: { since: '2025-09-10T00:23:51.000Z' } },
    { what: 'flag', changed: { flag: 'delay' } },
    { what: 'pick-up', changed: { pickedUpAt: null } },
    { what: 'delivery', changed: { deliveredAt: '2025-09-10T00:23:51.000Z' } },
    { what: 'estimate', changed: { dueAt: null } },
    { what: 'number of events', changed: { events: 5 } },
  ])('finds a $what of a parcel that differs over HTTP', ({ changed }) => {
    const found = check({ http: figures({ parcels: { a: changed } }) });
    expect(found.ok).toBe(false);
    expect(found.differences).toEqual([
      expect.stringMatching(/^the parcel of order a is .* in HTTP, wanted /),
    ]);
  });

  it('finds two errors that leave every sum as it was', () => {
    const swapped = figures({ orders: { a: { cents: 999 }, b: { cents: 1001 } } });
    const found = check({ http: swapped });
    expect(found.rows.every(({ ok }) => ok)).toBe(true);
    expect(found.ok).toBe(false);
  });

  it.each([
    { orders: 7, shipments: 12 },
    { orders: 6, shipments: 11 },
  ])('finds a fact too many or too few', (factCounts) => expect(check({ factCounts }).ok).toBe(false));

  it('finds what cannot be read', () => {
    expect(check({ http: none }).differences).toEqual([
      'order a is missing in HTTP',
      'order b is missing in HTTP',
      'the parcel of order a is missing in HTTP',
      'the parcel of order b is missing in HTTP',
    ]);
  });

  it('finds a parcel too many', () => {
    const more = new Map([...figures().parcels.byOrder, ['b, parcel 2', parcel]]);
    const found = check({ facts: figuresOf(figures().orders.byOrder, more) });
    expect(found.rows.find(({ label }) => label.startsWith('draft'))).toMatchObject({
      wanted: '0 / 2 / 0',
      facts: '0 / 3 / 0',
      ok: false,
    });
  });

  it('tells the share of late deliveries', () => {
    const late = figures({ parcels: { a: { dueAt: '2025-09-10T00:23:49.000Z' } } });
    expect(check({ facts: late }).rows.find(({ label }) => label === 'delivered late')).toMatchObject({
      wanted: '0/2, 0.0 %',
      facts: '1/2, 50.0 %',
    });
  });
});

describe('the figure of an order', () => {
  it('is its lines and its shipping, in whole cents', () => {
    const order = {
      order_number: 'a',
      status: 'placed',
      order_placed_at: '2025-09-30T23:59:59.000Z',
      shipping_price: 0.3,
      products: [
        { price: 0.1, quantity: 3 },
        { price: null, quantity: 2 },
      ],
      shipments: [],
    };
    expect(orderFigure(order)).toEqual({ status: 'placed', month: '2025-09', cents: 60 });
  });
});

it.each([
  [5, '0.05'],
  [123_456_789, '1 234 567.89'],
])('%i cents are %s', (cents, text) => expect(money(cents)).toBe(text));
