import { commandTime } from './command-time';
import type { Envelope } from './envelope';

const record = { timestampMs: Date.parse('2026-01-10T08:00:00.250Z') };
const at = (time?: string): Envelope => ({
  id: 'i',
  source: 's',
  type: 't',
  data: {},
  ...(time === undefined ? {} : { time }),
});

it.each([
  ['absent: the time of the record', undefined, '2026-01-10T08:00:00.250Z'],
  ['in UTC', '2026-01-10T07:59:00Z', '2026-01-10T07:59:00.000Z'],
  ['with an offset', '2026-01-10T09:59:00.1234+02:00', '2026-01-10T07:59:00.123Z'],
  ['long past', '1999-12-31T23:59:59Z', '1999-12-31T23:59:59.000Z'],
  ['a day ahead to the millisecond', '2026-01-11T08:00:00.250Z', '2026-01-11T08:00:00.250Z'],
])('a time %s', (_what, time, expected) => {
  expect(commandTime(at(time), record)).toEqual({ ok: true, time: expected });
});

it.each([
  ['without an offset', '2026-01-10T08:00:00', 'time'],
  ['that is no day', '2026-02-30T08:00:00Z', 'time'],
  ['a millisecond more than a day ahead', '2026-01-11T08:00:00.251Z', 'time_ahead'],
  ['a year ahead', '2027-01-10T08:00:00Z', 'time_ahead'],
])('refuses a time %s', (_what, time, type) => {
  expect(commandTime(at(time), record)).toEqual({
    ok: false,
    issue: { loc: ['envelope', 'time'], field: 'time', msg: expect.any(String), type },
  });
});
