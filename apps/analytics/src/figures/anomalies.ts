import { valueOf, viewKindOf, type Cell } from './cell';
import { averageDays } from './exact';
import { baselineDays } from './report-ranges';
import type { ReportQuery } from './report-query';
import type { CellSum } from './report-rows';
import { Sums } from './sums';
import { addDays, bucketOf } from './utc-day';

const fewestDeliveries = 20n;
const measure = 'placed_to_delivered';

/** A day on which a carrier, or the way to a country, was much slower than in the days before; averages in days. */
export interface Anomaly {
  readonly day: string;
  readonly country_code?: string;
  readonly carrier_reference?: string;
  readonly deliveries: number;
  readonly average: number | null;
  readonly baseline: number | null;
}

/** An anomaly and the row that lists it. */
export interface PlacedAnomaly {
  readonly bucket: string | null;
  readonly group: string | null;
  readonly anomaly: Anomaly;
}

type Place = { readonly country_code: string } | { readonly carrier_reference: string };

/** Days of one place, within one group. */
interface Series {
  readonly group: string | null;
  readonly place: Place;
  readonly days: Map<string, Sums>;
}

/** Anomalies of the days asked for, sorted by day and place. `groupOf` says which group a cell belongs to. */
export function anomaliesOf(
  query: ReportQuery,
  cells: readonly CellSum[],
  groupOf: (query: ReportQuery, cell: Cell) => string | null,
): PlacedAnomaly[] {
  return seriesOf(query, cells, groupOf)
    .flatMap((series) => anomaliesOfSeries(query, series))
    .toSorted((one, other) => (sortKey(one.anomaly) < sortKey(other.anomaly) ? -1 : 1));
}

const sortKey = ({ day, country_code, carrier_reference }: Anomaly) =>
  JSON.stringify([day, country_code ?? '', carrier_reference ?? '']);

function seriesOf(
  query: ReportQuery,
  cells: readonly CellSum[],
  groupOf: (query: ReportQuery, cell: Cell) => string | null,
): Series[] {
  const byKey = new Map<string, Series>();
  for (const { cell, measures } of cells) {
    const group = groupOf(query, cell);
    for (const place of placesOf(query, cell)) {
      const key = JSON.stringify([group, place]);
      const series = byKey.get(key) ?? { group, place, days: new Map<string, Sums>() };
      byKey.set(key, series);
      const sums = series.days.get(cell.day) ?? new Sums();
      series.days.set(cell.day, sums);
      sums.add(measures);
    }
  }
  return [...byKey.values()];
}

/** Carriers are told apart by their views; countries by the facet, in the view that the query itself looks at. */
function placesOf({ filters, groupBy }: ReportQuery, { view, facets }: Cell): Place[] {
  const isCarrier = viewKindOf(view) === 'carrier';
  const isOwnView = !isCarrier || filters.carrier !== undefined || groupBy === 'carrier_reference';
  return [
    ...(isCarrier ? [{ carrier_reference: valueOf(view) }] : []),
    ...(isOwnView ? [{ country_code: facets.country ?? '' }] : []),
  ];
}

function anomaliesOfSeries({ from, bucket }: ReportQuery, { group, place, days }: Series): PlacedAnomaly[] {
  return [...days].flatMap(([day, sums]) => {
    const [ms, count] = [sums.of(`${measure}.ms`), sums.of(`${measure}.count`)];
    const before = Array.from({ length: baselineDays }, (_, index) => days.get(addDays(day, -1 - index)));
    const total = (name: string) =>
      before.reduce((sum, one) => sum + (one?.of(`${measure}.${name}`) ?? 0n), 0n);
    const [baseMs, baseCount] = [total('ms'), total('count')];
    // ms ÷ count > 1.5 × baseMs ÷ baseCount, without fractions
    const isSlow = baseCount > 0n && 2n * ms * baseCount > 3n * baseMs * count;
    if (day < from || count < fewestDeliveries || !isSlow) return [];
    const average = averageDays(ms, count).average;
    const baseline = averageDays(baseMs, baseCount).average;
    const anomaly = { day, ...place, deliveries: Number(count), average, baseline };
    return [{ bucket: bucketOf(day, bucket), group, anomaly }];
  });
}
