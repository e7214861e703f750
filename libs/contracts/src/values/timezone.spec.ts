import { isTimezone, timezonePattern } from './timezone';

describe('time zones', () => {
  it.each(['Europe/Berlin', 'UTC', 'Etc/GMT+1', 'America/Port-au-Prince', 'Asia/Kolkata', 'US/Pacific'])(
    'knows %s, also the second time',
    (name) => {
      expect([isTimezone(name), isTimezone(name)]).toEqual([true, true]);
    },
  );

  it.each([
    'Europe/Musterstadt',
    '+01:00',
    '-0800',
    '',
    ' UTC',
    'UTC\n',
    'Z',
    `A${'a'.repeat(64)}`,
    7,
    null,
    ['UTC'],
  ])('does not know %j', (value) => {
    expect([isTimezone(value), isTimezone(value)]).toEqual([false, false]);
  });

  it('have names that all fit the pattern of facts', () => {
    const names = Intl.supportedValuesOf('timeZone');
    expect(names.length).toBeGreaterThan(300);
    expect(names.filter((name) => !timezonePattern.test(name))).toEqual([]);
  });
});
