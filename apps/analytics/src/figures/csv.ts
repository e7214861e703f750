import { measuresOf } from './published-measures';
import type { ReportQuery } from './report-query';
import type { ReportRow } from './report-rows';
import { Sums } from './sums';

/** A column is named by the members that lead to it: `average_order_value.average`. */
type Path = readonly string[];

/** Rows as CSV (RFC 4180): one column per member, and per value of a breakdown; lists as JSON. Texts that a table would take for a formula get an apostrophe. */
export function toCsv(query: ReportQuery, rows: readonly ReportRow[]): string {
  const flat = rows.map((row) => flatten(row));
  const columns = columnsOf(rows.length > 0 ? rows : [nothing(query)]);
  const lines = [
    columns.map((path) => field(path.join('.'))),
    ...flat.map((row) => columns.map((path) => field(row.get(JSON.stringify(path)) ?? null))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** The row of nothing: it names the columns where there is no row. */
const nothing = (query: ReportQuery): ReportRow => ({
  bucket: null,
  group: null,
  ...measuresOf(query, new Sums()),
});

/** Columns of one member stay together, in the order of the members. */
function columnsOf(rows: readonly ReportRow[]): Path[] {
  const byMember = new Map<string, Map<string, Path>>();
  for (const row of rows) {
    for (const member of Object.keys(row)) if (!byMember.has(member)) byMember.set(member, new Map());
    for (const key of flatten(row).keys()) {
      const path = JSON.parse(key) as Path;
      byMember.get(path[0] ?? '')?.set(key, path);
    }
  }
  return [...byMember.values()].flatMap((paths) => [...paths.values()]);
}

function flatten(value: unknown, path: Path = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[JSON.stringify(path), value]]);
  if (Array.isArray(value)) return new Map([[JSON.stringify(path), JSON.stringify(value)]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => [...flatten(member, [...path, name])]));
}

function field(value: unknown): string {
  if (typeof value !== 'string') return value === null ? '' : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
