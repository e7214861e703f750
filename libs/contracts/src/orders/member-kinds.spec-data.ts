// What each kind of member takes and what not, after the table of domain 1.5.

/** Values of one kind that are taken, and such that are not. */
export interface Kind {
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

export const text = (max: number, min = 0): Kind => ({
  good: ['x', ' x ', '😀'.repeat(max), ...(min === 0 ? ['', ' '] : [])],
  bad: [7, {}, [], true, 'x'.repeat(max + 1), '\ud83d', ...(min === 0 ? [] : ['', ' '])],
});
export const oneOf = (...good: string[]): Kind => ({
  good,
  bad: ['', 'other', good[0]?.toUpperCase(), 1, {}],
});
export const list = (entry: unknown, max: number, wrong: unknown): Kind => ({
  good: [[], [entry], Array.from({ length: max }, () => entry)],
  bad: [Array.from({ length: max + 1 }, () => entry), [wrong], [entry, 7], [[]], {}, 'x', { length: 0 }],
});
export const int = (min: number, max: number): Kind => ({
  good: [min, max],
  bad: [min - 1, ...(max < Number.MAX_SAFE_INTEGER ? [max + 1] : [1e300]), min + 0.5, String(min), true, {}],
});

export const uuid = 'c376e889-76c9-5c95-ad8b-a381eae0408d';
export const mug = { sku: 'MUG-1' };
export const destination = { zip_code: '12345' };
export const parcel = { tracking_number: '1ZEXAMPLE000010012' };

export const amount: Kind = {
  good: [0, 0.1, 29.99, 0.0835, 9_999_999_999.9999],
  bad: [-0.01, 1e10, 12_345.678_91, 1e-7, '1', {}],
};
export const url: Kind = {
  good: ['https://example.com/a'],
  bad: ['', 'example.com', 'ftp://example.com', `https://example.com/${'x'.repeat(2048)}`, 7],
};
export const time: Kind = {
  good: ['2026-01-10T08:00:00Z', '2026-01-10T09:00:00.5+01:00'],
  bad: ['2026-01-10T08:00:00', '2026-02-30T08:00:00Z', '', 0],
};
export const id: Kind = { good: [uuid, uuid.toUpperCase()], bad: ['10001', '', uuid.slice(1), 7] };
export const zip: Kind = { good: ['12345', 'SW1A 1AA'], bad: ['', '1234_5', ' 1', 'x'.repeat(17), 12_345] };
export const grams: Kind = { good: [0, 180, 0.125, 10_000_000], bad: [-1, 0.1234, 10_000_001, '1'] };
export const currency: Kind = { good: ['EUR', 'eur'], bad: ['DEM', 'XXX', 'EURO', '', 978] };
export const country: Kind = { good: ['DE', 'de'], bad: ['UK', 'DEU', '', 'ZZ', 49] };
export const carrier = oneOf('dhl', 'unknown', 'asendia_de');
export const trackingNumber: Kind = {
  good: ['1z 9', '!~', 'x'.repeat(64)],
  bad: ['', ' ', 'x'.repeat(65), 'ä', 7],
};
export const orderNumber: Kind = { good: ['#10001', ' 1 '], bad: ['', ' ', 'a\nb', 'x'.repeat(65), 10_001] };
export const shop: Kind = { good: ['demo-shop', 'a'], bad: ['', 'Demo', '-a', 'a_b', 'x'.repeat(65), 7] };
export const email: Kind = {
  good: ['alex@example.com'],
  bad: ['', 'alex', `${'x'.repeat(320)}@example.com`, 7],
};
export const map: Kind = {
  good: [{}, { campaign: 'Winter drop', n: 1, b: true, z: null }],
  bad: [[], 'x', { a: {} }, { 'a b': 1 }],
};
export const bool: Kind = { good: [true, false], bad: ['true', 0, {}] };
export const idType = oneOf('order_number');
export const direction = oneOf('merchant_customer', 'customer_merchant');
export const products = list(mug, 500, {});
export const share: Kind = { good: [0, 0.19, 1], bad: [-0.1, 1.1, '0.19'] };
export const arrival: Kind = {
  good: [{ to: '2026-01-14T18:00:00Z', predicted_at: '2026-01-13T02:10:00Z' }],
  bad: [
    {},
    [],
    { to: '2026-01-14T18:00:00Z' },
    { from: '2026-01-15T08:00:00Z', to: '2026-01-14T18:00:00Z', predicted_at: '2026-01-13T02:10:00Z' },
  ],
};
