import type { OrderCommand } from './order.commands';
import {
  address,
  attach,
  cancel,
  command,
  decide,
  first,
  firstShipment,
  orderInput,
  progress,
  statuses,
  upsert,
} from './order.samples.spec-data';

type Status = keyof typeof statuses;

/** What a decision comes to in one text. */
function outcome(status: Status, wanted: OrderCommand): string {
  const decision = decide(statuses[status], wanted);
  if (decision.outcome === 'accepted') return 'accepted';
  return decision.outcome === 'ignored' ? decision.reason : decision.key;
}

const names = Object.keys(statuses) as Status[];

const content = { shipment_id: firstShipment, products: [] };
const unknownSlot = { shipment_id: '00000000-0000-4000-8000-000000000000' };
const third = { tracking_number: '05350000010031', carrier_reference: 'dpd' };
const map = { order_analytics: { campaign: 'Winter drop' } };

// columns: not known, placed, partially_fulfilled, fulfilled, cancelled
const table: readonly (readonly [about: string, wanted: OrderCommand, outcomes: string])[] = [
  [
    'upsert-order, other order',
    upsert({ ...orderInput, order_name: 'Gift' }),
    'accepted accepted accepted accepted order_cancelled',
  ],
  [
    'upsert-order, same order',
    upsert(orderInput),
    'accepted nothing_changed nothing_changed nothing_changed nothing_changed',
  ],
  [
    'upsert-order, empty order',
    upsert({}),
    'order_incomplete nothing_changed nothing_changed nothing_changed nothing_changed',
  ],
  [
    'upsert-order, first number',
    attach(first),
    'order_not_found accepted nothing_changed nothing_changed order_cancelled',
  ],
  ['upsert-order, new number', attach(third), 'order_not_found accepted accepted accepted order_cancelled'],
  [
    'upsert-order, nothing',
    command('upsert-order'),
    'order_not_found nothing_changed nothing_changed nothing_changed nothing_changed',
  ],
  [
    'place-order',
    command('place-order', { order: orderInput }),
    'accepted order_exists order_exists order_exists order_exists',
  ],
  [
    'update-order, other address',
    command('update-order', { address: { name: 'Kim Muster' } }),
    'order_not_found accepted accepted accepted order_cancelled',
  ],
  [
    'update-order, other number',
    command('update-order', { expected_number_of_shipments: 3 }),
    'order_not_found accepted accepted accepted order_cancelled',
  ],
  [
    'update-order, same values',
    command('update-order', { address, expected_number_of_shipments: 2 }),
    'order_not_found nothing_changed nothing_changed nothing_changed nothing_changed',
  ],
  [
    'update-shipment, other products',
    command('update-shipment', content),
    'order_not_found accepted accepted accepted order_cancelled',
  ],
  [
    'update-shipment, same products',
    command('update-shipment', { ...content, products: null }),
    'order_not_found nothing_changed nothing_changed nothing_changed order_cancelled',
  ],
  [
    'update-shipment, unknown slot',
    command('update-shipment', { ...content, ...unknownSlot }),
    'order_not_found shipment_not_found shipment_not_found shipment_not_found order_cancelled',
  ],
  [
    'upsert-order-analytics, a map',
    command('upsert-order-analytics', map),
    'order_not_found accepted accepted accepted order_cancelled',
  ],
  [
    'upsert-order-analytics, same map',
    command('upsert-order-analytics', { order_analytics: null }),
    'order_not_found nothing_changed nothing_changed nothing_changed nothing_changed',
  ],
  [
    'cancel-order',
    cancel,
    'order_not_found accepted order_already_dispatched order_already_dispatched already_cancelled',
  ],
  ['record-shipment-progress', progress(), 'order_not_found accepted accepted accepted stale'],
  [
    'record-shipment-progress, unknown slot',
    progress(unknownSlot),
    'order_not_found stale stale stale stale',
  ],
];

describe('status times command', () => {
  it.each(table)('%s', (_, wanted, outcomes) => {
    expect(names.map((status) => outcome(status, wanted)).join(' ')).toBe(outcomes);
  });

  it('has a row for every command', () => {
    expect(new Set(table.map(([about]) => about.split(',')[0]))).toEqual(
      new Set([
        'upsert-order',
        'place-order',
        'update-order',
        'update-shipment',
        'upsert-order-analytics',
        'cancel-order',
        'record-shipment-progress',
      ]),
    );
  });
});

describe('what is over for good', () => {
  it.each([
    { reason: 'already_cancelled', status: 'cancelled', wanted: cancel, final: true },
    { reason: 'nothing_changed', status: 'placed', wanted: upsert(orderInput), final: false },
    { reason: 'stale', status: 'cancelled', wanted: progress(), final: false },
  ] as const)('$reason: $final', ({ reason, status, wanted, final }) => {
    expect(decide(statuses[status], wanted)).toEqual({ outcome: 'ignored', reason, final });
  });
});
