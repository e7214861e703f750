import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classIssues } from '../class-issues';
import { contractOf } from '../contracts';
import { membersOf, type Constructor } from '../rules/member-registry';
import { validatorOf, validatorOfClass } from '../validation';

const folder = join(__dirname, '../../../../docs/examples');
const facts = readdirSync(folder)
  .flatMap(
    (file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as { payload: { type: string; data: object } }[],
  )
  .flatMap(({ payload: { type, data } }) => {
    const contract = contractOf(type);
    return contract?.kind === 'fact' ? [{ type, contract, data }] : [];
  });

interface Place {
  readonly at: readonly (string | number)[];
  readonly owner: Constructor;
  readonly name: string;
}

/** Every member of every object of a contract class in `value`, the last entry of each list. */
function placesOf(target: Constructor, value: object, at: readonly (string | number)[] = []): Place[] {
  return [...membersOf(target).values()].flatMap(({ name, nested, list }) => {
    const content: unknown = Reflect.get(value, name);
    const own: Place = { at: [...at, name], owner: target, name };
    const last = Array.isArray(content) ? content.length - 1 : 0;
    const inner: unknown = list && Array.isArray(content) ? content[last] : content;
    if (!nested || typeof inner !== 'object' || inner === null) return [own];
    return [own, ...placesOf(nested(), inner, list ? [...own.at, last] : own.at)];
  });
}

const placed = facts.find(({ type }) => type === 'orders.order-placed.v1');
if (!placed) throw new Error('no order-placed among the examples');
const pictures = changed(placed.data, ['order', 'products', 1, 'images'], (owner, name) =>
  Reflect.set(owner, name, [{ src: 'https://img.example.com/set-1.jpg', alt: null }]),
);
const samples = [...facts, { ...placed, type: `${placed.type} with pictures`, data: pictures }];

const places = samples.flatMap(({ type, contract, data }) =>
  placesOf(contract.payload, data).map((place) => ({
    type,
    contract,
    data,
    ...place,
    path: place.at.join('.'),
  })),
);

function changed(
  data: object,
  at: readonly (string | number)[],
  change: (owner: object, name: string) => void,
): object {
  const copy = structuredClone(data);
  const owner = at.slice(0, -1).reduce<object>((node, step) => Reflect.get(node, step) as object, copy);
  change(owner, String(at.at(-1)));
  return copy;
}

describe('facts', () => {
  it('of all kinds are there, with an object of every class', () => {
    expect(new Set(facts.map(({ type }) => type)).size).toBe(8);
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

  it.each(samples)(
    '$type is valid, a reader tolerates a new member anywhere, and nothing else',
    ({ type, contract, data }) => {
      const read = validatorOf(contract);
      const strict = validatorOfClass(contract.payload, 'refused');
      expect(strict(data)).toEqual([]);
      for (const { at, path } of places.filter(
        (place) => place.data === data && (walked.has(type) || place.at.length === 1),
      )) {
        const grown = changed(data, at, (owner) => Reflect.set(owner, 'new_member', 1));
        expect(read(grown)).toEqual([]);
        expect(strict(grown).map((issue) => issue.type)).toEqual(['whitelist']);

        const without = changed(data, at, (owner, name) => Reflect.deleteProperty(owner, name));
        expect(read(without)).toEqual([
          { loc: ['data', ...at], field: path, msg: 'is required', type: 'isDefined' },
        ]);
        // no member of a fact is both text and number, and none is true or a function of it
        const wrong = changed(data, at, (owner, name) =>
          Reflect.set(owner, name, typeof Reflect.get(owner, name) === 'boolean' ? 'true' : true),
        );
        expect(read(wrong).map(({ field }) => field)).toEqual([path]);
        expect(read(wrong)).toEqual(classIssues(contract.payload, wrong, 'tolerated', ['data']));
      }
    },
  );

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

  it('may show a currency or a carrier that this release does not know yet', () => {
    const dispatched = facts.find(({ type }) => type === 'orders.order-shipment-dispatched.v1');
    if (!dispatched) throw new Error('no order-shipment-dispatched among the examples');
    const data = { ...dispatched.data, carrier_reference: 'new_carrier' };
    expect(validatorOf(dispatched.contract)(data)).toEqual([]);
  });
});
