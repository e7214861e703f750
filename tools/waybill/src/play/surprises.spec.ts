import type { Outcome } from '@waybill/messaging';
import type { Expectation, PlannedMessage } from './planned-message';
import { surprise } from './surprises';

const message = (expected: Expectation): PlannedMessage => ({
  service: 'orders',
  key: 'demo-shop/R-1',
  value: '{}',
  at: '2025-09-01T07:07:50Z',
  commandId: 'R-1/placed',
  name: 'upsert-order',
  gist: 'two items',
  purpose: 'row',
  expected,
});
const accepted: Outcome = { outcome: 'accepted', events: [] };
const kept: Outcome = { ...accepted, kept: true };
const duplicate: Outcome = { outcome: 'ignored', reason: 'duplicate' };
const refused: Outcome = { outcome: 'refused', key: 'order_exists', message: 'no', errors: [] };

describe('a message', () => {
  it.each([
    { wanted: { outcome: 'accepted' }, result: { reply: accepted } },
    { wanted: { outcome: 'accepted' }, result: { reply: kept } },
    { wanted: { outcome: 'accepted', kept: true }, result: { reply: kept } },
    { wanted: { outcome: 'ignored', reason: 'duplicate' }, result: { reply: duplicate } },
    { wanted: { outcome: 'refused', key: 'order_exists' }, result: { reply: refused } },
    {
      wanted: { outcome: 'dead-letter', kind: 'malformed' },
      result: { deadLetter: { kind: 'malformed', key: 'malformed_request' } },
    },
  ] as const)('that is $wanted.outcome as expected is no surprise', ({ wanted, result }) => {
    expect(surprise(message(wanted), result, true)).toBeUndefined();
  });

  it.each([
    {
      what: 'refused instead of accepted',
      wanted: { outcome: 'accepted' },
      result: { reply: refused },
      says: 'R-1/placed: refused order_exists, wanted accepted',
    },
    {
      what: 'refused for another reason',
      wanted: { outcome: 'refused', key: 'order_not_found' },
      result: { reply: refused },
      says: 'R-1/placed: refused order_exists, wanted refused order_not_found',
    },
    {
      what: 'accepted although it is wrong',
      wanted: { outcome: 'refused', key: 'order_exists' },
      result: { reply: accepted },
      says: 'R-1/placed: accepted, wanted refused order_exists',
    },
    {
      what: 'applied at once although its number cannot be known',
      wanted: { outcome: 'accepted', kept: true },
      result: { reply: accepted },
      says: 'R-1/placed: accepted, wanted accepted kept',
    },
    {
      what: 'set aside instead of answered',
      wanted: { outcome: 'accepted' },
      result: { deadLetter: { kind: 'failed', key: 'internal_error' } },
      says: 'R-1/placed: dead letter failed internal_error, wanted accepted',
    },
  ] as const)('$what is one', ({ wanted, result, says }) => {
    expect(surprise(message(wanted), result, true)).toBe(says);
  });

  it('that was played before may be a duplicate, but only in a system that was used before', () => {
    const row = message({ outcome: 'accepted' });
    expect(surprise(row, { reply: duplicate }, false)).toBeUndefined();
    expect(surprise(row, { reply: duplicate }, true)).toBe('R-1/placed: ignored duplicate, wanted accepted');
  });
});
