import { orderIdOf } from './order-name';

it.each([
  ['demo-shop/10001', '6309fdd3-4292-5fdd-9cec-b983e7f75d43'],
  ['demo-shop/#10001', 'e57e3384-2b22-55c8-9a24-1bcf764fc7ed'],
  ['6309FDD3-4292-5FDD-9CEC-B983E7F75D43', '6309fdd3-4292-5fdd-9cec-b983e7f75d43'],
])('%s is order %s', (named, id) => expect(orderIdOf(named)).toBe(id));

it('keeps the slashes of a number', () => {
  expect(orderIdOf('demo-shop/a/b')).not.toBe(orderIdOf('demo-shop/a'));
});

it.each(['10001', '/10001', 'demo-shop/'])('"%s" names no order', (named) => {
  expect(() => orderIdOf(named)).toThrow('wanted <shop>/<number>');
});
