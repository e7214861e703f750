import { columns, fit } from '../screen/columns';
import type { Paint } from '../screen/paint';
import type { ReportRow } from './read-report';
import { type ReportColumn, reportColumns, type ReportName, reportNotes } from './report-columns';

export interface ShownReport {
  readonly report: ReportName;
  readonly bucket?: string;
  readonly groupBy?: string;
  readonly rows: readonly ReportRow[];
}

/** A report as a table, what its columns mean, and its breakdowns where it has one row; of more, how to see them. */
export function reportScreen(shown: ShownReport, width: number, paint: Paint): string[] {
  const { report, rows } = shown;
  const note = reportNotes[report];
  return [
    ...reportTable(shown, paint),
    ...(rows.length > 0 && note ? [paint.dim(note)] : []),
    ...breakdowns(rows, width),
  ];
}

/** A head, and a line for each row. */
export function reportTable(shown: ShownReport, paint: Paint): string[] {
  const { report, rows } = shown;
  if (rows.length === 0) return ['nothing was counted in these days'];
  const all = [...nameColumns(shown), ...reportColumns[report]];
  const [head = '', ...lines] = columns(
    all,
    rows.map((row) => all.map(({ text }) => text(row))),
  );
  return [paint.bold(head), ...lines];
}

/** What tells the rows apart. */
function nameColumns({ bucket = 'total', groupBy }: ShownReport): ReportColumn[] {
  const first: ReportColumn = {
    title: bucket.toUpperCase(),
    text: (row) => (row.bucket ?? '').slice(0, bucket === 'month' ? 'YYYY-MM'.length : undefined),
  };
  const group = groupBy?.replace(/_.*/, '').toUpperCase() ?? '';
  return [
    ...(bucket === 'total' ? [] : [first]),
    ...(groupBy === undefined ? [] : [{ title: group, text: (row: ReportRow) => row.group ?? '–' }]),
  ];
}

function breakdowns([row, ...others]: readonly ReportRow[], width: number): string[] {
  if (row === undefined) return [];
  if (others.length > 0) return ['breakdowns and anomalies: with --json or --csv'];
  const told = Object.entries(row).flatMap(([member, value]) => {
    const parts = partsOf(member, value);
    return parts.length === 0 ? [] : [[member.replaceAll('_', ' '), parts.join(', ')]];
  });
  const lines = columns([{ title: '' }, { title: '' }], told).slice(1);
  return lines.length === 0 ? [] : ['', ...lines.map((line) => fit(line, width))];
}

const isBreakdown = (member: string): boolean => member === 'units' || /(^|_)by_/.test(member);

/** The values of a breakdown, the greatest first; those of campaigns by their conversions. */
function partsOf(member: string, value: unknown): string[] {
  if (member === 'anomalies')
    return (value as readonly Readonly<Record<string, unknown>>[]).map(
      ({ day, country_code: country, carrier_reference: carrier, average, baseline }) =>
        `${String(day)} ${String(carrier ?? country)} ${String(average)} days instead of ${String(baseline)}`,
    );
  if (!isBreakdown(member)) return [];
  return Object.entries(value as Readonly<Record<string, number | { readonly conversions: number }>>)
    .map(([name, of]): [string, number] => [name, typeof of === 'number' ? of : of.conversions])
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, of]) => `${name} ${of}`);
}
