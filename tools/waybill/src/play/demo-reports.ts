import { readReport } from '../report/read-report';
import type { ShownReport } from '../report/report-screen';
import { daysFrom } from './told-figures';

/** Two reports of all that was played, from a month on. */
export async function demoReports(
  { analyticsUrl, shop }: { readonly analyticsUrl: string; readonly shop: string },
  month: string,
  signal: AbortSignal,
): Promise<ShownReport[]> {
  const days = daysFrom(month);
  const read = async (report: 'orders' | 'delivery-times', search: Readonly<Record<string, string>>) =>
    readReport(analyticsUrl, { report, shop, search: { ...days, ...search } }, signal);
  return [
    { report: 'orders', bucket: 'month', rows: await read('orders', { bucket: 'month' }) },
    {
      report: 'delivery-times',
      groupBy: 'country_code',
      rows: await read('delivery-times', { group_by: 'country_code' }),
    },
  ];
}
