import fc from 'fast-check';
import { parseTime, timeMs, timeOf } from './time';

describe('time', () => {
  it.each([
    ['2026-01-10T08:00:05Z', '2026-01-10T08:00:05.000Z'],
    ['2026-01-10T09:00:00+01:00', '2026-01-10T08:00:00.000Z'],
    ['2026-01-10T00:30:00+01:00', '2026-01-09T23:30:00.000Z'],
    ['2026-12-31T23:30:00-05:30', '2027-01-01T05:00:00.000Z'],
    ['2026-01-10T08:00:00.1Z', '2026-01-10T08:00:00.100Z'],
    ['2026-01-10T08:00:00.123999Z', '2026-01-10T08:00:00.123Z'],
    ['2026-01-10T08:00:00,5Z', '2026-01-10T08:00:00.500Z'],
    ['2026-01-10T08:00Z', '2026-01-10T08:00:00.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });

  it.each([
    ['no offset', '2026-01-10T08:00:00'],
    ['a date only', '2026-01-10'],
    ['a blank for T', '2026-01-10 08:00:00Z'],
    ['no such day', '2026-02-30T08:00:00Z'],
    ['no leap year', '2026-02-29T08:00:00Z'],
    ['a century is no leap year', '1900-02-29T08:00:00Z'],
    ['month 13', '2026-13-01T08:00:00Z'],
    ['month 0', '2026-00-10T08:00:00Z'],
    ['day 0', '2026-01-00T08:00:00Z'],
    ['hour 24', '2026-01-10T24:00:00Z'],
    ['minute 60', '2026-01-10T08:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['offset hour 24', '2026-01-10T08:00:00+24:00'],
    ['offset minute 60', '2026-01-10T08:00:00+01:60'],
    ['an offset without colon', '2026-01-10T08:00:00+0100'],
    ['an empty fraction', '2026-01-10T08:00:00.Z'],
    ['before the year 0', '0000-01-01T00:00:00+01:00'],
    ['after the year 9999', '9999-12-31T23:30:00-01:00'],
    ['a blank after it', '2026-01-10T08:00:00Z '],
    ['a line break after it', '2026-01-10T08:00:00Z\n'],
    ['digits without end', `2026-01-10T08:00:00.${'1'.repeat(100)}Z`],
    ['a number', 1_768_032_000_000],
    ['nothing', undefined],
  ])('refuses %s', (_, value) => {
    expect(parseTime(value)).toBeUndefined();
  });

  it('reads the same instant as the engine does, whatever the offset', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9998-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const offset = fc.tuple(
      fc.constantFrom('+', '-'),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
    );
    const two = (n: number) => String(n).padStart(2, '0');
    fc.assert(
      fc.property(date, offset, (at, [sign, hours, minutes]) => {
        const text = `${at.toISOString().slice(0, -1)}${sign}${two(hours)}:${two(minutes)}`;
        expect(parseTime(text)).toBe(new Date(text).toISOString());
      }),
    );
  });

  it('reads the usual forms as it reads all others', () => {
    const two = (max: number) =>
      fc
        .oneof({ weight: 5, arbitrary: fc.nat(max) }, { weight: 1, arbitrary: fc.nat(99) })
        .map((n) => String(n).padStart(2, '0'));
    const local = fc
      .tuple(fc.nat(9999), two(13), two(32), two(24), two(60), two(60), fc.constantFrom('', '.000', '.123'))
      .map(
        ([year, month, day, hour, minute, second, ms]) =>
          `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}${ms}`,
      );
    fc.assert(
      fc.property(local, (text) => {
        expect(parseTime(`${text}Z`)).toBe(parseTime(`${text}+00:00`));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves what it wrote itself as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        expect(parseTime(timeOf(ms))).toBe(timeOf(ms));
        expect(timeMs(timeOf(ms))).toBe(ms);
      }),
    );
  });
});
