import type { ShipmentCommand } from './shipment.commands';
import {
  after,
  arrival,
  check,
  details,
  draft,
  estimate,
  estimateByNumber,
  facts,
  fulfil,
  fulfilUnknown,
  announceReturn,
  late,
  merchantEvent,
  scan,
  scanAt,
  statuses,
  withdraw,
} from './shipment.samples.spec-data';

// the first table of 3.4: what each command is accepted with
const unknown = after(draft, fulfilUnknown);
const acceptedWith: readonly (readonly [
  about: string,
  before: ReturnType<typeof after> | null,
  wanted: ShipmentCommand,
  names: string,
])[] = [
  ['draft-shipment', null, draft, 'drafted event-recorded'],
  ['fulfil-shipment of a draft', statuses.draft, fulfil, 'fulfilled event-recorded phase-changed'],
  ['fulfil-shipment, appended', null, fulfil, 'fulfilled event-recorded'],
  ['fulfil-shipment of a return', null, announceReturn, 'fulfilled event-recorded'],
  [
    'fulfil-shipment of a draft further on',
    after(draft, merchantEvent()),
    fulfil,
    'fulfilled event-recorded',
  ],
  [
    'fulfil-shipment of a draft whose phase began later',
    after(
      draft,
      ...['08', '09', '10'].map((hour, i) =>
        merchantEvent({
          event_name: i === 1 ? 'ORDER_CREATED' : 'ORDER_IN_PROCESSING',
          event_time: `2026-01-11T${hour}:00:00Z`,
          external_id: hour,
        }),
      ),
    ),
    fulfil,
    'fulfilled event-recorded updated',
  ],
  ['update-shipment-details', statuses.fulfilled, details({ external_shipment_id: null }), 'updated'],
  ['withdraw-shipment, expected lowered', statuses.draft, withdraw(), 'withdrawn'],
  [
    'withdraw-shipment, order cancelled',
    statuses.draft,
    withdraw('order_cancelled'),
    'event-recorded withdrawn',
  ],
  ['check-estimated-arrival', after(draft, fulfil, estimate()), check(late), 'flagged'],
  ['record-scan, another phase', statuses.fulfilled, scan(), 'event-recorded phase-changed'],
  [
    'record-scan, the same phase',
    after(draft, fulfil, scanAt(2, 'IN_CUSTOMS')),
    scanAt(3, 'CUSTOMS_CLEARED'),
    'event-recorded',
  ],
  [
    'record-scan, an earlier one',
    after(draft, fulfil, scanAt(2, 'IN_CUSTOMS')),
    scanAt(1, 'IN_CUSTOMS'),
    'event-recorded updated',
  ],
  ['record-scan, a name outside the catalogue', statuses.fulfilled, scanAt(1, 'weighed'), 'event-recorded'],
  [
    'record-scan, everything at once',
    unknown,
    scanAt(4, 'DELAYED', { estimated_arrival: { to: arrival.to } }),
    'event-recorded updated phase-changed flagged',
  ],
  ['record-scan, the carrier is learned', unknown, scanAt(4, 'weighed'), 'event-recorded updated'],
  [
    'add-shipment-event',
    statuses.fulfilled,
    merchantEvent({ event_name: 'LOST' }),
    'event-recorded phase-changed flagged',
  ],
  ['update-estimated-arrival', statuses.draft, estimate(), 'updated'],
  [
    'update-estimated-arrival that ends the overdue',
    after(draft, fulfil, estimate(), check(late)),
    estimate({ to: late, predicted_at: late }),
    'updated flagged',
  ],
  ['update-estimated-arrival that teaches the carrier', unknown, estimateByNumber(), 'updated'],
];

describe('accepted with', () => {
  it.each(acceptedWith)('%s', (_, shipment, wanted, names) => {
    expect(
      facts(shipment, wanted)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(names);
  });
});
