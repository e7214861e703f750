import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { anyQuery, runs, seed } from '../figures/figures.arbitraries.spec-data';
import { recountAnomalies } from '../figures/recount-anomalies.spec-data';
import { recount } from '../figures/recount.spec-data';
import { queryIssues, type ReportQuery, reports } from '../figures/report-query';
import { cellsWanted } from '../figures/report-ranges';
import { rowsOf } from '../figures/report-rows';
import { asItIs, type Change, subjectsFirst, withoutOffsets } from './broken-stores.spec-data';
import { anyCourse, type Course } from './partitions.arbitraries.spec-data';
import { anyPlan, Workers } from './workers.spec-data';

type Plan = Parameters<Workers['play']>[1];

const canBeAsked = (query: ReportQuery) => queryIssues(query).length === 0;

/** One question to each report, and one more for the anomalies of the whole time. */
const questions = fc.tuple(
  ...reports.map((report) => anyQuery.map((query) => ({ ...query, report })).filter(canBeAsked)),
  anyQuery
    .map((query) => ({ ...query, report: 'delivery-times', from: '2026-01-24', to: '2026-02-08' }) as const)
    .filter(canBeAsked),
);

const last = <T>(values: readonly T[], id: (value: T) => string) => [
  ...new Map(values.map((value) => [id(value), value])).values(),
];

/** What the service publishes, of stored rollups alone. */
async function told({ rollups }: Workers, query: ReportQuery): Promise<readonly object[]> {
  const found = await Promise.all(cellsWanted(query).map((range) => rollups.read(range)));
  return rowsOf(query, found.flat());
}

/** The same of nothing but what every order and claim was in the end. */
function counted(query: ReportQuery, course: Course): readonly object[] {
  const orders = last(course.orders, ({ uuid }) => uuid);
  const claims = last(course.claims, ({ claim_id }) => claim_id);
  const rows = recount(query, orders, claims) as { bucket: string | null; group: string | null }[];
  if (query.report !== 'delivery-times') return rows;
  const anomalies = recountAnomalies(query, orders);
  return rows.map((row) => ({
    ...row,
    anomalies: anomalies
      .filter(({ bucket, group }) => bucket === row.bucket && group === row.group)
      .map(({ anomaly }) => anomaly),
  }));
}

/** Rows and anomalies in any order, members too. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map(canonical).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, canonical(member)]));
};

async function answers(
  guard: Change,
  course: Course,
  plan: Plan,
  queries: readonly ReportQuery[],
): Promise<{ query: ReportQuery; told: unknown; counted: unknown }[]> {
  const workers = new Workers(guard);
  await workers.play(course.partitions, plan);
  return Promise.all(
    queries.map(async (query) => ({
      query,
      told: canonical(await told(workers, query)),
      counted: canonical(counted(query, course)),
    })),
  );
}

describe(`figures of all reports (WAYBILL_SEED=${seed})`, () => {
  it('are those of a plain recount, however batches are cut, repeated, raced, and died in', async () => {
    const seen = { rows: new Set<string>(), anomalies: 0 };
    const law = fc.asyncProperty(anyCourse, anyPlan, questions, async (course, plan, queries) => {
      for (const { query, ...both } of await answers(asItIs, course, plan, queries)) {
        expect({ query, rows: both.told }).toEqual({ query, rows: both.counted });
        const rows = both.counted as { anomalies?: unknown[] }[];
        if (rows.length > 0) seen.rows.add(query.report);
        for (const { anomalies = [] } of rows) seen.anomalies += anomalies.length;
      }
    });
    await fc.assert(law, runs(60));
    // what was never there proves nothing
    expect([...seen.rows].toSorted()).toEqual(reports.toSorted());
    expect(seen.anomalies).toBeGreaterThan(0);
  });

  it.each([
    { about: 'rollups that do not know their offset', guard: withoutOffsets },
    { about: 'subjects that are written before the rollups', guard: subjectsFirst },
  ])(
    'are right with $about as long as nobody dies, then wrong, which the same check sees',
    async ({ guard }) => {
      const agree = async (course: Course, plan: Plan, queries: readonly ReportQuery[]) => {
        const all = await answers(guard, course, plan, queries);
        return all.every((one) => isDeepStrictEqual(one.told, one.counted));
      };
      const calm = fc.asyncProperty(anyCourse, questions, (course, queries) => agree(course, [], queries));
      await fc.assert(calm, runs(20));
      const law = fc.asyncProperty(anyCourse, anyPlan, questions, agree);
      const { failed, errorInstance } = await fc.check(law, { ...runs(60), endOnFailure: true });
      expect([failed, String(errorInstance)]).toEqual([true, expect.stringContaining('returning false')]);
    },
  );
});
