import { currencyExponent } from '@waybill/contracts';
import { grouped } from '../screen/columns';
import type { ReportRow } from './read-report';

export const reportNames = ['orders', 'shipments', 'delivery-times', 'claims', 'campaigns'] as const;
export type ReportName = (typeof reportNames)[number];

/** A column of a table, and what stands in it. */
export interface ReportColumn {
  readonly title: string;
  readonly align?: 'right';
  readonly text: (row: ReportRow) => string;
}

interface Average {
  readonly average: number | null;
  readonly count: number;
}
interface Share {
  readonly share: number | null;
  readonly count: number;
  readonly of: number;
}

const nothing = '–';

const count = (title: string, member: string): ReportColumn => ({
  title,
  align: 'right',
  text: (row) => grouped(row[member] as number),
});
const average = (title: string, member: string): ReportColumn => ({
  title,
  align: 'right',
  text: (row) => (row[member] as Average).average?.toFixed(2) ?? nothing,
});
const share = (title: string, member: string): ReportColumn => ({
  title,
  align: 'right',
  text: (row) => {
    const { share: part, count: some, of } = row[member] as Share;
    return part === null ? nothing : `${(100 * part).toFixed(2)} % (${some}/${of})`;
  },
});
const words = (title: string, member: string): ReportColumn => ({
  title,
  text: (row) => (row[member] as string | null) ?? nothing,
});

const revenue: ReportColumn = {
  title: 'REVENUE',
  align: 'right',
  text: ({ revenue: amount, currency = '' }) => `${money(amount as number, currency)} ${currency}`,
};
const averageValue: ReportColumn = {
  title: 'AVERAGE',
  align: 'right',
  text: ({ average_order_value: value, currency = '' }) => {
    const { average: amount } = value as Average;
    return amount === null ? nothing : money(amount, currency);
  },
};

/** Measures of one value each. */
export const reportColumns: Readonly<Record<ReportName, readonly ReportColumn[]>> = {
  orders: [
    count('ORDERS', 'orders'),
    count('CANCELLED', 'orders_cancelled'),
    count('FULFILLED', 'orders_fulfilled'),
    count('PARTLY', 'orders_partially_fulfilled'),
    revenue,
    averageValue,
    average('HOURS', 'time_to_dispatch'),
  ],
  shipments: [
    count('SHIPMENTS', 'shipments'),
    share('DELIVERED', 'delivery_rate'),
    share('DELAYED', 'delayed'),
    share('LATE', 'late'),
    count('RETURNS', 'returns'),
  ],
  'delivery-times': [
    {
      title: 'DELIVERIES',
      align: 'right',
      text: (row) => grouped((row['placed_to_delivered'] as Average).count),
    },
    average('PLACED', 'placed_to_delivered'),
    average('FULFILLED', 'fulfilled_to_delivered'),
    average('PICKED UP', 'picked_up_to_delivered'),
    share('ABOVE TARGET', 'above_target'),
    {
      title: 'ANOMALIES',
      align: 'right',
      text: (row) => String((row['anomalies'] as readonly unknown[]).length),
    },
  ],
  claims: [
    count('CLAIMS', 'claims'),
    count('ORDERS', 'affected_orders'),
    share('OF THE DISPATCHED', 'claim_rate'),
  ],
  campaigns: [
    words('CAMPAIGN', 'campaign'),
    words('METHOD', 'method'),
    count('CONVERSIONS', 'conversions'),
    revenue,
    averageValue,
  ],
};

/** What the numbers of a report mean where its columns do not say it. */
export const reportNotes: Readonly<Partial<Record<ReportName, string>>> = {
  orders: 'HOURS: average time until the first parcel left',
  'delivery-times':
    'average days until delivered, since the order was PLACED, its parcel FULFILLED, PICKED UP',
};

function money(amount: number, currency: string): string {
  const [whole = '', fraction] = Math.abs(amount).toFixed(currencyExponent(currency)).split('.');
  return `${amount < 0 ? '-' : ''}${grouped(Number(whole))}${fraction === undefined ? '' : `.${fraction}`}`;
}
