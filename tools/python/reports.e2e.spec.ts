import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  AnalyticsService,
  canStartPrivateStack,
  command,
  type RunningOrders,
  startOrders,
  untilCounted,
} from '@waybill/testing';
import { hasPython, runScript } from './script.fixture';

jest.setTimeout(180_000);

const root = resolve(__dirname, '../..');
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const withTools = canStartPrivateStack() && hasPython && hasCurl ? describe : describe.skip;

/** The commands of the README under a heading, as they stand there. */
function documented(heading: string): string {
  const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
  const [, section = ''] = readme.split(`## ${heading}\n`);
  return /```bash\n(.*?)```/s.exec(section)?.[1] ?? '';
}

const order = (number: string, placedAt: string, province: string | null, total: number, title = 'Mug') =>
  command('upsert-order', {
    shop_slug: 'demo-shop',
    id: number,
    order: {
      order_placed_at: placedAt,
      total_order_price: total,
      currency: 'BRL',
      address: { country_code: 'BR', province_code: province, zip_code: '01310' },
      products: [{ title, quantity: 2, price: total / 2 }],
    },
  });

withTools('reports of the running service in SQL', () => {
  let orders: RunningOrders;
  let analytics: AnalyticsService;
  let url: string;
  beforeAll(async () => {
    orders = await startOrders();
    analytics = await AnalyticsService.start(orders.stack);
    url = `http://127.0.0.1:${(await analytics.until(({ msg }) => msg === 'ready')).port}`;
    for (const sent of [
      order('1', '2025-09-01T00:00:00Z', 'SP', 10.1),
      order('2', '2025-10-31T23:59:59Z', 'SP', 0.2, 'Cup, "large"\nblue'),
      order('3', '2025-11-01T00:00:00Z', 'RJ', 5),
      order('4', '2025-12-31T23:59:59Z', null, 7),
      order('5', '2026-01-01T00:00:00Z', 'RJ', 1000),
      order('6', '2025-11-02T00:00:00Z', 'RJ', 1, '=1+1'),
    ])
      await orders.client.ask(sent);
    await untilCounted(orders.client.admin);
  });
  afterAll(async () => {
    await analytics?.kill();
    await orders?.end();
  });

  it('are what the README asks for', () => {
    const commands = documented('Ask a report in SQL').replaceAll('http://127.0.0.1:3004', url);
    expect(commands).toContain(url);
    expect(execFileSync('sh', ['-c', commands], { cwd: root, encoding: 'utf8' })).toBe(
      ['group,orders,revenue', 'SP,2,10.3', 'unknown,1,7.0', 'RJ,2,6.0', ''].join('\n'),
    );
  });

  const path = '/v1/shops/demo-shop/analytics/orders?from=2025-09-01&to=2026-01-01&group_by=province_code';

  it('have every figure that JSON has', async () => {
    const response = await fetch(`${url}${path}`, { headers: { accept: 'text/csv' } });
    const question = `select "group", orders, revenue, "average_order_value.average" average,
      "average_order_value.count" n, "units.Mug" mugs from report order by 1`;
    const { out, err } = runScript('csv_to_sqlite.py', ['-', '--sql', question], {
      input: await response.text(),
    });
    interface Row {
      readonly group: string;
      readonly orders: number;
      readonly revenue: number;
      readonly average_order_value: { readonly average: number; readonly count: number };
      readonly units: Readonly<Record<string, number>>;
    }
    const rows = await analytics.get<Row[]>(path);
    const numbers = (line: string) => line.split(',').map((text) => Number(text) || text);
    expect({ lines: out.trim().split('\n').slice(1).map(numbers), err }).toEqual({
      lines: rows.map(({ group, orders: count, revenue, average_order_value: value, units }) => [
        group,
        count,
        revenue,
        value.average,
        value.count,
        units['Mug'] ?? '',
      ]),
      err: '',
    });
  });

  it('keep names of products whole, and let none of them be a formula', async () => {
    const response = await fetch(`${url}${path}`, { headers: { accept: 'text/csv' } });
    const text = await response.text();
    const question = `select name from pragma_table_info('report') where name like 'units.%' order by 1`;
    const { out } = runScript('csv_to_sqlite.py', ['-', '--sql', question], { input: text });
    expect(out).toBe('name\nunits.=1+1\n"units.Cup, ""large""\nblue"\nunits.Mug\n');
    // a column's name begins with its measure, so no cell of the file begins as a formula does
    expect(text).not.toMatch(/(^|,|\n)"?[=+@-]/);
  });
});
