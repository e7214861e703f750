import type { OrderSnapshotDto } from '@waybill/contracts';
import { bucketOf, type Counted, countedBy, groupsOf } from './recount.spec-data';
import { ratio } from './recount-measures.spec-data';
import type { ReportQuery } from './report-query';

const dayMs = 86_400_000;

/** Deliveries of one carrier or to one country, within one group. */
interface Series {
  readonly group: string | null;
  readonly place: object;
  readonly deliveries: { readonly day: number; readonly ms: number }[];
}

/**
 * Anomalies of delivery times straight from the last snapshots, by the words of domain 7: a day with at least 20
 * deliveries whose average is above 1.5 times that of the 28 days before. In no order.
 */
export function recountAnomalies(
  query: ReportQuery,
  orders: readonly OrderSnapshotDto[],
): { readonly bucket: string | null; readonly group: string | null; readonly anomaly: object }[] {
  const [first, end] = [Date.parse(query.from) / dayMs, Date.parse(query.to) / dayMs];
  const days = Array.from({ length: end - first }, (_, i) => first + i);
  return seriesOf(query, orders).flatMap(({ group, place, deliveries }) =>
    days.flatMap((at) => {
      const on = deliveries.filter(({ day }) => day === at);
      const before = deliveries.filter(({ day }) => at - 28 <= day && day < at);
      // both averages times both counts, so that all are whole numbers
      const isSlow = sum(on) * before.length * 2 > sum(before) * on.length * 3;
      if (on.length < 20 || before.length === 0 || !isSlow) return [];
      const day = new Date(at * dayMs).toISOString().slice(0, 10);
      const [average, baseline] = [averageOf(on), averageOf(before)];
      const anomaly = { day, ...place, deliveries: on.length, average, baseline };
      return [{ bucket: bucketOf(query, day), group, anomaly }];
    }),
  );
}

function seriesOf(query: ReportQuery, orders: readonly OrderSnapshotDto[]): Series[] {
  const all = new Map<string, Series>();
  for (const counted of countedBy(query, orders, [])) {
    const ms = Date.parse(counted.time) - Date.parse(counted.order.order_placed_at);
    if (ms < 0) continue;
    for (const group of groupsOf(query, counted)) {
      for (const place of placesOf(query, counted)) {
        const key = JSON.stringify([group, place]);
        const series = all.get(key) ?? { group, place, deliveries: [] };
        all.set(key, series);
        series.deliveries.push({ day: Math.floor(Date.parse(counted.time) / dayMs), ms });
      }
    }
  }
  return [...all.values()];
}

/** Where a segment is looked at, carriers are not told apart: at most one of both may be asked for. */
function placesOf({ filters, groupBy }: ReportQuery, { order, parcel }: Counted): object[] {
  const ofSegment = filters.segment !== undefined || groupBy === 'segment';
  return [
    { country_code: order.address.country_code ?? 'unknown' },
    ...(ofSegment ? [] : [{ carrier_reference: parcel?.carrier_reference }]),
  ];
}

const sum = (deliveries: Series['deliveries']) => deliveries.reduce((total, { ms }) => total + ms, 0);
const averageOf = (deliveries: Series['deliveries']) => ratio(sum(deliveries), dayMs * deliveries.length, 4);
