import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
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

interface Outcomes {
  readonly outcomes: readonly { readonly because: string; readonly count: number }[];
}
const keptOf = ({ outcomes }: Outcomes) => outcomes.find(({ because }) => because === 'kept')?.count ?? 0;

(canStartPrivateStack() ? describe : describe.skip)('a replay', () => {
  let parcels: RunningParcels;
  let finalState: object;
  let run: (...args: string[]) => Promise<Ended>;

  beforeAll(async () => {
    parcels = await startParcels();
    const { stack, orders, shipments } = parcels;
    const env = {
      KAFKA_BROKERS: stack.brokers.join(','),
      MONGODB_URI: stack.mongoUri,
      WAYBILL_ORDERS_URL: urlOf(orders.service),
      WAYBILL_SHIPMENTS_URL: urlOf(shipments.service),
      WAYBILL_SIGNING_KEY: signingKey,
    };
    run = (...args) => waybill(args, { env });
  });
  afterAll(() => parcels?.end());

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
