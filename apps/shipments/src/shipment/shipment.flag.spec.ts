import type { Flag } from '@waybill/contracts';
import type { ShipmentCommand } from './shipment.commands';
import { hadDelay, healthOf } from './shipment.flag';
import {
  after,
  arrival,
  check,
  decide,
  draft,
  estimate,
  facts,
  fulfil,
  late,
  merchantEvent,
  scan,
  scanAt,
  shown,
} from './shipment.samples.spec-data';

const lives: readonly { about: string; scans: readonly [number, string][]; flag: Flag; hadDelay?: true }[] = [
  {
    about: 'normal without any effect',
    scans: [
      [2, 'CARRIER_PICKED_UP'],
      [3, 'weighed'],
    ],
    flag: 'normal',
  },
  {
    about: 'that of the greatest event with an effect',
    scans: [
      [2, 'DELAYED'],
      [3, 'IN_CUSTOMS'],
    ],
    flag: 'delay',
    hadDelay: true,
  },
  {
    about: 'taken back by a later one',
    scans: [
      [2, 'DELAYED'],
      [3, 'OUT_FOR_DELIVERY'],
    ],
    flag: 'normal',
    hadDelay: true,
  },
  {
    about: 'not taken back by an earlier one',
    scans: [
      [3, 'LOST'],
      [2, 'OUT_FOR_DELIVERY'],
    ],
    flag: 'error',
  },
  {
    about: 'at one time that of the greater rank',
    scans: [
      [3, 'ARRIVED_AT_PARCEL_SHOP'],
      [3, 'DELAYED'],
    ],
    flag: 'normal',
    hadDelay: true,
  },
  { about: 'bad also in a sink', scans: [[3, 'REFUSED_BY_RECIPIENT']], flag: 'error' },
];

describe('flag', () => {
  it.each(lives)('$about', ({ scans, flag, hadDelay: isLate = false }) => {
    const commands = scans.map(([hour, name]) => scanAt(hour, name));
    expect(shown(draft, fulfil, ...commands)).toMatchObject({ flag, had_delay: isLate });
    expect(shown(draft, fulfil, ...commands.toReversed())).toMatchObject({ flag, had_delay: isLate });
  });

  it('changes are told in either direction, with the event that decides', () => {
    const delayed = after(draft, fulfil, scanAt(2, 'DELAYED'));
    const [recorded, changed, flagged] = facts(delayed, scanAt(3, 'OUT_FOR_DELIVERY'));
    expect(changed?.name).toBe('phase-changed');
    const event_id = recorded?.data.event.event_id;
    expect(flagged?.data).toMatchObject({ from: 'delay', to: 'normal', event_id, as_of: null });
  });

  it('is never that of a system event, whatever the catalogue says of its name', () => {
    const shipment = after(draft, fulfil);
    const events = shipment.events.map((event) => ({ ...event, flagEffect: 'error' as const }));
    expect(healthOf({ ...shipment, events }, 'order_processed')).toEqual({
      flag: 'normal',
      eventId: null,
      asOf: null,
    });
    expect(
      hadDelay({ ...shipment, events: events.map((event) => ({ ...event, flagEffect: 'delay' })) }),
    ).toBe(false);
  });

  it('had_delay is told on its own when the flag does not move', () => {
    const [, updated, ...rest] = facts(after(draft, fulfil, scanAt(5, 'LOST')), scanAt(2, 'DELAYED'));
    expect(updated).toMatchObject({
      name: 'updated',
      data: { changed: ['phase_since', 'picked_up_at', 'had_delay'], changes: { had_delay: true } },
    });
    expect(rest).toEqual([]);
  });
});

describe('overdue', () => {
  const due = [draft, fulfil, estimate()];
  const overdue = [...due, check(late)];

  it('is found by a check and told with its moment', () => {
    expect(facts(after(...due), check(late))).toMatchObject([
      { name: 'flagged', data: { from: 'normal', to: 'delay', event_id: null, as_of: late } },
    ]);
    expect(shown(...overdue)).toMatchObject({ flag: 'delay', had_delay: false });
  });

  const more: readonly { about: string; next: readonly ShipmentCommand[]; flag: Flag }[] = [
    {
      about: 'stays with a scan that says nothing bad',
      next: [scanAt(3, 'OUT_FOR_DELIVERY')],
      flag: 'delay',
    },
    {
      about: 'ends with an estimate that is not before the moment',
      next: [estimate({ to: late, predicted_at: late })],
      flag: 'normal',
    },
    {
      about: 'stays with one that is',
      next: [estimate({ to: '2026-01-14T18:59:59.999Z', predicted_at: late })],
      flag: 'delay',
    },
    {
      about: 'stays with a later one that loses',
      next: [
        scan({ estimated_arrival: { to: '2026-02-01T00:00:00Z', predicted_at: '2026-01-01T00:00:00Z' } }),
      ],
      flag: 'delay',
    },
    {
      about: 'ends with an estimate that comes with a scan',
      next: [scanAt(4, 'IN_CUSTOMS', { estimated_arrival: { to: '2026-02-01T00:00:00Z' } })],
      flag: 'normal',
    },
    { about: 'ends in a sink', next: [scanAt(3, 'SUCCESSFULLY_DELIVERED')], flag: 'normal' },
    { about: 'ends at a pickup point', next: [scanAt(3, 'ARRIVED_AT_PARCEL_LOCKER')], flag: 'normal' },
    {
      about: 'comes back with a correction that leaves the sink',
      next: [scanAt(3, 'SUCCESSFULLY_DELIVERED'), scanAt(4, 'IN_CUSTOMS')],
      flag: 'delay',
    },
    { about: 'gives way to what is worse', next: [scanAt(3, 'LOST')], flag: 'error' },
  ];

  it.each(more)('$about', ({ next, flag }) => {
    expect(shown(...overdue, ...next).flag).toBe(flag);
  });

  it('that comes back is told with the moment of the check', () => {
    const lost = after(...overdue, scanAt(3, 'LOST'));
    expect(facts(lost, scanAt(4, 'OUT_FOR_DELIVERY')).at(-1)).toMatchObject({
      name: 'flagged',
      data: { from: 'error', to: 'delay', event_id: null, as_of: late },
    });
  });

  it.each([
    { about: 'without an estimate', past: [draft, fulfil], asOf: late },
    { about: 'at the very end of the estimate', past: due, asOf: arrival.to },
    { about: 'of a parcel that is overdue already', past: overdue, asOf: '2026-01-14T20:00:00Z' },
    { about: 'of a delayed parcel', past: [...due, scanAt(3, 'DELAYED')], asOf: late },
    { about: 'of a delivered parcel', past: [...due, scanAt(3, 'SUCCESSFULLY_DELIVERED')], asOf: late },
    { about: 'of a parcel that waits', past: [...due, scanAt(3, 'ARRIVED_AT_PARCEL_SHOP')], asOf: late },
  ])('a check $about changes nothing', ({ past, asOf }) => {
    const shipment = after(...past);
    expect(decide(shipment, check(asOf))).toMatchObject({ outcome: 'ignored', reason: 'nothing_changed' });
  });

  it('of a draft is told as well', () => {
    expect(shown(draft, estimate(), check(late), merchantEvent())).toMatchObject({
      status: 'draft',
      flag: 'delay',
    });
  });
});
