import { plain } from '../screen/paint';
import { lifeLines, packed } from './life-lines';
import type { LifeEntry } from './play-report';

const entry: LifeEntry = {
  at: '2026-01-15T11:00:00Z',
  service: 'orders',
  command: 'upsert-order',
  gist: 'the number of the second one',
  outcome: 'accepted',
  facts: [],
};
const lines = (changes: Partial<LifeEntry>) => lifeLines({ ...entry, ...changes }, 60, plain);

describe('a message of a life', () => {
  it('is told with what came of it, whoever it happened to', () => {
    const facts = [
      { sequence: 7, type: 'order-shipment-dispatched', tale: 'dispatched parcel 2, ups' },
      { ordinal: 2, sequence: 3, type: 'shipment-fulfilled', tale: 'fulfilled' },
      { sequence: 8, type: 'order-fulfilled', tale: 'fulfilled' },
    ];
    expect(lines({ facts })).toEqual([
      '  01-15 11:00 → upsert-order: the number of the second one',
      '    order     7 dispatched parcel 2, ups · 8 fulfilled',
      '    parcel 2  3 fulfilled',
    ]);
  });

  it('to a parcel is told before what comes of it at the order', () => {
    const facts = [
      { sequence: 4, type: 'order-updated', tale: 'parcel 1 in_transit' },
      { ordinal: 1, sequence: 7, type: 'shipment-phase-changed', tale: 'now in_transit' },
    ];
    expect(lines({ service: 'shipments', facts }).slice(1)).toEqual([
      '    parcel 1  7 now in_transit',
      '    order     4 parcel 1 in_transit',
    ]);
  });

  it('that did the same to several parcels says it once', () => {
    const drafted = { sequence: 1, type: 'shipment-drafted', tale: 'drafted' };
    expect(lines({ facts: [1, 2].map((ordinal) => ({ ...drafted, ordinal })) }).slice(1)).toEqual([
      '    parcels   1 drafted',
    ]);
  });

  it.each([
    [{ outcome: 'ignored', because: 'duplicate' } as const, 'duplicate'],
    [{ because: 'kept' }, 'kept'],
    [{}, 'accepted'],
  ])('without a fact ends with what it came to: %j', (changes, word) => {
    const [line = ''] = lines(changes);
    expect(line).toHaveLength(60);
    expect(line.endsWith(`  ${word}`)).toBe(true);
  });
});

describe('texts on as few lines as they fit into', () => {
  it('go on on the next line', () =>
    expect(packed(['one', 'two', 'three'], 9)).toEqual(['one · two', 'three']));
  it('are cut when even a line of their own is too short', () =>
    expect(packed(['one', 'twenty-two'], 5)).toEqual(['one', 'twen…']));
});
