import { changed, factExamples, placesOf, testReading } from '../fact-examples.spec-data';
import { validatorOf } from '../validation';
import { maxAmount, toMajor, toMinor } from '../values/money';

const facts = factExamples('orders');
const placed = facts.find(({ type }) => type === 'orders.order-placed.v1');
if (!placed) throw new Error('no order-placed among the examples');
const pictures = changed(placed.data, ['order', 'products', 1, 'images'], (owner, name) =>
  Reflect.set(owner, name, [{ src: 'https://img.example.com/set-1.jpg', alt: null }]),
);
const samples = [...facts, { ...placed, type: `${placed.type} with pictures`, data: pictures }];

describe('facts', () => {
  it('of all kinds are there, with an object of every class', () => {
    expect(new Set(facts.map(({ type }) => type)).size).toBe(8);
    const places = samples.flatMap(({ contract, data }) => placesOf(contract.payload, data));
    const classes = new Set(places.map(({ owner }) => owner.name));
    expect([...classes].filter((name) => name.endsWith('SnapshotDto')).toSorted()).toEqual([
      'AddressSnapshotDto',
      'ComponentSnapshotDto',
      'EstimatedArrivalSnapshotDto',
      'ImageSnapshotDto',
      'OrderDiscountSnapshotDto',
      'OrderSnapshotDto',
      'ProductSnapshotDto',
      'TaxLineSnapshotDto',
    ]);
  });

  // the snapshot is one class in all of them, so two facts are enough to walk through it
  const walked = new Set(['orders.order-updated.v1', `${placed.type} with pictures`]);

  // and what changed is that class again, only that any of its members may be absent
  const isWalked = (type: string, at: readonly unknown[]) =>
    walked.has(type) && (at[0] !== 'changes' || at.length === 2);

  testReading(samples, ({ type }, { at }) => isWalked(type, at) || at.length === 1);

  it.each([
    ['a time without milliseconds', 'order.created_at', '2026-01-10T08:00:05Z'],
    ['a time with another offset', 'order.created_at', '2026-01-10T09:00:05.000+01:00'],
    ['an id in upper case', 'order_id', '6309FDD3-4292-5FDD-9CEC-B983E7F75D43'],
    ['a currency in lower case', 'order.currency', 'eur'],
    ['a country in lower case', 'order.address.country_code', 'de'],
    ['text that was not trimmed', 'order.address.city', 'Musterstadt '],
    ['empty text for null', 'order.address.company', ''],
    ['a number in lower case', 'order.shipments.0.tracking_number', '1zexample000010012'],
    ['an amount with 5 decimals', 'order.total_order_price', 1.000_01],
    ['a negative discount', 'order.discount_price', -8],
    ['a status that does not exist', 'order.status', 'shipped'],
  ])('never show %s', (_, path, value) => {
    const data = changed(placed.data, path.split('.'), (owner, name) => Reflect.set(owner, name, value));
    expect(validatorOf(placed.contract)(data).map(({ field }) => field)).toEqual([path]);
  });

  it('may show the greatest amount rounded to its currency', () => {
    const rounded = toMajor(toMinor(maxAmount, 'EUR'), 'EUR');
    expect(rounded).toBe(10_000_000_000);
    const data = changed(placed.data, ['order', 'total_order_price'], (owner, name) =>
      Reflect.set(owner, name, rounded),
    );
    expect(validatorOf(placed.contract)(data)).toEqual([]);
  });

  it('may show a currency or a carrier that this release does not know yet', () => {
    const dispatched = facts.find(({ type }) => type === 'orders.order-shipment-dispatched.v1');
    if (!dispatched) throw new Error('no order-shipment-dispatched among the examples');
    const data = { ...dispatched.data, carrier_reference: 'new_carrier' };
    expect(validatorOf(dispatched.contract)(data)).toEqual([]);
  });
});
