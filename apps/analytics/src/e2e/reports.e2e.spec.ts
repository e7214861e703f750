import { canStartPrivateStack } from '@waybill/testing';
import { january, orderFact } from './facts.spec-data';
import { RunningAnalytics } from './topics.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const range = 'from=2026-01-01&to=2026-02-01';

withStack('figures of facts on the topic', () => {
  let all: RunningAnalytics;
  beforeAll(async () => {
    all = await RunningAnalytics.start();
  });
  afterAll(() => all.end());

  const orders = (more = '') =>
    all.service.get<Record<string, unknown>[]>(`/v1/shops/demo-shop/analytics/orders?${range}${more}`);
  const settled = (partitions?: number[]) =>
    all.until(async () => (await all.waiting(partitions)) === 0, 'all facts are counted');

  it('adds up over partitions, counts repeats once, and moves what is corrected', async () => {
    const first = orderFact('10001', 1, january(30));
    await all.write([
      { partition: 0, value: first },
      { partition: 0, value: orderFact('10001', 2, january(20.5)) },
      { partition: 1, value: orderFact('10002', 1, january(10)) },
      { partition: 0, value: first },
    ]);
    await settled();
    expect(await orders()).toMatchObject([
      { bucket: null, group: null, currency: 'EUR', orders: 2, revenue: 30.5 },
    ]);
    const moved = { ...january(20.5), order_placed_at: '2026-01-12T08:00:00.000Z' };
    await all.write([{ partition: 0, value: orderFact('10001', 3, moved) }]);
    await settled();
    expect(await orders('&bucket=day')).toMatchObject([
      { bucket: '2026-01-10', orders: 1, revenue: 10 },
      { bucket: '2026-01-12', orders: 1, revenue: 20.5 },
    ]);
  });

  it('answers CSV to whoever asks for it', async () => {
    const url = `http://127.0.0.1:${String((await all.service.until(({ msg }) => msg === 'ready')).port)}`;
    const response = await fetch(`${url}/v1/shops/demo-shop/analytics/orders?${range}`, {
      headers: { accept: 'text/csv' },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, row, ...rest] = (await response.text()).split('\r\n');
    expect(head?.split(',').slice(0, 3)).toEqual(['bucket', 'group', 'currency']);
    expect(row?.split(',').slice(0, 3)).toEqual(['', '', 'EUR']);
    expect(rest).toEqual(['']);
  });

  it('refuses a question without days', async () => {
    expect(await all.service.status('/v1/shops/demo-shop/analytics/orders')).toBe(422);
  });

  it('skips what is no fact of an order, holds its partition at a gap, and is ready all the same', async () => {
    const { order_id: _, ...data } = orderFact('10004', 1, january(1)).data as Record<string, unknown>;
    await all.write([
      { partition: 2, value: 'no JSON' },
      { partition: 2, value: orderFact('10004', 1, january(1), { source: 'somebody' }) },
      { partition: 2, value: { ...orderFact('10004', 1, january(1)), data } },
      { partition: 2, value: orderFact('10004', 1, january(4)) },
      { partition: 3, value: orderFact('10005', 1, january(5)) },
      { partition: 3, value: orderFact('10005', 3, january(500)) },
    ]);
    const alarms = (kind: string) => all.service.metric('waybill_facts_alarms_total', { kind });
    await all.until(async () => (await alarms('gap')) === 1, 'the gap is told of');
    await settled([2]);
    expect(await alarms('unreadable')).toBe(3);
    expect(await orders()).toMatchObject([{ orders: 4, revenue: 39.5 }]);
    expect(await all.waiting([3])).toBe(1);
    expect(await all.service.status('/health/ready')).toBe(200);
  });

  it('goes on where it was after it was stopped', async () => {
    expect(await all.service.stop()).toBe(0);
    await all.another();
    await all.write([{ partition: 4, value: orderFact('10006', 1, january(6)) }]);
    await settled([4]);
    expect(await orders()).toMatchObject([{ orders: 5, revenue: 45.5 }]);
  });

  it('waits for a release that knows a newer version of a fact', async () => {
    const newer = orderFact('10007', 1, january(7), { type: 'orders.order-placed.v2' });
    await all.write([{ partition: 5, value: newer }]);
    await all.until(async () => (await all.service.status('/health/ready')) === 503, 'it is not ready');
    expect(await all.waiting([5])).toBe(1);
    expect(await orders()).toMatchObject([{ orders: 5 }]);
  });
});
