import {
  AnalyticsService,
  canStartPrivateStack,
  type Command,
  type RunningEverything,
  startEverything,
  untilCounted,
  untilSettled,
} from '@waybill/testing';
import { workedAnswers, workedDays } from '../../apps/analytics/src/figures/worked-examples.spec-data';
import steps from './report-examples.json';

jest.setTimeout(240_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('what analytics answers (12.10) after 12.1 to 12.9, with all services running', () => {
  let all: RunningEverything;
  let analytics: AnalyticsService;
  beforeAll(async () => {
    all = await startEverything();
    analytics = await AnalyticsService.start(all.stack);
    const clients = { orders: all.orders.client, shipments: all.shipments.client, claims: all.claims.client };
    for (const { sent, replies } of steps as unknown as readonly { sent: Command; replies: number }[]) {
      const [service = ''] = sent.type.split('.');
      await clients[service as keyof typeof clients].askItems({ ...sent, specversion: '1.0' }, replies);
      // what comes of it is there before the next one, as the examples tell it
      await untilSettled(Object.values(clients));
    }
    await untilCounted(all.orders.client.admin);
  });
  afterAll(async () => {
    await analytics?.kill();
    await all?.end();
  });

  it.each(workedAnswers)('$report $ask', async ({ report, ask, rows }) => {
    const search = new URLSearchParams(
      Object.entries({ ...workedDays, ...ask }).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    );
    const found = await analytics.get(`/v1/shops/demo-shop/analytics/${report}?${search.toString()}`);
    expect(found).toEqual(rows);
  });

  it('credits as many orders as are not cancelled', async () => {
    const days = `from=${workedDays.from}&to=${workedDays.to}`;
    const credited = await analytics.get<{ conversions: number }[]>(
      `/v1/shops/demo-shop/analytics/campaigns?${days}`,
    );
    expect(credited.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(3);
  });

  it('knows no other shop', async () => {
    const days = `from=${workedDays.from}&to=${workedDays.to}`;
    for (const { report } of workedAnswers)
      expect(await analytics.get(`/v1/shops/other-shop/analytics/${report}?${days}`)).toEqual([]);
  });
});
