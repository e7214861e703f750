import type { ShipmentCommand } from './shipment.commands';
import {
  after,
  arrival,
  attachment,
  check,
  command,
  decide,
  details,
  draft,
  draftDetails,
  estimate,
  estimateByNumber,
  fulfil,
  fulfilWith,
  late,
  merchantEvent,
  outcome,
  placedAt,
  scan,
  shipmentId,
  shown,
  statuses,
  withdraw,
} from './shipment.samples.spec-data';

type Row = readonly [about: string, wanted: ShipmentCommand, outcomes: string];

const otherProducts = [{ sku: 'MUG-1' }];

// columns: not known, draft, fulfilled, withdrawn; a scan of an unknown number is kept by the router, before this
const table: readonly Row[] = [
  ['draft-shipment', draft, 'accepted duplicate duplicate duplicate'],
  ['fulfil-shipment', fulfil, 'accepted accepted duplicate shipment_withdrawn'],
  [
    'fulfil-shipment, other number',
    fulfilWith({ tracking_number: '4711' }),
    'accepted accepted duplicate shipment_withdrawn',
  ],
  [
    'update-shipment-details, new link',
    details({ tracking_url: 'https://carrier.example.com/1' }),
    'shipment_not_found nothing_changed accepted shipment_withdrawn',
  ],
  [
    'update-shipment-details, new products',
    draftDetails(otherProducts),
    'shipment_not_found accepted accepted shipment_withdrawn',
  ],
  [
    'update-shipment-details, as a draft is',
    draftDetails(null),
    'shipment_not_found nothing_changed accepted nothing_changed',
  ],
  [
    'update-shipment-details, as attached',
    details(),
    'shipment_not_found nothing_changed nothing_changed shipment_withdrawn',
  ],
  [
    'withdraw-shipment, expected lowered',
    withdraw(),
    'shipment_not_found accepted shipment_already_fulfilled duplicate',
  ],
  [
    'withdraw-shipment, order cancelled',
    withdraw('order_cancelled'),
    'shipment_not_found accepted shipment_already_fulfilled duplicate',
  ],
  [
    'check-estimated-arrival, no estimate',
    check(late),
    'shipment_not_found nothing_changed nothing_changed nothing_changed',
  ],
  [
    'record-scan',
    scan(),
    'tracking_number_not_found tracking_number_not_found accepted tracking_number_not_found',
  ],
  [
    'add-shipment-event, catalogue',
    merchantEvent({ event_name: 'DELAYED' }),
    'shipment_not_found shipment_not_fulfilled accepted shipment_withdrawn',
  ],
  [
    'add-shipment-event, of the order',
    merchantEvent(),
    'shipment_not_found accepted accepted shipment_withdrawn',
  ],
  [
    'add-shipment-event, own name',
    merchantEvent({ event_name: 'gift_wrapped' }),
    'shipment_not_found accepted accepted shipment_withdrawn',
  ],
  ['update-estimated-arrival, by id', estimate(), 'shipment_not_found accepted accepted shipment_withdrawn'],
  [
    'update-estimated-arrival, by number',
    estimateByNumber(),
    'tracking_number_not_found tracking_number_not_found accepted tracking_number_not_found',
  ],
];

// the same, each with an estimate and one event of the merchant
const before = [draft, estimate(), merchantEvent()];
const told = {
  'not known': null,
  draft: after(...before),
  fulfilled: after(...before, fulfil),
  withdrawn: after(...before, withdraw()),
};
const toldTable: readonly Row[] = [
  [
    'check-estimated-arrival, too late',
    check(late),
    'shipment_not_found accepted accepted shipment_withdrawn',
  ],
  [
    'check-estimated-arrival, in time',
    check(arrival.to),
    'shipment_not_found nothing_changed nothing_changed nothing_changed',
  ],
  ['add-shipment-event, recorded', merchantEvent(), 'shipment_not_found duplicate duplicate duplicate'],
  [
    'add-shipment-event, recorded with other content',
    merchantEvent({ event_name: 'DELAYED', event_time: '2027-01-01T00:00:00Z' }),
    'shipment_not_found duplicate duplicate duplicate',
  ],
  [
    'update-estimated-arrival, equal',
    estimate(),
    'shipment_not_found nothing_changed nothing_changed nothing_changed',
  ],
  [
    'update-estimated-arrival, older',
    estimate({ predicted_at: '2026-01-12T00:00:00Z' }),
    'shipment_not_found stale stale stale',
  ],
  [
    'update-estimated-arrival, newer',
    estimate({ predicted_at: '2026-01-13T03:00:00Z' }),
    'shipment_not_found accepted accepted shipment_withdrawn',
  ],
];

const walk = (
  shipments: Record<keyof typeof statuses, (typeof statuses)[keyof typeof statuses]>,
  wanted: ShipmentCommand,
) =>
  Object.values(shipments)
    .map((shipment) => outcome(shipment, wanted))
    .join(' ');

describe('status times command', () => {
  it.each(table)('%s', (_, wanted, outcomes) => {
    expect(walk(statuses, wanted)).toBe(outcomes);
  });

  it.each(toldTable)('%s', (_, wanted, outcomes) => {
    expect(walk(told, wanted)).toBe(outcomes);
  });

  it('has a row for every command', () => {
    expect(new Set(table.map(([, wanted]) => wanted.type))).toEqual(
      new Set([
        'DraftShipment',
        'FulfilShipment',
        'UpdateShipmentDetails',
        'WithdrawShipment',
        'CheckEstimatedArrival',
        'RecordScan',
        'AddShipmentEvent',
        'UpdateEstimatedArrival',
      ]),
    );
  });

  it('lets no command of another shop in', () => {
    const elsewhere = (name: string, data: object) => command(name, { shop_slug: 'other-shop', ...data });
    const { tracking_number, carrier_reference } = attachment;
    const commands = [
      elsewhere('add-shipment-event', {
        shipment_id: shipmentId,
        event_name: 'DELAYED',
        event_time: placedAt,
        external_id: '1',
      }),
      elsewhere('check-estimated-arrival', { shipment_id: shipmentId, as_of: late }),
      elsewhere('update-estimated-arrival', { shipment_id: shipmentId, ...arrival }),
      elsewhere('update-estimated-arrival', { tracking_number, carrier_reference, ...arrival }),
      elsewhere('record-scan', {
        tracking_number,
        carrier_reference,
        event_name: 'DELAYED',
        event_time: placedAt,
      }),
    ];
    expect(commands.map((one) => outcome(statuses.fulfilled, one))).toEqual([
      'shipment_not_found',
      'shipment_not_found',
      'shipment_not_found',
      'tracking_number_not_found',
      'tracking_number_not_found',
    ]);
  });
});

describe('what is over for good', () => {
  it.each([
    { about: 'drafted', shipment: statuses.draft, wanted: draft, final: true },
    { about: 'fulfilled', shipment: statuses.fulfilled, wanted: fulfil, final: true },
    { about: 'withdrawn', shipment: statuses.withdrawn, wanted: withdraw(), final: true },
    { about: 'a scan recorded', shipment: after(draft, fulfil, scan()), wanted: scan(), final: true },
    { about: 'an event recorded', shipment: told.draft, wanted: merchantEvent(), final: true },
    { about: 'an equal estimate', shipment: told.draft, wanted: estimate(), final: false },
    { about: 'equal details', shipment: statuses.fulfilled, wanted: details(), final: false },
    { about: 'a check in time', shipment: told.draft, wanted: check(arrival.to), final: false },
  ])('$about: $final', ({ shipment, wanted, final }) => {
    expect(decide(shipment, wanted)).toMatchObject({ outcome: 'ignored', final });
  });
});

describe('a shipment', () => {
  it('is a draft without number and carrier, then fulfilled with both', () => {
    expect(shown(draft)).toMatchObject({ status: 'draft', tracking_number: null, carrier_reference: null });
    expect(shown(draft, fulfil)).toMatchObject({
      shipment_id: shipmentId,
      status: 'fulfilled',
      tracking_number: attachment.tracking_number,
      carrier_reference: 'dhl',
    });
  });

  it('that was withdrawn keeps its last phase', () => {
    const cancelled = shown(draft, merchantEvent(), withdraw('order_cancelled'));
    expect(cancelled).toMatchObject({
      status: 'withdrawn',
      phase: 'order_processed',
      phase_since: '2026-01-11T08:00:00.000Z',
    });
    expect(cancelled.events.map(({ event_name }) => event_name)).toEqual([
      'ORDER_CREATED',
      'ORDER_IN_PROCESSING',
      'ORDER_CANCELLED',
    ]);
  });

  it('takes the products of its slot as a draft already', () => {
    expect(shown(draft, draftDetails(otherProducts)).products).toMatchObject([{ sku: 'MUG-1', quantity: 1 }]);
    expect(shown(draft, draftDetails(otherProducts), fulfil).products).toBeNull();
  });
});
