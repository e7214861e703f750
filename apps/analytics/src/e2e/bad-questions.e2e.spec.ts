import { canStartPrivateStack } from '@waybill/testing';
import { january, orderFact } from './facts.spec-data';
import { RunningAnalytics } from './topics.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const range = 'from=2026-01-01&to=2026-02-01';

interface Body {
  readonly key: string;
  readonly type: string;
  readonly errors: readonly { readonly loc: readonly string[]; readonly field: string }[];
}

withStack('questions that have no answer, and figures nobody has met before', () => {
  let all: RunningAnalytics;
  let url: string;
  beforeAll(async () => {
    all = await RunningAnalytics.start();
    url = `http://127.0.0.1:${String((await all.service.until(({ msg }) => msg === 'ready')).port)}`;
  });
  afterAll(() => all?.end());

  it.each([
    {
      about: '100 years by day',
      ask: 'orders?from=1926-01-01&to=2026-01-01&bucket=day',
      at: ['query', 'to'],
    },
    { about: 'the year 9999', ask: 'orders?from=0001-01-01&to=9999-12-31', at: ['query', 'to'] },
    {
      about: 'too many days',
      ask: 'orders?from=2018-01-01&to=2026-01-01&bucket=day',
      at: ['query', 'bucket'],
    },
    { about: 'an end before the start', ask: 'orders?from=2026-02-01&to=2026-01-01', at: ['query', 'to'] },
    { about: 'a day that is none', ask: 'orders?from=2026-02-30&to=2026-03-01', at: ['query', 'from'] },
    { about: 'a report that is none', ask: `revenue?${range}`, at: ['path', 'report'] },
    { about: 'a bucket that is none', ask: `orders?${range}&bucket=hour`, at: ['query', 'bucket'] },
    { about: 'a group that is none', ask: `orders?${range}&group_by=customer`, at: ['query', 'group_by'] },
    {
      about: 'two groups',
      ask: `orders?${range}&group_by=segment&group_by=campaign`,
      at: ['query', 'group_by'],
    },
    { about: 'a phase that is none', ask: `shipments?${range}&phase=lost`, at: ['query', 'phase'] },
    { about: 'a flag that is none', ask: `shipments?${range}&flag=red`, at: ['query', 'flag'] },
    { about: 'a flag of claims', ask: `claims?${range}&flag=delay`, at: ['query', 'flag'] },
    { about: 'a campaign of claims', ask: `claims?${range}&group_by=campaign`, at: ['query', 'group_by'] },
    {
      about: 'carriers in a segment',
      ask: `orders?${range}&segment=b2b&group_by=carrier_reference`,
      at: ['query', 'segment'],
    },
    {
      about: 'a target of 0 days',
      ask: `delivery-times?${range}&target_days=0`,
      at: ['query', 'target_days'],
    },
    { about: 'a target of orders', ask: `orders?${range}&target_days=5`, at: ['query', 'target_days'] },
    { about: 'an hour', ask: `shipments?${range}&as_of=2026-01-31T12:00:00Z`, at: ['query', 'as_of'] },
    { about: 'durations of claims', ask: `claims?${range}&durations=ms`, at: ['query', 'durations'] },
    { about: 'a member that is none', ask: `orders?${range}&colour=red`, at: ['query', 'colour'] },
  ])('refuses $about', async ({ ask, at }) => {
    const response = await fetch(`${url}/v1/shops/demo-shop/analytics/${ask}`);
    const body = (await response.json()) as Body;
    expect([response.status, body.key, body.type]).toEqual([
      422,
      'validation_error',
      'invalid_request_error',
    ]);
    expect(body.errors.map(({ loc }) => loc)).toEqual([at]);
  });

  it('counts currencies that it meets for the first time, each by its own minor unit', async () => {
    const amounts = { JPY: 100.4, KWD: 1.2345, CLF: 0.0001, EUR: 0.125, USD: 0.1 };
    const facts = Object.entries(amounts).flatMap(([currency, total], i) => [
      { partition: i, value: orderFact(`${currency}-1`, 1, { ...january(total), currency }) },
      { partition: i, value: orderFact(`${currency}-2`, 1, { ...january(total), currency }) },
    ]);
    // no currency at all by the list of ISO 4217: two decimals, like every other
    const unheardOf = { partition: 5, value: orderFact('XQZ-1', 1, { ...january(1.005), currency: 'XQZ' }) };
    await all.write([...facts, unheardOf]);
    await all.until(async () => (await all.waiting()) === 0, 'all facts are counted');
    const found = await all.service.get<{ currency: string; revenue: number; orders: number }[]>(
      `/v1/shops/demo-shop/analytics/orders?${range}`,
    );
    expect(found.map(({ currency, orders, revenue }) => [currency, orders, revenue])).toEqual([
      ['CLF', 2, 0.0002],
      ['EUR', 2, 0.26],
      ['JPY', 2, 200],
      ['KWD', 2, 2.47],
      ['USD', 2, 0.2],
      ['XQZ', 1, 1.01],
    ]);
  });

  it('adds up what neither a double nor a 64-bit integer holds, and gives it back to the cent', async () => {
    const lines = 25;
    const great = (quantity: number) => ({
      ...january(0),
      total_order_price: null,
      sub_total_price: null,
      shipping_price: null,
      discount_price: 0,
      products: Array.from({ length: lines }, () => ({ ...product, quantity })),
      currency: 'SEK',
    });
    // 9 × 10^17 minor units a line: valid, and more than 2^64 in one order
    await all.write([
      { partition: 6, value: orderFact('GREAT-1', 1, great(1_000_000)) },
      { partition: 6, value: orderFact('SMALL-1', 1, { ...january(0.01), currency: 'SEK' }) },
      { partition: 7, value: orderFact('GREAT-2', 1, great(1_000_000)) },
    ]);
    await all.until(async () => (await all.waiting()) === 0, 'all facts are counted');
    const revenue = async () => {
      const rows = await all.service.get<{ currency: string; revenue: number }[]>(
        `/v1/shops/demo-shop/analytics/orders?${range}`,
      );
      return rows.find(({ currency }) => currency === 'SEK')?.revenue;
    };
    expect(await revenue()).toBe(2 * lines * 9_000_000_000 * 1_000_000);
    await all.write([
      { partition: 6, value: orderFact('GREAT-1', 2, { ...great(1), status: 'cancelled' }) },
      { partition: 7, value: orderFact('GREAT-2', 2, { ...great(1), status: 'cancelled' }) },
    ]);
    await all.until(async () => (await all.waiting()) === 0, 'all facts are counted');
    expect(await revenue()).toBe(0.01);
  });
});

const product = {
  title: 'All the tea in China',
  price: 9_000_000_000,
  size: null,
  sku: 'TEA-1',
  weight: null,
  images: [],
  tax_lines: [],
  type: 'product' as const,
  bundled_products: [],
  product_id: null,
  variant_id: null,
};
