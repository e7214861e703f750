import type { Refused } from '@waybill/decider';
import type { ShipmentCommand } from './shipment.commands';
import {
  after,
  arrival,
  check,
  command,
  decide,
  details,
  draft,
  estimate,
  estimateByNumber,
  fulfil,
  late,
  merchantEvent,
  now,
  outcome,
  scan,
  statuses,
  withdraw,
} from './shipment.samples.spec-data';
import type { Shipment } from './shipment.state';

const { draft: drafted, fulfilled, withdrawn } = statuses;
const nobody = statuses['not known'];

const dayAfter = '2026-01-14T12:00:00.000Z';
const tooLate = { event_time: '2026-01-14T12:00:00.001Z' };

/** A parcel with this many events of carrier and merchant. */
const withEvents = (count: number): Shipment =>
  after(
    draft,
    fulfil,
    ...Array.from({ length: count }, (_, i) =>
      i % 2 === 0
        ? scan({ event_name: 'weighed', external_id: `S-${i}` })
        : merchantEvent({ event_name: 'weighed', external_id: `M-${i}` }),
    ),
  );
const full = withEvents(200);

interface Row {
  readonly key: string;
  readonly about: string;
  readonly shipment: Shipment | null;
  readonly wanted: ShipmentCommand;
  readonly field?: string;
}

const rows: readonly Row[] = [
  { key: 'shipment_not_found', about: 'details', shipment: nobody, wanted: details() },
  { key: 'shipment_not_found', about: 'a withdrawal', shipment: nobody, wanted: withdraw() },
  { key: 'shipment_not_found', about: 'a check', shipment: nobody, wanted: check(late) },
  {
    key: 'shipment_not_found',
    about: 'an event, before its time',
    shipment: nobody,
    wanted: merchantEvent(tooLate),
  },
  { key: 'shipment_not_found', about: 'an estimate by id', shipment: nobody, wanted: estimate() },
  { key: 'tracking_number_not_found', about: 'a scan', shipment: nobody, wanted: scan() },
  {
    key: 'tracking_number_not_found',
    about: 'an estimate by number',
    shipment: nobody,
    wanted: estimateByNumber(),
  },
  { key: 'shipment_withdrawn', about: 'a number', shipment: withdrawn, wanted: fulfil },
  {
    key: 'shipment_withdrawn',
    about: 'an event, before its time',
    shipment: withdrawn,
    wanted: merchantEvent(tooLate),
  },
  {
    key: 'shipment_withdrawn',
    about: 'a check',
    shipment: after(draft, estimate(), withdraw()),
    wanted: check(late),
  },
  {
    key: 'shipment_already_fulfilled',
    about: 'withdrawn after the dispatch',
    shipment: fulfilled,
    wanted: withdraw('order_cancelled'),
  },
  {
    key: 'shipment_not_fulfilled',
    about: 'a scan name for a draft',
    shipment: drafted,
    wanted: merchantEvent({ event_name: 'LABEL_CREATED' }),
    field: 'event_name',
  },
  {
    key: 'shipment_not_fulfilled',
    about: 'before its time',
    shipment: drafted,
    wanted: merchantEvent({ event_name: 'LABEL_CREATED', ...tooLate }),
    field: 'event_name',
  },
  {
    key: 'event_time_in_future',
    about: 'a scan',
    shipment: fulfilled,
    wanted: scan(tooLate),
    field: 'event_time',
  },
  {
    key: 'event_time_in_future',
    about: 'an event of the merchant',
    shipment: drafted,
    wanted: merchantEvent(tooLate),
    field: 'event_time',
  },
  {
    key: 'event_time_in_future',
    about: 'before the limit',
    shipment: full,
    wanted: scan(tooLate),
    field: 'event_time',
  },
  { key: 'event_limit_reached', about: 'the 201st scan', shipment: full, wanted: scan() },
  { key: 'event_limit_reached', about: 'the 201st event', shipment: full, wanted: merchantEvent() },
  { key: 'event_limit_reached', about: 'a kept scan', shipment: full, wanted: scan({}, now, true) },
];

describe('refusals', () => {
  it.each(rows)('$key: $about', ({ key, shipment, wanted, field }) => {
    const decision = decide(shipment, wanted) as Refused;
    expect(decision).toMatchObject({ outcome: 'refused', key, readsOthers: false });
    expect(decision.message).not.toBe('');
    expect(decision.errors.map((error) => error.field)).toEqual(field === undefined ? [] : [field]);
    for (const error of decision.errors)
      expect(error).toMatchObject({ loc: ['data', error.field], type: key });
  });

  it('say nothing that was said of a person', () => {
    const said = { location: { name: 'Alex Example' }, additional_info: { mail_message: 'Alex Example' } };
    const decisions = [
      decide(full, scan(said)),
      decide(fulfilled, scan({ ...said, ...tooLate })),
      decide(drafted, merchantEvent({ ...said, event_name: 'LABEL_CREATED' })),
    ];
    expect(JSON.stringify(decisions)).not.toContain('Alex');
  });
});

describe('what would change nothing', () => {
  const recorded = scan({ event_name: 'weighed', external_id: 'S-0' });

  it.each([
    { about: 'a recorded scan at the limit', shipment: full, wanted: recorded, reason: 'duplicate' },
    {
      about: 'a recorded scan whose time is said to lie in the future now',
      shipment: full,
      wanted: scan({ external_id: 'S-0', ...tooLate }),
      reason: 'duplicate',
    },
    {
      about: 'a recorded event of a draft under a name that it cannot take',
      shipment: after(draft, merchantEvent()),
      wanted: merchantEvent({ event_name: 'DELAYED' }),
      reason: 'duplicate',
    },
    {
      about: 'an equal estimate of a withdrawn one',
      shipment: after(draft, estimate(), withdraw()),
      wanted: estimate(),
      reason: 'nothing_changed',
    },
    {
      about: 'a check in time of a withdrawn one',
      shipment: after(draft, estimate(), withdraw()),
      wanted: check(arrival.to),
      reason: 'nothing_changed',
    },
  ])('is ignored before it is refused: $about', ({ shipment, wanted, reason }) => {
    expect(decide(shipment, wanted)).toMatchObject({ outcome: 'ignored', reason });
  });
});

describe('the only rule on times', () => {
  it.each([
    { about: 'a day ahead', event_time: dayAfter, expected: 'accepted' },
    { about: 'a millisecond more', ...tooLate, expected: 'event_time_in_future' },
    { about: 'from 1970', event_time: '1970-01-01T00:00:00Z', expected: 'accepted' },
    { about: 'from the year 0', event_time: '0000-01-01T00:00:00Z', expected: 'accepted' },
  ])('$about: $expected', ({ event_time, expected }) => {
    expect(outcome(fulfilled, scan({ event_time }))).toBe(expected);
  });

  it('was applied to a kept scan when it was kept', () => {
    const early = '2026-01-01T00:00:00.000Z';
    expect(outcome(fulfilled, scan(tooLate, early, true))).toBe('accepted');
    expect(outcome(fulfilled, scan(tooLate, early))).toBe('event_time_in_future');
  });
});

describe('the limit of events', () => {
  it('counts what carrier and merchant report, not the steps of the order', () => {
    const almost = withEvents(199);
    expect(outcome(almost, scan())).toBe('accepted');
    expect(outcome(almost, merchantEvent())).toBe('accepted');
    expect(full.events).toHaveLength(202);
  });

  it('does not hold back an estimate', () => {
    expect(outcome(full, estimate())).toBe('accepted');
  });
});

it('a command that is none of a shipment is broken', () => {
  expect(() => command('cancel-order', {})).toThrow('shipments.cancel-order.v1 is no command of a shipment');
});
