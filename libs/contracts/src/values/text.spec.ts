import fc from 'fast-check';
import { isAnalyticsMap } from './analytics-map';
import { countries, normaliseCountry } from './countries';
import {
  countCharacters,
  isEmail,
  isOrderNumber,
  isText,
  isWebUrl,
  normaliseText,
  shopSlugPattern,
  zipCodePattern,
} from './text';
import { normaliseTrackingNumber } from './tracking-number';

describe('text(n)', () => {
  it('is long enough and not too long by its characters, whatever they are', () => {
    const any = fc.string({ unit: fc.constantFrom('a', ' ', 'ü', '😀', '\u{10000}'), maxLength: 12 });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 3 }), (text, max, min) => {
        const length = Array.from(text.trim()).length;
        expect(isText(text, max, min)).toBe(length >= min && length <= max);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a character', 'x', true],
    ['white space around', `  ${'x'.repeat(5)}\n`, true],
    ['five characters outside the basic plane', '😀😀😀😀😀', true],
    ['six of them', '😀😀😀😀😀😀', false],
    ['six characters', 'xxxxxx', false],
    ['nothing', '', false],
    ['white space only', ' \t\u00a0', false],
    ['half a surrogate pair', '\ud83d', false],
    ['a number', 5, false],
    ['null', null, false],
  ])('n = 5, %s: %s', (_, value, expected) => {
    expect(isText(value, 5)).toBe(expected);
  });

  it('may be empty where it is optional, and then counts as null', () => {
    expect(isText(' ', 5, 0)).toBe(true);
    expect([' ', '', null, ' a b '].map(normaliseText)).toEqual([null, null, null, 'a b']);
  });

  it('stops counting what cannot fit', () => {
    expect(countCharacters('x'.repeat(100_000), 5)).toBe(6);
    expect(countCharacters('😀x', 5)).toBe(2);
  });
});

describe('named texts', () => {
  it.each([
    [
      'order number',
      isOrderNumber,
      ['#10001', ' 10001 ', 'Ä-1/2', 'x'.repeat(64)],
      ['', ' ', 'a\u0000b', 'a\nb', 'a\u0085b', 'x'.repeat(65), 10_001],
    ],
    [
      'URL',
      isWebUrl,
      [
        'https://example.com',
        'HTTP://example.com/a?b=c#d',
        'https://münchen.example/',
        `https://example.com/${'x'.repeat(2000)}`,
      ],
      [
        'example.com',
        '//example.com',
        'ftp://example.com',
        'javascript:alert(1)',
        'https://',
        'https://a b.example',
        'https://example.com/\n',
        ' https://example.com',
        `https://example.com/${'x'.repeat(2048)}`,
        7,
      ],
    ],
    [
      'email',
      isEmail,
      ['alex@example.com', 'a+b@sub.example', 'ü@example.com', `${'x'.repeat(308)}@example.com`],
      [
        '',
        'alex',
        '@example.com',
        'alex@',
        'a@b@c',
        'a b@example.com',
        `${'x'.repeat(309)}@example.com`,
        null,
      ],
    ],
    [
      'shop slug',
      (value: unknown) => shopSlugPattern.test(String(value)),
      ['a', 'demo-shop', '0', 'x'.repeat(64)],
      ['', '-a', 'a-', 'Demo', 'a_b', 'a/b', 'a\n', 'x'.repeat(65)],
    ],
    [
      'zip code',
      (value: unknown) => zipCodePattern.test(String(value)),
      ['1', '12345', 'SW1A 1AA', '1012-AB', 'x'.repeat(16)],
      ['', ' 1', '1 ', '1234_5', '-1', 'ä1', '12345\n', 'x'.repeat(17)],
    ],
  ])('%s', (_, accepts: (value: unknown) => boolean, good: unknown[], bad: unknown[]) => {
    expect(good.filter((value) => !accepts(value))).toEqual([]);
    expect(bad.filter((value) => accepts(value))).toEqual([]);
  });

  it.each([
    ['0034 0000 0000 0001 0011', '00340000000000010011'],
    [' 1zexample\t000010012\u00a0', '1ZEXAMPLE000010012'],
    ['A-1/b', 'A-1/B'],
    ['x'.repeat(64), 'X'.repeat(64)],
    ['x'.repeat(65), undefined],
    ['   ', undefined],
    ['1ß', undefined],
    ['1\u0000', undefined],
    [12, undefined],
  ])('tracking number %p becomes %p', (text, expected) => {
    expect(normaliseTrackingNumber(text)).toBe(expected);
  });

  it('knows countries', () => {
    expect(['de', 'AT', 'xk', 'UK', 'ZZ', 'DEU', 'D', 49].map(normaliseCountry)).toEqual([
      'DE',
      'AT',
      'XK',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(countries.size).toBe(250);
  });
});

describe('analytics map', () => {
  const members = (count: number, value: unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value]));

  it.each([
    ['empty', {}, true],
    ['every kind of value', { a: 'x', 'b.c-d_E': 1.5, c: true, d: null, e: '' }, true],
    ['50 members', members(50, 1), true],
    ['51 members', members(51, 1), false],
    ['text of 500 characters', { a: '😀'.repeat(500) }, true],
    ['text of 501 characters', { a: 'x'.repeat(501) }, false],
    ['8 KiB', members(17, 'x'.repeat(470)), true],
    ['more than 8 KiB', members(17, 'x'.repeat(490)), false],
    ['more than 8 KiB in bytes', members(20, 'ä'.repeat(300)), false],
    ['an object inside', { a: {} }, false],
    ['a list inside', { a: [1] }, false],
    ['an empty key', { '': 1 }, false],
    ['a blank in a key', { 'a b': 1 }, false],
    ['a key of 65 characters', { ['k'.repeat(65)]: 1 }, false],
    ['__proto__ as a key', JSON.parse('{"__proto__":1}'), false],
    ['a list', [], false],
    ['null', null, false],
    ['text', 'campaign', false],
  ])('%s: %p', (_, value: unknown, expected) => {
    expect(isAnalyticsMap(value)).toBe(expected);
  });
});
