import type { Refused } from '@waybill/decider';
import type { OrderCommand } from './order.commands';
import {
  after,
  attach,
  back,
  cancel,
  command,
  decide,
  first,
  firstShipment,
  orderInput,
  place,
  second,
  statuses,
  upsert,
} from './order.samples.spec-data';
import type { Order } from './order.state';

const { placed, fulfilled, cancelled } = statuses;
const nobody = statuses['not known'];

const dhl = 'tracking/demo-shop/dhl/00340000000000010011';
const mug = { sku: 'MUG-1', quantity: 1 };
const by = (idType: string, id: string, order?: object) =>
  command('upsert-order', { id, id_type: idType, ...(order ? { order } : {}) });

interface Row {
  readonly key: string;
  readonly about: string;
  readonly order: Order | null;
  readonly wanted: OrderCommand;
  readonly taken?: readonly string[];
  readonly fields?: readonly string[];
}

const rows: readonly Row[] = [
  { key: 'order_not_found', about: 'no order', order: nobody, wanted: attach(first) },
  {
    key: 'order_exists',
    about: 'placed again',
    order: placed,
    wanted: command('place-order', { order: {} }),
  },
  {
    key: 'order_incomplete',
    about: 'no address',
    order: nobody,
    wanted: upsert({}),
    fields: ['order.address'],
  },
  {
    key: 'order_incomplete',
    about: 'no number, no address',
    order: nobody,
    wanted: by('external_id', '4711', {}),
    fields: ['order.order_number', 'order.address'],
  },
  {
    key: 'order_incomplete',
    about: 'incomplete before mismatch',
    order: nobody,
    wanted: upsert({ order_number: '10002' }),
    fields: ['order.address'],
  },
  {
    key: 'order_reference_mismatch',
    about: 'other number',
    order: nobody,
    wanted: upsert({ ...orderInput, order_number: '10002' }),
    fields: ['order.order_number'],
  },
  {
    key: 'order_reference_mismatch',
    about: 'other number of a known order',
    order: placed,
    wanted: upsert({ order_number: '10002' }),
  },
  {
    key: 'order_reference_mismatch',
    about: 'mismatch before cancelled',
    order: cancelled,
    wanted: upsert({ order_number: '10002' }),
  },
  { key: 'order_cancelled', about: 'late tracking', order: cancelled, wanted: attach(first) },
  { key: 'order_already_dispatched', about: 'on its way', order: fulfilled, wanted: cancel },
  {
    key: 'external_id_exists',
    about: 'given to another',
    order: placed,
    wanted: upsert({ external_id: '4711' }),
    taken: ['external_id/demo-shop/4711'],
  },
  {
    key: 'external_id_exists',
    about: 'at creation',
    order: nobody,
    wanted: upsert({ ...orderInput, external_id: '4711' }),
    taken: ['external_id/demo-shop/4711'],
  },
  {
    key: 'external_id_exists',
    about: 'before shipment_exists',
    order: placed,
    wanted: command('upsert-order', { order: { external_id: '4711' }, trackings: [first] }),
    taken: ['external_id/demo-shop/4711', dhl],
  },
  {
    key: 'shipment_exists',
    about: 'number of another',
    order: placed,
    wanted: attach(second, first),
    taken: [dhl],
    fields: ['trackings.1.tracking_number'],
  },
  {
    key: 'shipment_exists',
    about: 'carrier learned of a number of another',
    order: after(place, attach({ tracking_number: '4711' })),
    wanted: attach({ tracking_number: '4711', carrier_reference: 'dpd' }),
    taken: ['tracking/demo-shop/dpd/4711'],
    fields: ['trackings.0.tracking_number'],
  },
  {
    key: 'order_not_dispatched',
    about: 'return before dispatch',
    order: placed,
    wanted: attach(back),
    fields: ['trackings.0'],
  },
  {
    key: 'order_not_dispatched',
    about: 'before products_not_in_order and what the database decides',
    order: placed,
    wanted: attach({ ...back, products: [mug] }),
    taken: ['tracking/demo-shop/dhl/00340000000000010099'],
  },
  {
    key: 'products_not_in_order',
    about: 'another product',
    order: placed,
    wanted: attach({ ...first, products: [{ sku: 'TEE-L' }, mug] }),
    fields: ['trackings.0.products.1'],
  },
  {
    key: 'products_not_in_order',
    about: 'before shipment_exists',
    order: placed,
    wanted: attach({ ...first, products: [mug] }),
    taken: [dhl],
  },
  {
    key: 'products_not_in_order',
    about: 'set in a draft',
    order: placed,
    wanted: command('update-shipment', { shipment_id: firstShipment, products: [mug] }),
    fields: ['products.0'],
  },
  {
    key: 'shipment_not_found',
    about: 'no slot of this order',
    order: placed,
    wanted: command('update-shipment', {
      shipment_id: '00000000-0000-4000-8000-000000000000',
      products: [mug],
    }),
  },
  {
    key: 'shipment_not_fulfilled',
    about: 'link of a draft, before its products',
    order: placed,
    wanted: command('update-shipment', {
      shipment_id: firstShipment,
      tracking_url: 'https://carrier.example.com/1',
      products: [mug],
    }),
  },
];

describe('refusals', () => {
  it.each(rows)('$key: $about', ({ key, order, wanted, taken = [], fields }) => {
    const decision = decide(order, wanted, taken) as Refused;
    expect(decision).toMatchObject({ outcome: 'refused', key });
    expect(decision.message).not.toBe('');
    expect(decision.readsOthers).toBe(key.endsWith('_exists') && key !== 'order_exists');
    const found = decision.errors.map(({ field }) => field);
    expect(found).toEqual(fields ?? found);
    for (const error of decision.errors)
      expect(error).toMatchObject({
        loc: ['data', ...error.loc.slice(1)],
        field: error.loc.slice(1).join('.'),
        type: key,
      });
  });

  it('shipment_limit_reached: 100 forward and 100 return parcels', () => {
    const numbers = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, i) => ({ tracking_number: `${prefix}${i}` }));
    const returns = (count: number, prefix: string) =>
      numbers(count, prefix).map((tracking) => ({ ...tracking, direction: 'customer_merchant' }));
    const full = after(place, attach(...numbers(100, 'F')));
    expect(decide(full, attach({ tracking_number: 'F99' })).outcome).toBe('ignored');
    expect(decide(full, attach(...numbers(2, 'G')))).toMatchObject({
      key: 'shipment_limit_reached',
      errors: [{ field: 'trackings.0' }, { field: 'trackings.1' }],
    });
    const overfull = after(place, attach(...numbers(100, 'F')), attach(...returns(100, 'R')));
    expect(decide(overfull, attach(...returns(1, 'S')))).toMatchObject({ key: 'shipment_limit_reached' });
    expect(decide(placed, attach(...numbers(99, 'F'), ...numbers(2, 'G').slice(0, 1))).outcome).toBe(
      'accepted',
    );
  });
});
