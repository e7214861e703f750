import fc from 'fast-check';
import { currencies, currencyExponent, normaliseCurrency } from './currencies';
import { decimalPlaces, isDecimal, keepMajor, maxAmount, parseMagnitude, toMajor, toMinor } from './money';

const anyCurrency = fc.constantFrom(...currencies);
// the greatest amount in the finest unit
const anyMinor = fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 });

describe('money', () => {
  it.each([
    [29.99, 'EUR', 2999],
    [0.0835, 'EUR', 8],
    [0.125, 'EUR', 13],
    [-0.125, 'EUR', -13],
    [1.005, 'EUR', 101],
    [100.4, 'JPY', 100],
    [100.5, 'JPY', 101],
    [1.2345, 'KWD', 1235],
    [1.2345, 'CLF', 12_345],
    [0, 'EUR', 0],
    [-0.001, 'EUR', 0],
    [maxAmount, 'UYW', 99_999_999_999_999],
  ])('%p %s is %p minor units', (major, currency, minor) => {
    expect(toMinor(major, currency)).toBe(minor);
  });

  it('takes 4 decimals and not 5', () => {
    expect(isDecimal(12_345.6789, 0, maxAmount, 4)).toBe(true);
    expect(isDecimal(12_345.67891, 0, maxAmount, 4)).toBe(false);
    expect([1e-7, 1e21, Number.NaN, Infinity].map(decimalPlaces)).toEqual([
      Infinity,
      Infinity,
      Infinity,
      Infinity,
    ]);
  });

  it('throws for what is no amount', () => {
    expect(() => toMinor(Number.NaN, 'EUR')).toThrow('NaN is not an amount');
    expect(() => toMajor(0.5, 'EUR')).toThrow('0.5 is no whole number of minor units');
  });

  it('brings every number of minor units back', () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, (minor, currency) => {
        const major = toMajor(minor, currency);
        expect(toMinor(major, currency)).toBe(minor);
        expect(decimalPlaces(major)).toBeLessThanOrEqual(currencyExponent(currency));
      }),
    );
  });

  it('rounds once, half away from zero, as whole numbers do', () => {
    // in ten-thousandths all is exact, so plain integer arithmetic is the reference
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), anyCurrency, (tenThousandths, currency) => {
        const step = 10 ** (4 - currencyExponent(currency));
        const major = Number(
          `${Math.trunc(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`,
        );
        const expected = Math.trunc((tenThousandths + step / 2) / step);
        expect(toMinor(major, currency)).toBe(expected);
        expect(toMinor(-major, currency)).toBe(expected === 0 ? 0 : -expected);
      }),
    );
  });

  it('counts decimals as the shortest decimal text has them', () => {
    const number = fc.oneof(
      fc.double({ min: -maxAmount, max: maxAmount }),
      fc
        .tuple(anyMinor, fc.integer({ min: 0, max: 9 }))
        .map(([digits, places]) => Number(`${digits}e-${places}`)),
    );
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 4 }), (value, places) => {
        const isWithin = value >= -maxAmount && value <= maxAmount;
        expect(isDecimal(value, -maxAmount, maxAmount, places)).toBe(
          isWithin && decimalPlaces(value) <= places,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('shows minor units as their decimal text reads, and never as -0', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), anyCurrency, (minor, currency) => {
        const exponent = currencyExponent(currency);
        expect(toMajor(minor, currency) + 0).toBe(Number(`${minor}e-${exponent}`) + 0);
      }),
    );
    expect([toMajor(-0, 'EUR'), toMinor(-0, 'EUR'), toMinor(-0.001, 'EUR')]).toEqual([0, 0, 0]);
  });

  it('adds 0.10 EUR a thousand times to exactly 100.00', () => {
    const sum = Array.from({ length: 1000 }, () => toMinor(0.1, 'EUR')).reduce((a, b) => a + b, 0);
    expect(toMajor(sum, 'EUR')).toBe(100);
  });

  it('keeps the major value when the currency changes', () => {
    expect(keepMajor(2999, 'EUR', 'JPY')).toBe(30);
    expect(keepMajor(2999, 'EUR', 'KWD')).toBe(29_990);
  });

  it.each([
    ['-10.0', 10],
    ['+0.5000', 0.5],
    ['1.50000', 1.5],
    [-7.25, 7.25],
    [0, 0],
    ['1.00001', undefined],
    [1.000_01, undefined],
    ['1e3', undefined],
    ['', undefined],
    [' 1', undefined],
    ['ten', undefined],
    ['10000000000', undefined],
    [null, undefined],
  ])('magnitude of %p is %p', (value, expected) => {
    expect(parseMagnitude(value)).toBe(expected);
  });
});

describe('currencies', () => {
  it('has the exponents of the domain page', () => {
    const listed = [
      'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
      'BHD IQD JOD KWD LYD OMR TND',
      'CLF UYW',
    ];
    expect(listed.map((list) => [...new Set(list.split(' ').map(currencyExponent))])).toEqual([
      [0],
      [3],
      [4],
    ]);
    expect(['EUR', 'USD', 'CHF', 'GBP'].map(currencyExponent)).toEqual([2, 2, 2, 2]);
  });

  it('holds every code that has an exponent of its own', () => {
    const own = [...currencies].filter((code) => currencyExponent(code) !== 2);
    expect(own).toHaveLength(26);
  });

  it.each([
    ['eur', 'EUR'],
    ['Chf', 'CHF'],
    ['DEM', undefined],
    ['XXX', undefined],
    ['ABC', undefined],
    ['EURO', undefined],
    ['EUR ', undefined],
    ['ﬀ', undefined],
    [978, undefined],
  ])('%p becomes %p', (text, expected) => {
    expect(normaliseCurrency(text)).toBe(expected);
  });
});
