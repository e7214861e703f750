import { snapshotDifferences } from './snapshot-differences';

const order = { order_number: 'R-1', status: 'placed', products: [{ price: 2, quantity: 3 }] };
const differences = (published: object, read: object) =>
  snapshotDifferences('order', new Map([['R-1', published]]), new Map([['R-1', read]]));

it('what is read as it was published is no difference', () => {
  expect(differences(order, { ...order, products: [{ quantity: 3, price: 2 }] })).toEqual([]);
});

it('a difference is named by its members, however deep it is', () => {
  const read = { ...order, status: 'fulfilled', products: [{ price: 2, quantity: 4 }] };
  expect(differences(order, read)).toEqual([
    'order R-1: status, products over HTTP is not what its last fact says',
  ]);
});

it('that a parcel is archived only readers over HTTP are told', () => {
  expect(differences({ state: 'delivered' }, { state: 'archived' })).toEqual([]);
  expect(differences({ state: 'delivered' }, { state: 'transit' })).toHaveLength(1);
});
