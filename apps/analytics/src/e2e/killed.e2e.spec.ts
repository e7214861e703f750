import { canStartPrivateStack } from '@waybill/testing';
import { january, orderFact } from './facts.spec-data';
import { RunningAnalytics, type Written } from './topics.spec-data';

jest.setTimeout(120_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const orders = 240;
const changes = 5;

withStack('a service that is killed over and over', () => {
  let all: RunningAnalytics;
  beforeAll(async () => {
    all = await RunningAnalytics.start();
  });
  afterAll(() => all.end());

  it('counts every order once, as it is in the end', async () => {
    const facts: Written[] = Array.from({ length: orders * changes }, (_, i) => {
      const number = i % orders;
      const sequence = Math.floor(i / orders) + 1;
      return { partition: number % 12, value: orderFact(`2${number}`, sequence, january(sequence * 10)) };
    });
    const half = facts.length / 2;
    await all.write(facts.slice(0, half));
    for (let kill = 0; kill < 3; kill++) {
      // killed while it counts: some facts are counted, and some are not
      const before = await all.waiting();
      await all.until(async () => (await all.waiting()) < before || before === 0, 'it gets on');
      await all.service.kill();
      if (kill === 1) await all.write(facts.slice(half));
      await all.another();
    }
    await all.until(async () => (await all.waiting()) === 0, 'all facts are counted');
    const path = '/v1/shops/demo-shop/analytics/orders?from=2026-01-01&to=2026-02-01';
    expect(await all.service.get(path)).toMatchObject([{ orders, revenue: orders * changes * 10 }]);
  });
});
