import type { CellReport, GroupKind, ViewKind } from './cell';

export const reports = ['orders', 'shipments', 'delivery-times', 'claims', 'campaigns'] as const;
export type Report = (typeof reports)[number];

export const buckets = ['day', 'week', 'month', 'total'] as const;
export type Bucket = (typeof buckets)[number];

export const dimensions = [
  'country_code',
  'province_code',
  'carrier_reference',
  'segment',
  'campaign',
] as const;
export type Dimension = (typeof dimensions)[number];

export interface ReportFilters {
  readonly segment?: string;
  readonly carrier?: string;
  readonly phase?: string;
  readonly flag?: string;
  readonly country?: string;
}

/** A question as domain 9.5 has it; days are UTC, YYYY-MM-DD. */
export interface ReportQuery {
  readonly report: Report;
  readonly shop: string;
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly bucket: Bucket;
  readonly groupBy: Dimension | null;
  readonly filters: ReportFilters;
  /** Whole days, 1 to 365; used by delivery-times. */
  readonly targetDays?: number;
  /** Start of this day; used by shipments. */
  readonly asOf: string;
  /** Durations to the millisecond instead of in hours and days; those of anomalies stay in days. */
  readonly durations?: 'ms';
}

/** Cells to read: every member is an exact match but the range of days. `view` is null where all of the kind are meant. */
export interface CellRange {
  readonly shop: string;
  readonly report: CellReport;
  readonly viewKind: ViewKind;
  readonly view: string | null;
  readonly groupKind: GroupKind;
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
}

/** A member of the query that does not go with the rest of it. */
export interface QueryIssue {
  readonly field: 'segment' | 'carrier' | 'flag' | 'group_by';
  readonly msg: string;
}

/** What cannot be asked for (each is a `validation_error`); empty when the query can be answered. */
export function queryIssues({ report, groupBy, filters }: ReportQuery): QueryIssue[] {
  const issues: QueryIssue[] = [];
  const bySegment = filters.segment !== undefined || groupBy === 'segment';
  const byCarrier = filters.carrier !== undefined || groupBy === 'carrier_reference';
  if (bySegment && byCarrier) {
    const msg = 'at most one of segment and carrier may be filtered or grouped on';
    issues.push({ field: filters.segment === undefined ? 'carrier' : 'segment', msg });
  }
  if (report === 'claims' && filters.flag !== undefined) {
    issues.push({ field: 'flag', msg: 'a claim does not know the flag of its parcel' });
  }
  if (report === 'claims' && groupBy === 'campaign') {
    issues.push({ field: 'group_by', msg: 'a claim does not know the campaign of its order' });
  }
  return issues;
}
