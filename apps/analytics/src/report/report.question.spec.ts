import { faultsOf, questionOf } from './report.question';
import type { ReportSearch } from './report.search';

const today = '2026-02-10';
const search = (more: Partial<ReportSearch>): ReportSearch => ({
  from: '2026-01-01',
  to: '2026-02-01',
  bucket: 'total',
  ...more,
});
const faults = (report: Parameters<typeof questionOf>[1], more: Partial<ReportSearch>) =>
  faultsOf(questionOf('demo-shop', report, search(more), today)).map(({ field, msg }) => `${field} ${msg}`);

describe('the question of a request', () => {
  it('has no group, no filter and today where nothing else is said', () => {
    expect(questionOf('demo-shop', 'orders', search({}), today)).toEqual({
      report: 'orders',
      shop: 'demo-shop',
      from: '2026-01-01',
      to: '2026-02-01',
      bucket: 'total',
      groupBy: null,
      filters: {},
      asOf: today,
    });
  });

  it('has all that is said', () => {
    const given = search({
      bucket: 'week',
      group_by: 'country_code',
      segment: 'b2b',
      phase: 'delivered',
      flag: 'normal',
      country: 'DE',
      target_days: 5,
      as_of: '2026-01-31',
      durations: 'ms',
    });
    expect(questionOf('demo-shop', 'delivery-times', given, today)).toMatchObject({
      bucket: 'week',
      groupBy: 'country_code',
      filters: { segment: 'b2b', phase: 'delivered', flag: 'normal', country: 'DE' },
      targetDays: 5,
      asOf: '2026-01-31',
      durations: 'ms',
    });
  });
});

describe('a question', () => {
  it.each([
    { about: 'one day', ask: { to: '2026-01-02' } },
    { about: '3,660 days in one row', ask: { from: '2016-01-01', to: '2026-01-08' } },
    { about: '3,660 days by month', ask: { from: '2016-01-01', to: '2026-01-08', bucket: 'month' } },
    { about: '3,660 days by week', ask: { from: '2016-01-01', to: '2026-01-08', bucket: 'week' } },
    { about: '1,100 days by day', ask: { from: '2023-01-01', to: '2026-01-05', bucket: 'day' } },
    { about: 'a segment by country', ask: { segment: 'b2b', group_by: 'country_code' } },
    { about: 'a carrier by itself', ask: { carrier: 'dhl', group_by: 'carrier_reference' } },
    { about: 'durations to the millisecond', ask: { durations: 'ms' } },
  ] as const)('of $about is answered', ({ ask }) => expect(faults('orders', ask)).toEqual([]));

  it.each([
    { about: 'no day at all', ask: { to: '2026-01-01' }, fault: 'to must be after from' },
    { about: 'days backwards', ask: { from: '2026-03-01' }, fault: 'to must be after from' },
    {
      about: '3,661 days',
      ask: { from: '2016-01-01', to: '2026-01-09' },
      fault: 'to must be at most 3660 days after from',
    },
    {
      about: '100 years by day',
      ask: { from: '1926-01-01', to: '2026-01-01', bucket: 'day' },
      fault: 'to must be at most 3660 days after from',
    },
    {
      about: '1,101 days by day',
      ask: { from: '2023-01-01', to: '2026-01-06', bucket: 'day' },
      fault: 'bucket must make at most 1100 rows of the range',
    },
    {
      about: 'a segment by carrier',
      ask: { segment: 'b2b', group_by: 'carrier_reference' },
      fault: 'segment at most one of segment and carrier may be filtered or grouped on',
    },
    {
      about: 'a carrier by segment',
      ask: { carrier: 'dhl', group_by: 'segment' },
      fault: 'carrier at most one of segment and carrier may be filtered or grouped on',
    },
    {
      about: 'a target for orders',
      ask: { target_days: 5 },
      fault: 'target_days is for delivery-times alone',
    },
  ] as const)('of $about is not', ({ ask, fault }) => expect(faults('orders', ask)).toEqual([fault]));

  it.each([
    { ask: { flag: 'delay' }, fault: 'flag a claim does not know the flag of its parcel' },
    { ask: { group_by: 'campaign' }, fault: 'group_by a claim does not know the campaign of its order' },
    { ask: { durations: 'ms' }, fault: 'durations is for orders and delivery-times alone' },
  ] as const)('of claims with $ask is not', ({ ask, fault }) =>
    expect(faults('claims', ask)).toEqual([fault]),
  );

  it('is told of all of its faults at once', () =>
    expect(faults('claims', { to: '2025-01-01', flag: 'delay', target_days: 1 })).toHaveLength(3));
});
