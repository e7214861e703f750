import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AnalyticsService,
  canStartPrivateStack,
  command,
  type RunningParcels,
  type ServiceProcess,
  shipmentCommand,
  signingKey,
  startParcels,
} from '@waybill/testing';
import { type Ended, waybill } from '../cli.fixture';

jest.setTimeout(240_000);

const sample = join(__dirname, '../../sample');
const urlOf = ({ lines }: ServiceProcess) =>
  `http://127.0.0.1:${lines.find(({ msg }) => msg === 'ready')?.port}`;

interface Figures {
  readonly compared: number;
  readonly differences: readonly string[];
}
interface Outcomes {
  readonly outcomes: readonly { readonly because: string; readonly count: number }[];
}
const keptOf = ({ outcomes }: Outcomes) => outcomes.find(({ because }) => because === 'kept')?.count ?? 0;

(canStartPrivateStack() ? describe : describe.skip)('a replay', () => {
  let parcels: RunningParcels;
  let analytics: AnalyticsService;
  let finalState: object;
  let figures: readonly Figures[];
  let wrongFigures: Figures | undefined;
  let run: (...args: string[]) => Promise<Ended>;

  beforeAll(async () => {
    parcels = await startParcels();
    const { stack, orders, shipments } = parcels;
    analytics = await AnalyticsService.start(stack);
    const env = {
      KAFKA_BROKERS: stack.brokers.join(','),
      MONGODB_URI: stack.mongoUri,
      WAYBILL_ORDERS_URL: urlOf(orders.service),
      WAYBILL_SHIPMENTS_URL: urlOf(shipments.service),
      WAYBILL_ANALYTICS_URL: urlOf(analytics),
      WAYBILL_SIGNING_KEY: signingKey,
    };
    run = (...args) => waybill(args, { env });
  });
  afterAll(async () => {
    await analytics?.kill();
    await parcels?.end();
  });

  it('finds everything right, and a second time has no second effect', async () => {
    const replay = ['replay', '--data', sample, '--orders', '20', '--json'];
    const [first, second] = [await run(...replay), await run(...replay)];
    expect([first.code, first.err]).toEqual([0, expect.any(String)]);
    const report = JSON.parse(first.out);
    expect(report).toMatchObject({ ok: true, check: { ok: true }, finalState: { orders: 20, parcels: 20 } });
    expect(report.newFacts).toBeGreaterThan(100);
    // 18 parcels were handed over: their estimates may come before their numbers, their scans wait for them
    expect(keptOf(report)).toBeLessThanOrEqual(18);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({
      ok: true,
      newFacts: 0,
      finalState: report.finalState,
    });
    finalState = report.finalState;
    figures = [report.figures, JSON.parse(second.out).figures];
  });

  const withPython = spawnSync('python3', ['--version']).status === 0 ? describe : describe.skip;
  withPython('with Python', () => {
    it('finds reports the same as a calculation in Python', () => {
      const found = { compared: expect.any(Number), differences: [] };
      expect(figures).toEqual([found, found]);
      expect(figures[0]?.compared).toBe(340);
    });
  });

  it('shows what analytics answers, as a table, as CSV and as JSON', async () => {
    const ask = ['--shop', 'demo-shop', '--from', '2025-09-01', '--to', '2026-01-01', '--bucket', 'month'];
    const [table, csv, json] = [
      await run('report', 'orders', ...ask),
      await run('report', 'orders', ...ask, '--csv'),
      await run('report', 'orders', ...ask, '--json'),
    ];
    expect([table.code, csv.code, json.code]).toEqual([0, 0, 0]);
    const rows = JSON.parse(json.out) as { bucket: string; orders: number }[];
    expect(rows.reduce((sum, { orders }) => sum + orders, 0)).toBe(20);
    expect(table.out).toMatch(/^MONTH +ORDERS .*\n2025-09 +\d+ /);
    expect(csv.out.split('\r\n').slice(1, -1)).toEqual(
      rows.map(({ bucket, orders }) => expect.stringMatching(`^${bucket},,BRL,${orders},`)),
    );
  });

  it.each([
    { nonsense: ['revenue'], told: /revenue.*Allowed choices are orders, shipments/ },
    { nonsense: ['orders', '--bucket', 'hour'], told: /hour.*Allowed choices are day/ },
    { nonsense: ['orders', '--to', '2025-01-01'], told: /^--to must be after from$/m },
    { nonsense: ['orders', '--from', 'yesterday'], told: /^--from must be a date such as/m },
    { nonsense: ['claims', '--group-by', 'campaign'], told: /^--group-by a claim does not know/m },
    { nonsense: ['orders', '--csv', '--json'], told: /cannot be used with/ },
  ])('is not asked for $nonsense', async ({ nonsense, told }) => {
    const days = ['--from', '2025-09-01', '--to', '2026-01-01'].filter(
      (_, i) => !nonsense.includes(['--from', '--from', '--to', '--to'][i] ?? ''),
    );
    const { code, out, err } = await run('report', ...nonsense, '--shop', 'demo-shop', ...days);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(told) });
  });

  it('says where nobody answers', async () => {
    const days = ['--from', '2025-09-01', '--to', '2026-01-01', '--shop', 'demo-shop'];
    const { code, err } = await run('report', 'orders', ...days, '--analytics-url', 'http://127.0.0.1:1');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('analytics at http://127.0.0.1:1 does not answer'),
    });
  });

  it('comes to the same, byte for byte, when scans come in another order', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'waybill-replay-spec-'));
    const shuffled = ['--shuffle-scans', '7', '--data-dir', dataDir];
    const { code, out } = await waybill(
      ['replay', '--data', sample, '--orders', '20', '--json', ...shuffled],
      { env: { WAYBILL_STACK: 'local' } },
    ).finally(() => rmSync(dataDir, { recursive: true, force: true }));
    expect([code, JSON.parse(out).surprises]).toEqual([0, []]);
    expect(JSON.parse(out).finalState).toEqual(finalState);
    // more than the estimates: scans came before their numbers, too
    expect(keptOf(JSON.parse(out))).toBeGreaterThan(20);
  });

  it('finds an order that somebody else has changed', async () => {
    await parcels.orders.client.ask(
      command('upsert-order', { shop_slug: 'demo-shop', id: 'R-1001', order: { shipping_price: 1 } }),
    );
    const { code, out, err } = await run('replay', '--data', sample, '--orders', '20', '--json');
    expect(code).toBe(1);
    expect(err).toContain('the check has failed');
    expect(JSON.parse(out).check.differences).toContainEqual(
      expect.stringMatching(/^order R-1001 is .* in facts/),
    );
    wrongFigures = JSON.parse(out).figures;
  });

  withPython('with Python', () => {
    it('finds the reports that an order has made wrong', () => {
      expect(wrongFigures?.differences).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^report orders total revenue_cents is \d+, and \d+ by tools\/python/),
          expect.stringMatching(/^report orders by_month 2025-09 average_order_value is "/),
        ]),
      );
    });
  });

  it('finds a parcel that somebody else has reported of', async () => {
    const [parcel] = await parcels.shipments.service.get<
      { carrier_reference: string; tracking_number: string }[]
    >('/v1/shops/demo-shop/shipments?tracking_number=OLR-1002');
    const { carrier_reference, tracking_number } = parcel ?? {};
    const scan = {
      shop_slug: 'demo-shop',
      carrier_reference,
      tracking_number,
      event_name: 'DAMAGED',
      event_time: '2025-09-05T00:00:00Z',
    };
    expect(await parcels.shipments.client.ask(shipmentCommand('record-scan', scan))).toMatchObject({
      outcome: 'accepted',
    });
    const { code, out } = await run('replay', '--data', sample, '--orders', '20', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).check.differences).toContainEqual(
      expect.stringMatching(/^the parcel of order R-1002 is .* 5 events in facts, wanted .* 4 events$/),
    );
    expect(JSON.parse(out).finalState).not.toEqual(finalState);
  });
});
