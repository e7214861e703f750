import { centsOf } from '../olist/independent-figures';
import type { Deliveries, Duration, ReportFigures, Sales } from '../olist/report-figures';
import { readReport, type ReportRow } from '../report/read-report';

interface Average {
  readonly average: number | null;
  readonly sum: number;
  readonly count: number;
}
interface Share {
  readonly share: number | null;
  readonly count: number;
  readonly of: number;
}

type Ask = (report: string, search: Readonly<Record<string, string>>) => Promise<readonly ReportRow[]>;

/** How much of the past one question may be about. */
const mostDays = 3660;
const dayMs = 86_400_000;

/** All days from the first of a month on that one question may be about. */
export function daysFrom(month: string): { readonly from: string; readonly to: string } {
  const from = `${month}-01`;
  return { from, to: new Date(Date.parse(from) + mostDays * dayMs).toISOString().slice(0, 10) };
}

/** The figures of a shop as analytics answers them over HTTP, from a month on, in the shape of the calculation they are compared with. */
export async function toldFigures(
  { analyticsUrl, shop }: { readonly analyticsUrl: string; readonly shop: string },
  { currency, month }: { readonly currency: string; readonly month: string },
  signal: AbortSignal,
): Promise<ReportFigures> {
  const days = daysFrom(month);
  const ask: Ask = (report, search) =>
    readReport(analyticsUrl, { report, shop, search: { ...days, ...search } }, signal);
  const [orders, deliveries] = await Promise.all([toldSales(ask, currency), toldDeliveries(ask)]);
  return { currency, orders, deliveries };
}

const byState = { group_by: 'province_code' };
const monthOf = ({ bucket }: ReportRow): string => bucket?.slice(0, 'YYYY-MM'.length) ?? '';
const stateOf = ({ group }: ReportRow): string => group ?? '';

async function toldSales(ask: Ask, currency: string): Promise<ReportFigures['orders']> {
  const orders = async (search: Readonly<Record<string, string>>) =>
    (await ask('orders', search)).filter((row) => row.currency === currency);
  const [total, months, states, both] = await Promise.all([
    orders({}),
    orders({ bucket: 'month' }),
    orders(byState),
    orders({ bucket: 'month', ...byState }),
  ]);
  const monthly = Map.groupBy(both, monthOf);
  return {
    total: salesOf(total[0]),
    by_month: by(monthOf, months, salesOf),
    by_state: by(stateOf, states, salesOf),
    by_month_and_state: Object.fromEntries(
      [...monthly].map(([month, rows]) => [month, by(stateOf, rows, salesOf)]),
    ),
  };
}

async function toldDeliveries(ask: Ask): Promise<ReportFigures['deliveries']> {
  const figures = async (search: Readonly<Record<string, string>>) => {
    const [orders, parcels, days, exact] = await Promise.all([
      ask('orders', search),
      ask('shipments', search),
      ask('delivery-times', search),
      ask('delivery-times', { ...search, durations: 'ms' }),
    ]);
    const groups = [...new Set([orders, parcels, days].flat().map(stateOf))];
    const of = (rows: readonly ReportRow[], group: string) => rows.find((row) => stateOf(row) === group);
    return Object.fromEntries(
      groups.map((group) => [group, deliveriesOf(of(parcels, group), of(days, group), of(exact, group))]),
    );
  };
  const [total, states] = await Promise.all([figures({}), figures(byState)]);
  return { total: total[''] ?? deliveriesOf(), by_state: states };
}

const by = <T>(name: (row: ReportRow) => string, rows: readonly ReportRow[], of: (row: ReportRow) => T) =>
  Object.fromEntries(rows.map((row) => [name(row), of(row)]));

function salesOf(row?: ReportRow): Sales {
  const { average, count } = (row?.['average_order_value'] ?? nothing) as Average;
  return {
    orders: Number(row?.['orders'] ?? 0),
    orders_cancelled: Number(row?.['orders_cancelled'] ?? 0),
    revenue_cents: centsOf(String(Number(row?.['revenue'] ?? 0))),
    revenue_orders: count,
    average_order_value: average?.toFixed(2) ?? null,
  };
}

/** Where nothing was counted there is no row. */
function deliveriesOf(parcels?: ReportRow, days?: ReportRow, exact?: ReportRow): Deliveries {
  const late = (parcels?.['late'] ?? none) as Share;
  const duration = (name: string): Duration => {
    const shown = (days?.[name] ?? nothing) as Average & { readonly invalid: number };
    const { sum, count } = (exact?.[name] ?? nothing) as Average;
    return {
      sum_ms: sum,
      count,
      average_days: shown.average?.toFixed(4) ?? null,
      invalid: shown.invalid,
    };
  };
  return {
    parcels: Number(parcels?.['shipments'] ?? 0),
    delivered: ((parcels?.['delivery_rate'] ?? none) as Share).count,
    late: { count: late.count, of: late.of, share: late.share?.toFixed(4) ?? null },
    placed_to_delivered: duration('placed_to_delivered'),
    fulfilled_to_delivered: duration('fulfilled_to_delivered'),
    picked_up_to_delivered: duration('picked_up_to_delivered'),
  };
}

const nothing = { average: null, sum: 0, count: 0, invalid: 0 };
const none = { share: null, count: 0, of: 0 };
