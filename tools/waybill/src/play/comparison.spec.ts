import { figuresOf, type OrderFigure } from '../olist/independent-figures';
import { compare, money } from './comparison';
import { orderFigure } from './order-figure';

const figures = (changes: Record<string, Partial<OrderFigure>> = {}) =>
  figuresOf(
    new Map(
      ['a', 'b'].map((number): [string, OrderFigure] => [
        number,
        { status: 'fulfilled', month: '2025-09', cents: 1000, ...changes[number] },
      ]),
    ),
  );

describe('the comparison', () => {
  it('is content when calculation, facts and reads agree', () => {
    const check = compare(figures(), { facts: figures(), factCount: 6, http: figures() });
    expect(check).toMatchObject({ ok: true, differences: [] });
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
  ])('finds $what that differs in the facts', ({ changed, says }) => {
    const check = compare(figures(), { facts: figures(changed), factCount: 6, http: figures() });
    expect(check.ok).toBe(false);
    expect(check.differences).toEqual([`${says}, wanted fulfilled, 2025-09, 10.00`]);
  });

  it('finds two errors that leave every sum as it was', () => {
    const swapped = figures({ a: { cents: 999 }, b: { cents: 1001 } });
    const check = compare(figures(), { facts: figures(), factCount: 6, http: swapped });
    expect(check.rows.every(({ ok }) => ok)).toBe(true);
    expect(check.ok).toBe(false);
  });

  it('finds a fact too many', () => {
    expect(compare(figures(), { facts: figures(), factCount: 7, http: figures() }).ok).toBe(false);
  });

  it('finds an order that cannot be read', () => {
    const check = compare(figures(), { facts: figures(), factCount: 6, http: figuresOf(new Map()) });
    expect(check.differences).toEqual(['order a is missing in HTTP', 'order b is missing in HTTP']);
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
    };
    expect(orderFigure(order)).toEqual({ status: 'placed', month: '2025-09', cents: 60 });
  });
});

it.each([
  [5, '0.05'],
  [123_456_789, '1 234 567.89'],
])('%i cents are %s', (cents, text) => expect(money(cents)).toBe(text));
