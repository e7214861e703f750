import { centsOf, independentFigures } from './independent-figures';
import type { Row } from './olist-tables';

const order = (id: string, purchased: string, status = 'delivered', carrier = ''): Row => ({
  order_id: id,
  order_status: status,
  order_purchase_timestamp: purchased,
  order_delivered_carrier_date: carrier,
});
const item = (id: string, price: string, freight: string): Row => ({
  order_id: id,
  price,
  freight_value: freight,
});

const asOf = '2026-01-01T00:00:00.000Z';

describe('independent figures', () => {
  const { orders: figures } = independentFigures(
    {
      customers: [],
      orders: [
        order('a', '2025-09-30 23:59:59', 'delivered', '2025-10-02 08:00:00'),
        order('b', '2025-10-01 00:00:00', 'processing'),
        order('c', '2025-10-03 10:00:00', 'canceled'),
        order('d', '2025-10-04 10:00:00', 'canceled', '2025-10-05 10:00:00'),
      ],
      items: [
        item('a', '0.1', '0.20'),
        item('a', '0.1', '0.20'),
        item('b', '9.99', '0.00'),
        item('c', '100', '5.00'),
        item('d', '20.5', '1.05'),
      ],
    },
    asOf,
  );

  it('counts each order in the month of its purchase', () => {
    expect(Object.entries(figures.byMonth).map(([month, { orders }]) => [month, orders])).toEqual([
      ['2025-09', 1],
      ['2025-10', 3],
    ]);
  });

  it('adds up items and freight in whole cents, cancelled orders left out', () => {
    expect(figures.byMonth['2025-09']?.cents).toBe(60);
    expect(figures.byMonth['2025-10']?.cents).toBe(999 + 2155);
  });

  it('takes an order that the carrier has for fulfilled, also a cancelled one', () => {
    expect(figures.byStatus).toEqual({ fulfilled: 2, placed: 1, cancelled: 1 });
  });

  it('expects one fact of a placed, two of a cancelled, three of a dispatched order', () => {
    expect(figures.facts).toBe(1 + 2 + 3 + 3);
  });

  it('adds ten cents a thousand times without a rest', () => {
    const { orders: many } = independentFigures(
      {
        customers: [],
        orders: [order('a', '2025-09-01 00:00:00')],
        items: Array.from({ length: 1000 }, () => item('a', '0.10', '0.00')),
      },
      asOf,
    );
    expect(many.byMonth['2025-09']?.cents).toBe(10_000);
  });
});

describe('cents of a decimal text', () => {
  it.each([
    ['9', 900],
    ['9.9', 990],
    ['0.29', 29],
    ['1234.50', 123_450],
  ])('%s is %i', (text, cents) => expect(centsOf(text)).toBe(cents));

  it.each(['', '-1', '1.234', '1,5', 'NaN'])('refuses "%s"', (text) =>
    expect(() => centsOf(text)).toThrow(text),
  );
});
