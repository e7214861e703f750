import { snapshotDifferences } from './snapshot-differences';

const order = {
  order_number: 'R-1',
  status: 'placed',
  order_placed_at: '2025-09-01T07:07:50.000Z',
  shipping_price: 1,
  products: [{ price: 2, quantity: 3 }],
};

it('an order that is read as it was published is no difference', () => {
  expect(
    snapshotDifferences(
      new Map([['R-1', order]]),
      new Map([['R-1', { ...order, products: [{ quantity: 3, price: 2 }] }]]),
    ),
  ).toEqual([]);
});

it('a difference is named by its members, however deep it is', () => {
  const read = { ...order, status: 'fulfilled', products: [{ price: 2, quantity: 4 }] };
  expect(snapshotDifferences(new Map([['R-1', order]]), new Map([['R-1', read]]))).toEqual([
    'order R-1: status, products over HTTP is not what its last fact says',
  ]);
});
