import * as fc from 'fast-check';
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
  shirt,
  statuses,
  upsert,
} from './order.samples.spec-data';
import type { OrderCommand } from './order.commands';

type Status = keyof typeof statuses;

/** What a decision comes to, in one text: `accepted`, a reason, or the key of a refusal. */
function outcome(status: Status, wanted: OrderCommand): string {
  const decision = decide(statuses[status], wanted);
  switch (decision.outcome) {
    case 'accepted':
      return 'accepted';
    case 'ignored':
      return `ignored ${decision.reason}`;
    case 'refused':
      return `refused ${decision.key}`;
  }
}

const accepted = 'accepted';
const nothing = 'ignored nothing_changed';
const notFound = 'refused order_not_found';
const isCancelled = 'refused order_cancelled';
const exists = 'refused order_exists';
const dispatched = 'refused order_already_dispatched';

const newContent = { shipment_id: firstShipment, products: [] };
const [third] = [{ tracking_number: '05350000010031', carrier_reference: 'dpd' }];

const table: readonly (readonly [string, OrderCommand, Readonly<Record<Status, string>>])[] = [
  ['upsert-order with a changed order', upsert({ ...orderInput, order_name: 'Gift' }), row(accepted, accepted, accepted, accepted, isCancelled)],
  ['upsert-order with the same order', upsert(orderInput), row(accepted, nothing, nothing, nothing, nothing)],
  ['upsert-order with nothing of the order', upsert({}), row('refused order_incomplete', nothing, nothing, nothing, nothing)],
  ['upsert-order with a known number', attach(first), row(notFound, accepted, nothing, nothing, isCancelled)],
  ['upsert-order with a new number', attach(third), row(notFound, accepted, accepted, accepted, isCancelled)],
  ['upsert-order without anything', command('upsert-order'), row(notFound, nothing, nothing, nothing, nothing)],
  ['place-order', command('place-order', { order: orderInput }), row(accepted, exists, exists, exists, exists)],
  ['update-order with another address', command('update-order', { address: { name: 'Kim Muster' } }), row(notFound, accepted, accepted, accepted, isCancelled)],
  ['update-order with another number', command('update-order', { expected_number_of_shipments: 3 }), row(notFound, accepted, accepted, accepted, isCancelled)],
  ['update-order with the same values', command('update-order', { address, expected_number_of_shipments: 2 }), row(notFound, nothing, nothing, nothing, nothing)],
  ['update-shipment with other products', command('update-shipment', newContent), row(notFound, accepted, accepted, accepted, isCancelled)],
  ['update-shipment with the same products', command('update-shipment', { shipment_id: firstShipment, products: null }), row(notFound, nothing, nothing, nothing, isCancelled)],
  ['upsert-order-analytics with a map', command('upsert-order-analytics', { order_analytics: { campaign: 'Winter drop' } }), row(notFound, accepted, accepted, accepted, isCancelled)],
  ['upsert-order-analytics with the same map', command('upsert-order-analytics', { order_analytics: {} }), row(notFound, nothing, nothing, nothing, nothing)],
  ['cancel-order', cancel, row(notFound, accepted, dispatched, dispatched, 'ignored already_cancelled')],
  ['record-shipment-progress', progress(), row(notFound, accepted, accepted, accepted, 'ignored stale')],
  ['record-shipment-progress of an unknown slot', progress({ shipment_id: '00000000-0000-4000-8000-000000000000' }), row(notFound, ...four('ignored stale'))],
];
