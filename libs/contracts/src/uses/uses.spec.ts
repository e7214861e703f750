import { changed, factExamples, placesOf } from '../fact-examples.spec-data';
import { allUses } from './all-uses';
import { only, touches } from './members';
import { usedValidator } from './used-validation';
import { classOfSource } from './uses';
import { topicManifest } from '../topics';

const sizeOf = (value: unknown) => JSON.stringify(value).length;
const facts = ['orders', 'shipments', 'claims'].flatMap(factExamples);

/** Every declaration with the longest example that it is about. */
const readings = allUses.flatMap(({ service, reads }) =>
  Object.entries(reads).flatMap(([source, members = true]) => {
    const about = facts.filter(({ type, contract }) => [type, contract.topic].includes(source));
    const [fact] = about.toSorted((a, b) => sizeOf(b.data) - sizeOf(a.data));
    if (!fact) throw new Error(`no example of ${source}`);
    return [{ service, source, members, ...fact }];
  }),
);

describe('what a service reads', () => {
  it('is on topics that it is a reader of', () => {
    for (const { service, contract } of readings)
      expect(topicManifest.find(({ name }) => name === contract.topic)?.readers).toContain(service);
  });

  it.each(readings)('$service of $source: all it needs and nothing else', ({ source, members, data }) => {
    const faultsOf = usedValidator(source, members);
    expect(faultsOf(only(members, data))).toEqual([]);
    const seen = only(members, data);
    for (const { at, optional } of placesOf(classOfSource(source), data)) {
      const without = changed(data, at, (owner, name) => Reflect.deleteProperty(owner, name));
      const isUsed = touches(members, at);
      const faults = faultsOf(without).map(({ loc }) => loc.slice(1));
      expect(faults).toEqual(isUsed && !optional ? [at] : []);
      const isGone = isUsed && sizeOf(without) < sizeOf(data);
      expect(sizeOf(only(members, without)) < sizeOf(seen)).toBe(isGone);
    }
  });

  it('is held to its contract', () => {
    const faultsOf = usedValidator('orders.order-placed.v1', {
      placed_at: true,
      shipments: { ordinal: true },
    });
    const data = { placed_at: '2026-01-10T08:00:00Z', shipments: [{ ordinal: 1 }, { ordinal: 'two' }] };
    expect(faultsOf(data).map(({ field, type }) => [field, type])).toEqual([
      ['placed_at', 'isTime'],
      ['shipments.1.ordinal', 'isInt'],
    ]);
    expect(faultsOf(null).map(({ type }) => type)).toEqual(['isObject']);
  });
});

describe('only', () => {
  it('keeps the named members in their order, in each entry of a list', () => {
    const members = { b: true, a: { x: true } } as const;
    const value = { a: [{ x: 1, y: 2 }, null], c: 3, b: { all: ['of', 'it'] } };
    expect(JSON.stringify(only(members, value))).toBe('{"a":[{"x":1},null],"b":{"all":["of","it"]}}');
  });

  it('takes no member that a value has from elsewhere', () => {
    expect(only({ a: true }, JSON.parse('{"__proto__":{"a":1},"toString":2}'))).toEqual({});
  });
});

it('a declared member that the contract does not have is not passed over', () => {
  expect(() => usedValidator('orders.events', { order: { colour: true } })({})).toThrow('the member colour');
});
