import type { Fact } from '@waybill/messaging';
import * as fc from 'fast-check';
import { anyClaim, anyOrder, anyQuery, runs, seed } from './figures.arbitraries.spec-data';
import { claimFact, orderFact } from './figures.samples.spec-data';
import { claimsSubject } from './claims.subject';
import { deltas } from './deltas';
import { orderSubject } from './order.subject';
import { recount } from './recount.spec-data';
import { type CellSum, type ReportRow, rowsOf } from './report-rows';
import type { Subject } from './subject';

/** What is added to the cells while `facts` happen, each of them twice. */
function changesOf<Kept>(subject: Subject<Kept>, facts: readonly Fact[]): CellSum[] {
  const known = new Map<string, Kept>();
  return facts
    .flatMap((fact) => [fact, fact])
    .flatMap((fact) => {
      const id = subject.subjectId(fact);
      const before = known.get(id);
      // as the database keeps it
      const after = JSON.parse(JSON.stringify(subject.apply(before ?? null, fact))) as Kept;
      known.set(id, after);
      return deltas(before === undefined ? [] : subject.contributions(before), subject.contributions(after));
    });
}

const last = <T>(values: readonly T[], id: (value: T) => string) => [
  ...new Map(values.map((value) => [id(value), value])).values(),
];
const sorted = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(row, (_, value: unknown) => inOrder(value))).toSorted();
const inOrder = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;
const withoutAnomalies = (row: ReportRow) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'anomalies'));

describe(`figures (seed ${seed})`, () => {
  it('whatever happened, the sums are those of a plain recount of what is there now', () => {
    const lives = [fc.array(anyOrder, { maxLength: 12 }), fc.array(anyClaim, { maxLength: 12 })] as const;
    fc.assert(
      fc.property(...lives, fc.array(anyQuery, { minLength: 1, maxLength: 8 }), (orders, claims, queries) => {
        const cells = [
          ...changesOf(orderSubject, orders.map(orderFact)),
          ...changesOf(claimsSubject, claims.map(claimFact)),
        ];
        const lastOrders = last(orders, ({ uuid }) => uuid);
        const lastClaims = last(claims, (one) => one.claim_id);
        for (const query of queries) {
          const rows = rowsOf(query, cells).map(withoutAnomalies);
          expect(sorted(rows)).toEqual(sorted(recount(query, lastOrders, lastClaims)));
        }
      }),
      runs(300),
    );
  });
});
