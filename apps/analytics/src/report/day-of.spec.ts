import { dayAt, dayOf } from './day-of';

describe('a day', () => {
  it.each([
    { text: '2026-01-10', day: '2026-01-10' },
    { text: '2028-02-29', day: '2028-02-29' },
    { text: '2026-01-10T00:00:00Z', day: '2026-01-10' },
    { text: '2026-01-10T01:00:00+01:00', day: '2026-01-10' },
    { text: '2026-01-09T19:00:00.000-05:00', day: '2026-01-10' },
    { text: '2026-01-10T00:00:00+01:00', day: undefined },
    { text: '2026-01-10T00:00:00.001Z', day: undefined },
    { text: '2026-01-10T00:00:00', day: undefined },
    { text: '2026-02-30', day: undefined },
    { text: '2026-02-29', day: undefined },
    { text: '2026-13-01', day: undefined },
    { text: '2026-1-1', day: undefined },
    { text: '20260110', day: undefined },
    { text: 'today', day: undefined },
    { text: '', day: undefined },
    { text: ['2026-01-10', '2026-01-11'], day: undefined },
    { text: undefined, day: undefined },
  ])('$text is $day', ({ text, day }) => expect(dayOf(text)).toBe(day));

  it('is the one of UTC', () => expect(dayAt(new Date('2026-01-10T23:59:59.999Z'))).toBe('2026-01-10'));
});
