import type { Deliveries, Duration, ReportFigures, Sales } from '../olist/report-figures';
import { checkFigures, compareFigures } from './figures-check';

const sales: Sales = {
  orders: 2,
  orders_cancelled: 1,
  revenue_cents: 1250,
  revenue_orders: 1,
  average_order_value: '12.50',
};
const duration: Duration = { sum_ms: 86_400_000, count: 1, average_days: '1.0000', invalid: 0 };
const deliveries: Deliveries = {
  parcels: 1,
  delivered: 1,
  late: { count: 0, of: 1, share: '0.0000' },
  placed_to_delivered: duration,
  fulfilled_to_delivered: duration,
  picked_up_to_delivered: duration,
};
const figures: ReportFigures = {
  currency: 'BRL',
  orders: {
    total: sales,
    by_month: { '2025-09': sales },
    by_state: { SP: sales },
    by_month_and_state: { '2025-09': { SP: sales } },
  },
  deliveries: { total: deliveries, by_state: { SP: deliveries } },
};
const script = 'tools/python/olist_figures.py';

describe('figures of two calculations', () => {
  it('are the same when each of them is', () =>
    expect(compareFigures(figures, structuredClone(figures))).toEqual({
      compared: 1 + 20 + 34,
      differences: [],
    }));

  it('differ by a cent', () => {
    const orders = { ...figures.orders, by_state: { SP: { ...sales, revenue_cents: 1251 } } };
    expect(compareFigures(figures, { ...figures, orders })).toMatchObject({
      differences: [`report orders by_state SP revenue_cents is 1251, and 1250 by ${script}`],
    });
  });

  it('differ by a second', () => {
    const total = { ...deliveries, picked_up_to_delivered: { ...duration, sum_ms: 86_401_000 } };
    expect(
      compareFigures(figures, { ...figures, deliveries: { ...figures.deliveries, total } }),
    ).toMatchObject({
      differences: [
        `report deliveries total picked_up_to_delivered sum_ms is 86401000, and 86400000 by ${script}`,
      ],
    });
  });

  it('differ by a state that only one of them knows', () => {
    const { SP, ...others } = figures.orders.by_state;
    const orders = { ...figures.orders, by_state: { ...others, RJ: SP ?? sales } };
    const check = compareFigures(figures, { ...figures, orders });
    expect('differences' in check && check.differences).toHaveLength(10);
  });

  it('are not compared where the shop has more orders than the rows', async () => {
    const request = { data: 'nowhere', shop: 'olist', analyticsUrl: 'http://127.0.0.1:1' };
    expect(await checkFigures({ ...request, signal: AbortSignal.timeout(1000) }, 3)).toEqual({
      skipped: 'the shop has 3 orders beside the rows',
    });
  });
});
