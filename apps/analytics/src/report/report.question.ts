import type { Issue } from '@waybill/decider';
import { type Bucket, queryIssues, type Report, type ReportQuery } from '../figures/report-query';
import type { ReportSearch } from './report.search';

/** The question of a request, with the defaults of 9.5. @param today UTC day */
export function questionOf(shop: string, report: Report, search: ReportSearch, today: string): ReportQuery {
  const { from, to, bucket, group_by, target_days, as_of, durations } = search;
  const { segment, carrier, phase, flag, country } = search;
  const filters = { segment, carrier, phase, flag, country };
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return {
    report,
    shop,
    from,
    to,
    bucket,
    groupBy: group_by ?? null,
    filters: Object.fromEntries(given),
    ...(target_days === undefined ? {} : { targetDays: target_days }),
    ...(durations === undefined ? {} : { durations }),
    asOf: as_of ?? today,
  };
}

/** Reports that tell durations. */
const timed: readonly Report[] = ['orders', 'delivery-times'];
const maxDays = 3660;
const daysOf: Readonly<Record<Bucket, number>> = { day: 1, week: 7, month: 31, total: maxDays };
const maxBuckets = 1100;

/** Why a question is not answered; nothing: []. A question reads and answers no more than its range is allowed to hold. */
export function faultsOf(query: ReportQuery): Issue[] {
  const { from, to, bucket, report } = query;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const faults: Issue[] = queryIssues(query).map(({ field, msg }) => fault(field, msg, 'combination'));
  if (days <= 0) faults.push(fault('to', 'must be after from', 'range'));
  if (days > maxDays) faults.push(fault('to', `must be at most ${maxDays} days after from`, 'range'));
  else if (days / daysOf[bucket] > maxBuckets)
    faults.push(fault('bucket', `must make at most ${maxBuckets} rows of the range`, 'range'));
  if (query.targetDays !== undefined && report !== 'delivery-times')
    faults.push(fault('target_days', 'is for delivery-times alone', 'combination'));
  if (query.durations !== undefined && !timed.includes(report))
    faults.push(fault('durations', `is for ${timed.join(' and ')} alone`, 'combination'));
  return faults;
}

const fault = (field: string, msg: string, type: string): Issue => ({
  loc: ['query', field],
  field,
  msg,
  type,
});
