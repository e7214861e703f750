import { contractOf, validatorOf } from '@waybill/contracts';
import { orderId, placedAt, shipmentId } from '../shipment/shipment.samples.spec-data';
import { orderReactions } from './order-reactions';

const order = {
  shop_slug: 'demo-shop',
  order_id: orderId,
  order_number: '10001',
  order: { status: 'placed' },
};
const second = 'd36f71f1-bd23-5f28-8ecc-1c6346607362';
const parcels = [
  { shipment_id: shipmentId, ordinal: 1 },
  { shipment_id: second, ordinal: 2 },
];
const named = { shop_slug: 'demo-shop', order_id: orderId, order_number: '10001' };
const time = '2026-01-12T09:00:00.000Z';

/** What all reactions of the service make of a fact of order 10001. */
const react = (name: string, data: object) =>
  orderReactions
    .filter(({ on }) => on === `orders.${name}.v1`)
    .flatMap((reaction) =>
      reaction.react({
        type: reaction.on,
        aggregateId: orderId,
        sequence: 3,
        id: `${orderId}/3`,
        source: 'orders',
        time,
        data: { ...order, ...data },
        topic: 'orders.events',
        partition: 0,
        offset: 0,
      }),
    );

const attachment = {
  tracking_number: '00340000000000010011',
  carrier_reference: 'dhl',
  tracking_url: null,
  tracking_placed_at: '2026-01-12T08:30:00.000Z',
  external_shipment_id: 'F-1',
  products: [{ sku: 'TEE-L', quantity: 2 }],
};
const slot = { ...attachment, shipment_id: shipmentId, ordinal: 1, status: 'fulfilled', phase: 'in_transit' };

const rows = [
  {
    about: 'placed: each draft is drafted',
    fact: react('order-placed', { placed_at: placedAt, shipments: parcels }),
    commands: parcels.map((parcel) => ['draft-shipment', { ...parcel, placed_at: placedAt }] as const),
  },
  {
    about: 'more expected: each added one is drafted at the time of the fact',
    fact: react('order-shipments-expected-changed', { from: 1, to: 3, added: parcels, removed: [] }),
    commands: parcels.map((parcel) => ['draft-shipment', { ...parcel, placed_at: time }] as const),
  },
  {
    about: 'fewer expected: each removed one is withdrawn at the time of the fact',
    fact: react('order-shipments-expected-changed', { from: 3, to: 1, added: [], removed: parcels }),
    commands: parcels.map(
      ({ shipment_id }) =>
        ['withdraw-shipment', { shipment_id, cause: 'expected_lowered', at: time }] as const,
    ),
  },
  {
    about: 'cancelled: each removed one is withdrawn at the time of the cancellation',
    fact: react('order-cancelled', { cancelled_at: placedAt, reason: null, shipments: parcels }),
    commands: parcels.map(
      ({ shipment_id }) =>
        ['withdraw-shipment', { shipment_id, cause: 'order_cancelled', at: placedAt }] as const,
    ),
  },
  {
    about: 'dispatched: the parcel is fulfilled',
    fact: react('order-shipment-dispatched', {
      ...attachment,
      shipment_id: shipmentId,
      ordinal: 1,
      direction: 'merchant_customer',
      appended: true,
    }),
    commands: [
      [
        'fulfil-shipment',
        {
          ...attachment,
          shipment_id: shipmentId,
          ordinal: 1,
          direction: 'merchant_customer',
          appended: true,
        },
      ] as const,
    ],
  },
  {
    about: 'changed by a caller: each changed slot is handed over',
    fact: react('order-updated', {
      origin: 'caller',
      changed: ['weight', 'shipments'],
      changes: { weight: 1, shipments: [slot, { ...slot, shipment_id: second }] },
    }),
    commands: [shipmentId, second].map(
      (shipment_id) =>
        [
          'update-shipment-details',
          {
            shipment_id,
            carrier_reference: 'dhl',
            tracking_url: null,
            external_shipment_id: 'F-1',
            products: attachment.products,
          },
        ] as const,
    ),
  },
  {
    about: 'changed by a caller, but no slot',
    fact: react('order-updated', { origin: 'caller', changed: ['weight'], changes: { weight: 1 } }),
    commands: [],
  },
  {
    about: 'changed by a shipment: it knows',
    fact: react('order-updated', {
      origin: 'shipment',
      changed: ['shipments'],
      changes: { shipments: [slot] },
    }),
    commands: [],
  },
];

describe('when an order is', () => {
  it.each(rows)('$about', ({ fact, commands }) => {
    expect(fact).toEqual(
      commands.map(([name, data]) => ({
        type: `shipments.${name}.v1`,
        target: { aggregateId: data.shipment_id, key: orderId },
        data: { ...named, ...data },
      })),
    );
    for (const { type, data } of fact) {
      const contract = contractOf(type);
      expect(contract && validatorOf(contract)(data)).toEqual([]);
    }
  });

  it.each(['order-attributed', 'order-fulfilled', 'order-partially-fulfilled'])('%s: nothing', (name) => {
    expect(react(name, {})).toEqual([]);
  });
});
