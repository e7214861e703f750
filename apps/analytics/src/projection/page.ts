import {
  type Cell,
  type CellReport,
  type GroupKind,
  groupKindOf,
  type ViewKind,
  viewKindOf,
} from '../figures/cell';
import type { CellRange } from '../figures/report-query';
import { addDays } from '../figures/utc-day';

/** The part of the rollups that one question reads of one day, as a text: they are compared page by page. */
export const pageOf = ({ shop, report, view, group, day }: Cell): string =>
  JSON.stringify([shop, report, viewKindOf(view), groupKindOf(group), day]);

/** What has to be read to have the page again. */
export function rangeOfPage(page: string): CellRange {
  const [shop, report, viewKind, groupKind, from] = JSON.parse(page) as [
    string,
    CellReport,
    ViewKind,
    GroupKind,
    string,
  ];
  return { shop, report, viewKind, view: null, groupKind, from, to: addDays(from, 1) };
}
