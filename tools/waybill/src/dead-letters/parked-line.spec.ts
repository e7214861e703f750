import * as fc from 'fast-check';
import { DeadLetterList } from './dead-letter-list';
import { storedDeadLetter } from './dead-letters.fixture';
import { inLine, thoseBehind } from './parked-line';

/** A letter that was set aside at `second`; of `aggregate` with this place in its line, or of none. */
const at = (second: number, aggregateId?: string, number = 0) =>
  storedDeadLetter(
    {
      offset: second,
      ...(aggregateId
        ? {
            parked: { aggregateId, numbering: 'orders.commands/3/1,0', since: 'orders.commands/3/1', number },
          }
        : {}),
    },
    second * 1000,
  );

function listed(...records: ReturnType<typeof at>[]) {
  const list = new DeadLetterList();
  for (const record of records) list.add(record);
  return list.entries();
}

const told = (entries: ReturnType<typeof listed>) =>
  entries.map(({ letter: { offset, parked } }) =>
    parked ? `${parked.aggregateId}:${parked.number}` : offset,
  );

describe('what is sent back', () => {
  it('is in the order of its line, also where one failed again and is set aside later than those behind it', () => {
    const entries = listed(at(1, 'a', 1), at(2, 'a', 2), at(9, 'a', 0), at(3), at(4, 'b', 0));
    expect(told(inLine(entries))).toEqual(['a:0', 'a:1', 'a:2', 3, 'b:0']);
  });

  it('is in the order of its line whatever the times are', () => {
    const place = fc.record({ aggregate: fc.constantFrom('a', 'b'), number: fc.nat(30) });
    const places = fc.uniqueArray(place, { selector: ({ aggregate, number }) => `${aggregate}${number}` });
    fc.assert(
      fc.property(places, (all) => {
        const sent = inLine(listed(...all.map(({ aggregate, number }, i) => at(i + 1, aggregate, number))));
        for (const aggregate of ['a', 'b']) {
          const numbers = sent.flatMap(({ letter: { parked } }) =>
            parked?.aggregateId === aggregate ? [parked.number] : [],
          );
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        }
        expect(sent).toHaveLength(all.length);
      }),
    );
  });

  it('with those behind it leaves out what stands before, what is of another aggregate and what is in no line', () => {
    const entries = listed(at(1, 'a', 0), at(2, 'a', 1), at(3, 'a', 2), at(4, 'b', 3), at(5));
    const one = entries.find(({ letter }) => letter.parked?.number === 1);
    expect(one && told(thoseBehind(one, entries))).toEqual(['a:2']);
  });
});
