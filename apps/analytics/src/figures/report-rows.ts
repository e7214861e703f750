import { groupKindOf, valueOf, type Cell, type Measures } from './cell';
import { anomaliesOf } from './anomalies';
import { measuresOf } from './published-measures';
import type { CellRange, ReportQuery } from './report-query';
import { cellsWanted, isInRange } from './report-ranges';
import { Sums } from './sums';
import { bucketOf } from './utc-day';

/** A row as it is published (domain 9.5). */
export interface ReportRow {
  readonly bucket: string | null;
  readonly group: string | null;
  readonly currency?: string;
  readonly campaign?: string | null;
  readonly method?: string;
  readonly [measure: string]: unknown;
}

/** A cell and what it sums up; one cell may come several times, once for each partition. */
export interface CellSum {
  readonly cell: Cell;
  readonly measures: Measures;
}

/** What tells rows of one report apart. */
export type RowName = Pick<ReportRow, 'bucket' | 'group' | 'currency' | 'campaign' | 'method'>;

/**
 * The answer to `query`, of the cells that `cellsWanted` names; others are left aside. There is a row where something
 * counted, for claims also where orders were dispatched. Rows are sorted by bucket, group, currency, campaign and
 * method; a missing value comes last.
 */
export function rowsOf(query: ReportQuery, cells: Iterable<CellSum>): ReportRow[] {
  const ranges = cellsWanted(query);
  const wanted = [...cells].filter(
    ({ cell }) => ranges.some((range) => isInRange(range, cell)) && passesFilters(query, cell),
  );
  const anomalies = query.report === 'delivery-times' ? anomaliesOf(query, wanted, groupOf) : [];
  return tallied(query, ranges, wanted).map(({ name, sums }) => ({
    ...name,
    ...measuresOf(query, sums, name.currency),
    ...(query.report === 'delivery-times' && {
      anomalies: anomalies
        .filter(({ bucket, group }) => bucket === name.bucket && group === name.group)
        .map(({ anomaly }) => anomaly),
    }),
  }));
}

function tallied(query: ReportQuery, [main, ...further]: readonly CellRange[], wanted: readonly CellSum[]) {
  // the further ranges of delivery times are for anomalies only
  const counted = query.report === 'delivery-times' ? [main] : [main, ...further];
  const rows = new Map<string, { name: RowName; sums: Sums }>();
  for (const { cell, measures } of wanted) {
    const isCounted = counted.some((range) => range !== undefined && isInRange(range, cell));
    if (!isCounted || cell.day < query.from) continue;
    const name = nameOf(query, cell);
    const key = JSON.stringify(partsOf(name));
    const row = rows.get(key) ?? { name, sums: new Sums() };
    rows.set(key, row);
    row.sums.add(measures);
  }
  return [...rows.values()]
    .filter(({ sums }) => !sums.isEmpty())
    .toSorted((one, other) => compare(partsOf(one.name), partsOf(other.name)));
}

function nameOf(query: ReportQuery, cell: Cell): RowName {
  const { currency, campaign, method } = cell.facets;
  return {
    bucket: bucketOf(cell.day, query.bucket),
    group: groupOf(query, cell),
    ...(currency !== undefined && { currency }),
    ...(campaign !== undefined && { campaign: campaign === '' ? null : campaign }),
    ...(method !== undefined && { method }),
  };
}

const partsOf = ({ bucket, group, currency, campaign, method }: RowName) =>
  [bucket, group, currency, campaign, method].map((part) => part ?? null);

function compare(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  const [a, b] = [one[at] ?? null, other[at] ?? null];
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : 1;
}

/** Value of the query's dimension that a cell belongs to; null without one, and where no campaign is credited. */
function groupOf({ groupBy }: ReportQuery, { view, group, facets }: Cell): string | null {
  switch (groupBy) {
    case null:
      return null;
    case 'country_code':
      return facets.country ?? null;
    case 'province_code':
      return valueOf(group);
    case 'carrier_reference':
    case 'segment':
      return valueOf(view);
    case 'campaign':
      return (groupKindOf(group) === 'campaign' ? valueOf(group) : facets.campaign) || null;
  }
}

function passesFilters({ filters }: ReportQuery, { report, facets }: Cell): boolean {
  const { country, phase, flag } = filters;
  if (country !== undefined && facets.country !== country) return false;
  // the orders that a claim rate is measured against are asked for no phase
  if (report === 'dispatched' || (phase === undefined && flag === undefined)) return true;
  const pairs = facets.parcels?.split(',') ?? [`${facets.phase}/${facets.flag}`];
  return pairs.some((pair) => {
    const [ofPhase, ofFlag] = pair.split('/');
    return (phase === undefined || phase === ofPhase) && (flag === undefined || flag === ofFlag);
  });
}
