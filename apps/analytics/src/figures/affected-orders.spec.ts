import { ask, claim, published } from './figures.samples.spec-data';

const first = {
  claim_id: 'early',
  created_at: '2026-01-10T12:00:00.000Z',
  shipment_phase: 'in_transit',
  carrier_reference: 'ups',
  country: 'AT',
} as const;
const early = claim(first);
const late = claim({ claim_id: 'late', created_at: '2026-01-20T12:00:00.000Z', campaign_segments: ['b2b'] });

const affected = (claims: Parameters<typeof published>[2], query: Partial<Parameters<typeof ask>[0]> = {}) =>
  published(ask({ report: 'claims', bucket: 'day', ...query }), [], claims).map(
    ({ bucket, group, ...row }) => [bucket, group, row['claims'], row['affected_orders']],
  );

describe('an affected order counts on the day of its first claim', () => {
  it.each([{ claims: [early, late] }, { claims: [late, early] }])('in any order of facts', ({ claims }) => {
    expect(affected(claims)).toEqual([
      ['2026-01-10', null, 1, 1],
      ['2026-01-20', null, 1, 0],
    ]);
  });

  it('that is not deleted', () => {
    const deleted = claim({ ...first, deleted_at: '2026-01-25T00:00:00.000Z' });
    expect(affected([early, late, deleted])).toEqual([['2026-01-20', null, 1, 1]]);
  });

  it('also when that day is outside of the range', () => {
    expect(affected([early, late], { from: '2026-01-15' })).toEqual([['2026-01-20', null, 1, 0]]);
  });

  it.each([
    { filters: { phase: 'delivered' } },
    { filters: { country: 'DE' } },
    { filters: { country: 'DE', phase: 'delivered' } },
    { filters: { carrier: 'dhl' } },
    { filters: { segment: 'b2b' } },
  ])('among those that $filters lets through', (query) => {
    expect(affected([early, late], query)).toEqual([['2026-01-20', null, 1, 1]]);
  });

  it('within each group', () => {
    expect(affected([early, late], { groupBy: 'country_code', bucket: 'total' })).toEqual([
      [null, 'AT', 1, 1],
      [null, 'DE', 1, 1],
    ]);
  });
});
