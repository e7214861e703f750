import { groupKindOf, viewKindOf, type Cell, type CellReport, type GroupKind } from './cell';
import type { CellRange, ReportQuery } from './report-query';
import { addDays } from './utc-day';

/** An anomaly is measured against this many days before it. */
export const baselineDays = 28;

/** What has to be read to answer `query`: exact matches and a range of days, so that one index serves every range. */
export function cellsWanted(query: ReportQuery): readonly CellRange[] {
  switch (query.report) {
    case 'orders':
    case 'shipments':
    case 'campaigns':
      return [rangeOf(query, query.report)];
    case 'claims':
      return [rangeOf(query, 'claims'), rangeOf(query, affectedFamily(query)), rangeOf(query, 'dispatched')];
    case 'delivery-times':
      return deliveryRanges(query);
  }
}

/** Whether a cell belongs to a range. */
export function isInRange(range: CellRange, { shop, report, view, group, day }: Cell): boolean {
  return (
    shop === range.shop &&
    report === range.report &&
    viewKindOf(view) === range.viewKind &&
    (range.view === null || view === range.view) &&
    groupKindOf(group) === range.groupKind &&
    range.from <= day &&
    day < range.to
  );
}

function rangeOf(query: ReportQuery, report: CellReport): CellRange {
  const { shop, from, to } = query;
  return { shop, report, ...viewOf(query), groupKind: groupKindFor(query), from, to };
}

/** Also the days that anomalies are measured against, and the carriers, as far as the view is not one of its own. */
function deliveryRanges(query: ReportQuery): CellRange[] {
  const main = { ...rangeOf(query, 'delivery-times'), from: addDays(query.from, -baselineDays) };
  return main.viewKind === 'all' ? [main, { ...main, viewKind: 'carrier', view: null }] : [main];
}

function viewOf({ filters, groupBy }: ReportQuery): Pick<CellRange, 'viewKind' | 'view'> {
  if (filters.segment !== undefined) return { viewKind: 'segment', view: `segment:${filters.segment}` };
  if (filters.carrier !== undefined) return { viewKind: 'carrier', view: `carrier:${filters.carrier}` };
  if (groupBy === 'segment') return { viewKind: 'segment', view: null };
  if (groupBy === 'carrier_reference') return { viewKind: 'carrier', view: null };
  return { viewKind: 'all', view: 'all' };
}

function groupKindFor({ report, groupBy }: ReportQuery): GroupKind {
  if (groupBy === 'province_code') return 'province_code';
  // cells of campaigns name their campaign anyway
  return groupBy === 'campaign' && report !== 'campaigns' ? 'campaign' : 'none';
}

/** The family whose first claims are first among those that the filter, and each group, lets through. */
function affectedFamily({ filters, groupBy }: ReportQuery): CellReport {
  const byCountry = filters.country !== undefined || groupBy === 'country_code';
  const byPhase = filters.phase !== undefined;
  if (byCountry) return byPhase ? 'affected/country/phase' : 'affected/country';
  return byPhase ? 'affected/phase' : 'affected';
}
