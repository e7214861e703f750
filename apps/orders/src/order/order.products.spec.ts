import { product } from './order.normalisation';
import { priced, productsNotInOrder } from './order.products';
import { careSet, shirt } from './order.samples.spec-data';

const line = (sent: object) => priced(product({ ...sent }), 'EUR');
const order = [
  shirt,
  careSet,
  { title: 'Mug', quantity: 1 },
  { title: 'Mug', quantity: 4, sku: 'MUG-1' },
].map(line);

describe('products of a parcel', () => {
  it.each([
    { about: 'equal sku', entry: { sku: 'TEE-L', quantity: 2 }, msg: undefined },
    { about: 'too many', entry: { sku: 'TEE-L', quantity: 3 }, msg: 'no order line has 3 of sku TEE-L' },
    { about: 'another sku', entry: { sku: 'MUG-2' }, msg: 'no order line has sku MUG-2' },
    { about: 'the first shared name decides', entry: { variant_id: 'v-101', sku: 'TEE-M' }, msg: undefined },
    {
      about: 'a later one does not',
      entry: { variant_id: 'v-102', sku: 'TEE-L' },
      msg: 'no order line has variant_id v-102',
    },
    {
      about: 'a name that only one side has is passed over',
      entry: { product_id: 'p-1', title: 'Mug' },
      msg: undefined,
    },
    { about: 'any line that fits will do', entry: { title: 'Mug', quantity: 4 }, msg: undefined },
    {
      about: 'a component: as many as all bundles hold',
      entry: { sku: 'SOAP-1', quantity: 6 },
      msg: undefined,
    },
    {
      about: 'one component more',
      entry: { sku: 'SOAP-1', quantity: 7 },
      msg: 'no order line has 7 of sku SOAP-1',
    },
    { about: 'nothing in common', entry: { product_id: 'p-1' }, msg: 'no order line has product_id p-1' },
  ])('$about', ({ entry, msg }) => {
    const found = productsNotInOrder([line(shirt), line(entry)], order);
    expect(found).toEqual(msg === undefined ? [] : [{ position: 1, msg }]);
  });

  it('may be repeated: quantities are not summed', () => {
    expect(productsNotInOrder([line(shirt), line(shirt)], order)).toEqual([]);
  });
});
