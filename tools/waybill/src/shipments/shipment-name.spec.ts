import { namedShipment } from './shipment-name';

const order = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';

it.each([
  ['demo-shop/10001/1', 'c376e889-76c9-5c95-ad8b-a381eae0408d'],
  ['demo-shop/10001/3', 'bbdfc85c-9560-5006-a87b-c412e58ee99c'],
])('%s is shipment %s of its order', (named, id) =>
  expect(namedShipment(named)).toEqual({ id, orderId: order }),
);

it('an id stands for itself; its order is not known then', () => {
  expect(namedShipment('C376E889-76c9-5c95-ad8b-a381eae0408d')).toEqual({
    id: 'c376e889-76c9-5c95-ad8b-a381eae0408d',
  });
});

it('keeps the slashes of a number', () => {
  expect(namedShipment('demo-shop/a/2/1').id).not.toBe(namedShipment('demo-shop/a/1').id);
});

it.each(['10001', 'demo-shop/10001', 'demo-shop/10001/0', 'demo-shop/10001/one', '/10001/1', 'demo-shop//1'])(
  '"%s" names no shipment',
  (named) => expect(() => namedShipment(named)).toThrow('wanted <shop>/<number>/<ordinal>'),
);
