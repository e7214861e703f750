import { averageDays, averageMoney, averageNumber, money, quotient, share } from './exact';
import { ask, order, product, published } from './figures.samples.spec-data';

describe('a quotient', () => {
  it.each([
    { of: [1n, 8n, 2], is: 0.13 },
    { of: [-1n, 8n, 2], is: -0.13 },
    { of: [1n, 3n, 4], is: 0.3333 },
    { of: [2n, 3n, 4], is: 0.6667 },
    { of: [-1n, 30000n, 4], is: 0 },
    { of: [0n, 7n, 4], is: 0 },
    { of: [5n, 2n, 0], is: 3 },
    { of: [-5n, 2n, 0], is: -3 },
    // half of 2^53 + 1 and a hundredth of 2^54 + 2, of which a double would lose the last digit before it divides
    { of: [2n ** 53n + 1n, 2n, 0], is: 2 ** 52 + 1 },
    { of: [2n ** 54n + 2n, 100n, 0], is: 180_143_985_094_820 },
  ] as const)('of $of is $is, half away from zero', ({ of: [dividend, divisor, places], is }) =>
    // -0 would be written as 0, and equals no 0 here
    expect(quotient(dividend, divisor, places)).toBe(is),
  );
});

describe('an amount of minor units', () => {
  it.each([
    { currency: 'JPY', sum: 1235, average: 412 },
    { currency: 'EUR', sum: 12.35, average: 4.12 },
    { currency: 'KWD', sum: 1.235, average: 0.412 },
    { currency: 'CLF', sum: 0.1235, average: 0.0412 },
  ])('has the decimals of $currency', ({ currency, sum, average }) => {
    expect(money(1235n, currency)).toBe(sum);
    expect(averageMoney(1235n, 3n, currency)).toEqual({ average, sum, count: 3 });
  });
});

describe('with nothing to divide by', () => {
  const nothing = { average: null, sum: 0, count: 0 };
  it('there is no average', () =>
    expect([averageMoney(0n, 0n, 'EUR'), averageDays(0n, 0n), averageNumber(0n, 0n)]).toEqual([
      nothing,
      nothing,
      nothing,
    ]));
  it('there is no share', () => expect(share(0n, 0n)).toEqual({ share: null, count: 0, of: 0 }));
});

describe('figures of orders', () => {
  const rows = (orders: Parameters<typeof published>[1]) => published(ask({ report: 'orders' }), orders);

  it('keep currencies apart, each with its own minor unit', () => {
    const amount = { JPY: 100.4, EUR: 0.125, KWD: 1.2345, CLF: 0.00005 };
    const orders = Object.entries(amount).flatMap(([currency, total_order_price]) => [
      order({ uuid: `${currency} 1`, currency, total_order_price }),
      order({ uuid: `${currency} 2`, currency, total_order_price }),
    ]);
    expect(rows(orders).map(({ currency, ...row }) => [currency, row['revenue']])).toEqual([
      ['CLF', 0.0002],
      ['EUR', 0.26],
      ['JPY', 200],
      ['KWD', 2.47],
    ]);
  });

  it('are exact where a double is not: a cent beside 2^53 of them', () => {
    const great = product({ price: 90_071_992.54, quantity: 1_000_000 });
    const orders = [
      order({ uuid: 'great', products: [great], shipping_price: 7_409.92 }),
      order({ uuid: 'cent', total_order_price: 0.01 }),
    ];
    // (2^53 + 1) ÷ 2 cents; without the last cent it would end in 96
    expect(rows(orders)[0]?.['average_order_value']).toMatchObject({ average: 45_035_996_273_704.97 });
  });
});
