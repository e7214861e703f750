import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, withPython } from './script.fixture';

const sample = join(__dirname, '../waybill/sample');

withPython('the figures of a small data set', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-olist-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const purchased = '2025-09-30 12:00:00';
  const due = '2025-10-05 12:00:00';
  const orders = [
    // 5 days, 4 of them with the carrier; at the very moment that it was due
    ['a', 'A', 'delivered', purchased, '2025-10-01 12:00:00', '2025-10-05 12:00:00', due],
    // 5 days and a second, late by that second, the cancellation came too late
    ['b', 'A', 'canceled', purchased, '2025-10-01 12:00:00', '2025-10-05 12:00:01', due],
    // cancelled in time
    ['c', 'B', 'canceled', '2025-10-01 00:00:00', '', '', due],
    // handed over after it arrived: on its way
    ['d', 'B', 'shipped', '2025-10-01 00:00:00', '2025-10-03 00:00:01', '2025-10-03 00:00:00', due],
    // at the carrier and at the customer in one second, which counts as delivered, and in time
    [
      'f',
      'D',
      'delivered',
      '2025-11-01 00:00:00',
      '2025-11-02 00:00:00',
      '2025-11-02 00:00:00',
      due.replace('-10-', '-12-'),
    ],
    // arrived before it was ordered, and nobody said when to expect it
    ['e', 'C', 'delivered', '2025-10-09 00:00:00', '2025-10-07 00:00:00', '2025-10-08 00:00:00', ''],
  ];
  const items = ['a,0.1,0.20', 'a,0.1,0.20', 'b,10,0.01', 'c,99,1.00', 'd,5.5,0.05', 'e,1,0', 'f,2,0.25'];
  writeFileSync(
    join(folder, 'orders.csv'),
    [
      'order_id,customer_id,order_status,order_purchase_timestamp,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date',
      ...orders.map((row) => row.join(',')),
    ].join('\n'),
  );
  writeFileSync(join(folder, 'order_items.csv'), ['order_id,price,freight_value', ...items].join('\n'));
  writeFileSync(
    join(folder, 'customers.csv'),
    ['customer_id,customer_state', 'A,SP', 'B,RJ', 'C,', 'D,AM'].join('\n'),
  );
  // the JSON of a script, read member by member
  // oxlint-disable-next-line typescript/no-explicit-any
  let figures: any;
  beforeAll(() => {
    figures = JSON.parse(runScript('olist_figures.py', [folder]).out);
  });

  it('count cancelled orders but not their worth', () => {
    expect(figures.orders.by_month).toEqual({
      '2025-09': sales(2, 0, 60 + 1001, 2, '5.31'),
      '2025-10': sales(3, 1, 555 + 100, 2, '3.28'),
      '2025-11': sales(1, 0, 225, 1, '2.25'),
    });
    expect(figures.orders.by_month_and_state).toMatchObject({
      '2025-10': { RJ: sales(2, 1, 555, 1, '5.55') },
    });
    expect(figures.orders.by_state).toMatchObject({ unknown: sales(1, 0, 100, 1, '1.00') });
  });

  it('call late what came a second after it was due', () => {
    expect(figures.deliveries.total).toMatchObject({
      parcels: 5,
      delivered: 4,
      late: { count: 1, of: 3, share: '0.3333' },
    });
  });

  it('add durations up in milliseconds, negative ones left out', () => {
    const day = 24 * 60 * 60 * 1000;
    expect(figures.deliveries.by_state).toMatchObject({
      SP: {
        placed_to_delivered: { sum_ms: 10 * day + 1000, count: 2, average_days: '5.0000', invalid: 0 },
        picked_up_to_delivered: { sum_ms: 8 * day + 1000, count: 2, average_days: '4.0000', invalid: 0 },
      },
      AM: {
        placed_to_delivered: { sum_ms: day, count: 1, average_days: '1.0000', invalid: 0 },
        picked_up_to_delivered: { sum_ms: 0, count: 1, average_days: '0.0000', invalid: 0 },
      },
      RJ: { delivered: 0, placed_to_delivered: { sum_ms: 0, count: 0, average_days: null, invalid: 0 } },
      unknown: {
        placed_to_delivered: { sum_ms: 0, count: 0, average_days: null, invalid: 1 },
        fulfilled_to_delivered: { sum_ms: day, count: 1, average_days: '1.0000', invalid: 0 },
      },
    });
  });
});

withPython('the figures of the sample', () => {
  // the JSON of a script, read member by member
  // oxlint-disable-next-line typescript/no-explicit-any
  let figures: any;
  beforeAll(() => {
    figures = JSON.parse(runScript('olist_figures.py', [sample]).out);
  });

  it('put two orders that are a second apart into their months', () => {
    const months = Object.entries<{ orders: number }>(figures.orders.by_month);
    expect(months.map(([month, { orders }]) => [month, orders])).toEqual([
      ['2025-09', 16],
      ['2025-10', 16],
      ['2025-11', 16],
      ['2025-12', 14],
    ]);
  });

  it('are the same added up over states as in total', () => {
    const states = Object.values<{ revenue_cents: number }>(figures.orders.by_state);
    expect(states.reduce((sum, { revenue_cents }) => sum + revenue_cents, 0)).toBe(
      figures.orders.total.revenue_cents,
    );
  });

  it('are those of its first orders with --orders', () => {
    const { out } = runScript('olist_figures.py', [sample, '--orders', '1']);
    // three times 7.90, freight 22.07 twice and 9.35; 1 Sep 07:07:50 to 10 Sep 00:23:50, from 2 Sep 15:07:22
    expect(JSON.parse(out)).toMatchObject({
      orders: { by_month_and_state: { '2025-09': { SC: sales(1, 0, 7719, 1, '77.19') } } },
      deliveries: {
        total: {
          late: { count: 0, of: 1 },
          placed_to_delivered: { sum_ms: 753_360_000, average_days: '8.7194' },
          picked_up_to_delivered: { sum_ms: 638_188_000, average_days: '7.3864' },
        },
      },
    });
  });
});

withPython('what cannot be read', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waybill-olist-'));
    cpSync(sample, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    {
      change: 'a column that is missing',
      file: 'orders.csv',
      from: 'order_estimated_delivery_date',
      to: 'x',
    },
    { change: 'a third decimal', file: 'order_items.csv', from: '7.9,22.07', to: '7.999,22.07' },
    { change: 'a time with a T', file: 'orders.csv', from: '2025-09-01 07:07:50', to: '2025-09-01T07:07:50' },
    { change: 'a customer that is missing', file: 'customers.csv', from: 'C-5001', to: 'C-x' },
  ])('$change ends it with code 1 and a reason', ({ file, from, to }) => {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

    const { code, out, err } = runScript('olist_figures.py', [folder]);

    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
    expect(err).toMatch(/^olist_figures: .*(order_estimated_delivery_date|7\.999|T07:07:50|no customer)/);
  });

  it('a file that is missing is named', () => {
    rmSync(join(folder, 'customers.csv'));
    expect(runScript('olist_figures.py', [folder])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/customers\.csv cannot be read/),
    });
  });
});

function sales(orders: number, cancelled: number, cents: number, counted: number, average: string) {
  return {
    orders,
    orders_cancelled: cancelled,
    revenue_cents: cents,
    revenue_orders: counted,
    average_order_value: average,
  };
}
