import { NewerVersionError } from './aggregate-store';
import type { AggregateType } from './aggregate-type';
import { type SampleTypes, sampleType } from './simulated/sample-aggregate';
import { stateOf, type StateDocument, writtenVersion } from './state-versions';

/** A release that reads three versions: the second has called `value` `amount`, the third has put it into a list. */
const third: AggregateType<SampleTypes> = {
  ...sampleType({ present: false }),
  version: 3,
  upcasters: [
    ({ value, ...state }) => ({ ...state, amount: value }),
    ({ amount, ...state }) => ({ ...state, amounts: [amount] }),
  ],
  fromDocument: ({ amounts, ...state }) => ({ ...state, value: (amounts as number[])[0] }) as never,
};

const stored = (v: number, state: StateDocument | null) => ({ _id: 'a0', v, state });

describe('a state', () => {
  it.each([
    [1, { value: 7, name: null }],
    [2, { amount: 7, name: null }],
    [3, { amounts: [7], name: null }],
  ])('of version %i is read', (v, state) => {
    expect(stateOf(third, stored(v, state))).toEqual({ value: 7, name: null });
  });

  it('of a version that only a newer release reads is left to it', () => {
    expect(() => stateOf(third, stored(4, { amounts: [7] }))).toThrow(NewerVersionError);
    expect(() => stateOf(third, stored(4, null))).toThrow('deploy a newer release');
  });

  it('that is not there is none', () => {
    expect(stateOf(third, stored(2, null))).toBeNull();
  });

  it.each([
    { writes: undefined, had: 1, written: 3 },
    { writes: 1, had: 1, written: 1 },
    { writes: 1, had: 3, written: 3 },
  ])('had in version $had is written in $written by a release that writes $writes', (row) => {
    const { writes, ...type } = { ...third, writes: row.writes };
    expect(writtenVersion(writes === undefined ? type : { ...type, writes }, row.had)).toBe(row.written);
  });
});
