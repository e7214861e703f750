import { directions, eventCatalogue, phaseInfo, type Phase } from '@waybill/contracts';
import {
  after,
  announceReturn,
  apply,
  attachedAt,
  draft,
  facts,
  fulfil,
  merchantEvent,
  scan,
  scanAt,
  shown,
  timeAt,
} from './shipment.samples.spec-data';
import { shipmentSnapshot } from './shipment.snapshot';

const catalogue = Object.entries(eventCatalogue);
const rows = catalogue.flatMap(([name, row]) => directions.map((direction) => ({ name, direction, ...row })));
const starts = { merchant_customer: fulfil, customer_merchant: announceReturn };

describe('the event catalogue', () => {
  it.each(rows)(
    '$name on $direction: phase $phase, flag $flag',
    ({ name, direction, phase, group, flag }) => {
      const before = after(starts[direction]);
      const shipment = shipmentSnapshot(apply(before, scanAt(2, name)) ?? before);
      const decides = phase !== 'order_created';
      const start = shipmentSnapshot(before);
      expect(shipment).toMatchObject({
        phase: decides ? phase : start.phase,
        phase_since: decides ? timeAt(2) : start.phase_since,
        state: decides ? phaseInfo[phase].state : start.state,
        delivered_at: phase === 'delivered' ? timeAt(2) : null,
        flag: flag ?? 'normal',
        had_delay: flag === 'delay',
        picked_up_at: phaseInfo[phase].rank > phaseInfo.return_created.rank ? timeAt(2) : null,
      });
      expect(shipment.events.at(-1)).toMatchObject({
        event_name: name,
        phase,
        event_group: group[direction],
      });
    },
  );

  it.each([
    { about: 'of a carrier', wanted: scanAt(2, 'Weighed'), group: null },
    {
      about: 'of the merchant',
      wanted: merchantEvent({ event_name: 'Weighed', event_time: timeAt(2) }),
      group: 'shipment_internal_trigger',
    },
    { about: 'that is an action of claims', wanted: scanAt(2, 'CLAIM_CREATED'), group: null },
    { about: 'that differs in case', wanted: scanAt(2, 'Successfully_Delivered'), group: null },
  ])('does not know a name $about', ({ wanted, group }) => {
    const before = after(draft, fulfil);
    const shipment = shipmentSnapshot(apply(before, wanted) ?? before);
    expect(shipment).toMatchObject({ phase: 'order_processed', flag: 'normal', picked_up_at: null });
    expect(shipment.events.at(-1)).toMatchObject({ phase: null, event_group: group });
    const back = apply(after(announceReturn), wanted);
    expect(back?.events.at(-1)?.eventGroup).toBeNull();
  });
});

/** Parcels by the scans that came, as hour and name, in the order in which they came. */
const lives: readonly { about: string; scans: readonly [number, string][]; phase: Phase; since: number }[] = [
  {
    about: 'a later one decides',
    scans: [
      [2, 'CARRIER_PICKED_UP'],
      [5, 'OUT_FOR_DELIVERY'],
    ],
    phase: 'in_delivery',
    since: 5,
  },
  {
    about: 'an earlier one does not, though it comes later',
    scans: [
      [5, 'OUT_FOR_DELIVERY'],
      [2, 'CARRIER_PICKED_UP'],
    ],
    phase: 'in_delivery',
    since: 5,
  },
  {
    about: 'the phase began with the first of its unbroken run',
    scans: [
      [2, 'CARRIER_PICKED_UP'],
      [3, 'OUT_FOR_DELIVERY'],
      [4, 'IN_CUSTOMS'],
      [5, 'CUSTOMS_CLEARED'],
    ],
    phase: 'in_transit',
    since: 4,
  },
  {
    about: 'a name without a phase does not break the run',
    scans: [
      [2, 'CARRIER_PICKED_UP'],
      [3, 'weighed'],
      [4, 'IN_CUSTOMS'],
    ],
    phase: 'in_transit',
    since: 2,
  },
  {
    about: 'a late scan joins the run',
    scans: [
      [4, 'IN_CUSTOMS'],
      [2, 'CARRIER_PICKED_UP'],
    ],
    phase: 'in_transit',
    since: 2,
  },
  {
    about: 'a late scan breaks the run',
    scans: [
      [2, 'IN_CUSTOMS'],
      [6, 'CUSTOMS_CLEARED'],
      [4, 'OUT_FOR_DELIVERY'],
    ],
    phase: 'in_transit',
    since: 6,
  },
  {
    about: 'of two at one time the rank decides',
    scans: [
      [5, 'SUCCESSFULLY_DELIVERED'],
      [5, 'OUT_FOR_DELIVERY'],
    ],
    phase: 'delivered',
    since: 5,
  },
  {
    about: 'a sink is not left for an earlier time',
    scans: [
      [5, 'SUCCESSFULLY_DELIVERED'],
      [4, 'DELIVERY_FAILED'],
    ],
    phase: 'delivered',
    since: 5,
  },
  {
    about: 'a later correction leaves it',
    scans: [
      [5, 'SUCCESSFULLY_DELIVERED'],
      [6, 'DELIVERY_FAILED'],
    ],
    phase: 'delivery_failed',
    since: 6,
  },
  {
    about: 'an order step of the carrier is no scan of a fulfilled parcel',
    scans: [
      [2, 'CARRIER_PICKED_UP'],
      [6, 'ORDER_CREATED'],
    ],
    phase: 'in_transit',
    since: 2,
  },
];

describe('phase', () => {
  it.each(lives)('$about', ({ scans, phase, since }) => {
    const commands = scans.map(([hour, name]) => scanAt(hour, name));
    expect(shown(draft, fulfil, ...commands)).toMatchObject({ phase, phase_since: timeAt(since) });
  });

  it('is not held back by a parcel that was said to be placed later than its first scan (24)', () => {
    const early = scan({ event_name: 'CARRIER_PICKED_UP', event_time: '2026-01-11T00:00:00Z' });
    expect(shown(fulfil, early)).toMatchObject({
      phase: 'in_transit',
      phase_since: '2026-01-11T00:00:00.000Z',
    });
  });

  it('of a draft follows the steps that its merchant tells, which an attachment forgets when they say less', () => {
    const cancelled = merchantEvent({ event_name: 'ORDER_CANCELLED' });
    const drafted = after(
      draft,
      merchantEvent({ external_id: 'W-0', event_time: '2026-01-11T07:00:00Z' }),
      cancelled,
    );
    expect(shipmentSnapshot(drafted)).toMatchObject({
      phase: 'order_created',
      phase_since: '2026-01-11T08:00:00.000Z',
    });
    expect(facts(drafted, fulfil)).toMatchObject([
      { name: 'fulfilled' },
      { name: 'event-recorded' },
      {
        name: 'phase-changed',
        data: { from: 'order_created', to: 'order_processed', since: '2026-01-11T07:00:00.000Z' },
      },
    ]);
  });

  it('names the event that decides', () => {
    const [recorded, changed] = facts(after(draft, fulfil), scanAt(2, 'DELIVERED_TO_NEIGHBOUR'));
    expect(changed?.data).toMatchObject({
      from: 'order_processed',
      to: 'delivered',
      since: timeAt(2),
      event_id: recorded?.data.event.event_id,
    });
  });

  it('begins anew for a return', () => {
    expect(shown(announceReturn)).toMatchObject({
      direction: 'customer_merchant',
      phase: 'return_created',
      phase_since: '2026-01-12T08:30:00.000Z',
      state: 'returned',
      created_at: attachedAt,
      events: [{ event_name: 'RETURN_REGISTERED', origin: 'system', event_group: 'return_shipment_created' }],
    });
  });
});

describe('picked up', () => {
  it.each([
    {
      about: 'first time with the carrier',
      names: ['LABEL_CREATED', 'CARRIER_PICKED_UP', 'IN_CUSTOMS'],
      hour: 1,
    },
    { about: 'not by a label', names: ['LABEL_CREATED', 'weighed', 'ORDER_CREATED'], hour: null },
    { about: 'also with the last scan alone', names: ['SUCCESSFULLY_DELIVERED'], hour: 0 },
  ])('$about', ({ names, hour }) => {
    const scans = names.map((name, i) => scanAt(i, name));
    const expected = hour === null ? null : timeAt(hour);
    expect(shown(draft, fulfil, ...scans).picked_up_at).toBe(expected);
    expect(shown(draft, fulfil, ...scans.toReversed()).picked_up_at).toBe(expected);
  });
});
