import { orderId, shipmentId } from '@waybill/contracts';
import { withDoubles } from '../play/planned-message';
import { deliberateMessages, heroOf } from './deliberate-messages';
import type { OlistOrder } from './olist-order';
import { decimalSum, draftEstimate, messagesOfRow, namesCarrier } from './row-messages';

const delivered: OlistOrder = {
  orderId: 'R-1',
  status: 'delivered',
  purchasedAt: '2025-09-01T07:07:50Z',
  approvedAt: '2025-09-01T16:56:50Z',
  handedOverAt: '2025-09-02T15:07:22Z',
  deliveredAt: '2025-09-10T00:23:50Z',
  estimatedAt: '2025-09-18T00:00:00Z',
  customer: { id: 'P-1', zipPrefix: '1310', city: 'São Paulo', state: 'SP' },
  items: [
    { productId: 'mug', price: '12.50', freight: '7.80' },
    { productId: 'tea', price: '7.9', freight: '0.10' },
    { productId: 'mug', price: '12.50', freight: '0.20' },
  ],
};
const number = { carrier_reference: 'ups', tracking_number: 'OLR-1' };
const sent = (order: OlistOrder) =>
  messagesOfRow(order, 'demo-shop').map(
    ({ value }) => JSON.parse(value ?? 'null') as Record<string, unknown>,
  );

describe('messages of a row', () => {
  it('place the order and attach its tracking number', () => {
    expect(sent(delivered)).toEqual([
      {
        specversion: '1.0',
        id: 'R-1/placed',
        type: 'orders.upsert-order.v1',
        source: 'waybill-replay',
        subject: 'demo-shop/R-1',
        time: '2025-09-01T07:07:50Z',
        data: {
          shop_slug: 'demo-shop',
          id: 'R-1',
          order: {
            order_placed_at: '2025-09-01T07:07:50Z',
            currency: 'BRL',
            external_customer_id: 'P-1',
            shipping_price: 8.1,
            address: { zip_code: '01310', city: 'São Paulo', province_code: 'SP', country_code: 'BR' },
            products: [
              { product_id: 'mug', quantity: 2, price: 12.5 },
              { product_id: 'tea', quantity: 1, price: 7.9 },
            ],
          },
        },
      },
      expect.objectContaining({
        id: 'R-1/estimated',
        type: 'shipments.update-estimated-arrival.v1',
        time: '2025-09-01T07:07:50Z',
        data: {
          shop_slug: 'demo-shop',
          ...number,
          to: '2025-09-18T00:00:00Z',
          predicted_at: '2025-09-01T07:07:50Z',
        },
      }),
      expect.objectContaining({
        id: 'R-1/handed-over',
        time: '2025-09-02T15:07:22Z',
        data: {
          shop_slug: 'demo-shop',
          id: 'R-1',
          trackings: [{ ...number, tracking_placed_at: '2025-09-02T15:07:22Z' }],
        },
      }),
      expect.objectContaining({
        id: 'R-1/carrier-picked-up',
        type: 'shipments.record-scan.v1',
        time: '2025-09-02T15:07:22Z',
        data: {
          shop_slug: 'demo-shop',
          ...number,
          event_name: 'CARRIER_PICKED_UP',
          event_time: '2025-09-02T15:07:22Z',
          external_id: 'P-R-1',
        },
      }),
      expect.objectContaining({
        id: 'R-1/successfully-delivered',
        time: '2025-09-10T00:23:50Z',
        data: {
          shop_slug: 'demo-shop',
          ...number,
          event_name: 'SUCCESSFULLY_DELIVERED',
          event_time: '2025-09-10T00:23:50Z',
        },
      }),
    ]);
  });

  it('name the carrier with the number, but for every third order: then its first scan tells it', () => {
    const named = ['R-1', 'R-2', 'R-3'].map((id) => namesCarrier({ ...delivered, orderId: id }));
    expect(named.filter(Boolean)).toHaveLength(2);
  });

  it('carry the key that the command topic is partitioned by, for scans the one of the carrier', () => {
    expect(messagesOfRow(delivered, 'demo-shop').map(({ service, key }) => [service, key])).toEqual([
      ['orders', 'demo-shop/R-1'],
      ['shipments', 'ups/OLR-1'],
      ['orders', 'demo-shop/R-1'],
      ['shipments', 'ups/OLR-1'],
      ['shipments', 'ups/OLR-1'],
    ]);
  });

  it('send scans when the number has reached its parcel, and an estimate before', () => {
    const messages = messagesOfRow(delivered, 'demo-shop');
    const id = shipmentId(orderId('demo-shop', 'R-1'), 1);
    expect(messages.map(({ needsNumberOf, givesNumberTo }) => [needsNumberOf, givesNumberTo])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, id],
      [id, undefined],
      [id, undefined],
    ]);
  });

  it('of an order that was not handed over tell nothing of a number; its draft gets the estimate', () => {
    const waiting = { ...delivered, handedOverAt: null, deliveredAt: null };
    expect(messagesOfRow(waiting, 'demo-shop').map(({ name }) => name)).toEqual(['upsert-order']);
    const [estimate] = draftEstimate(waiting, 'demo-shop');
    expect(JSON.parse(estimate?.value ?? '').data).toMatchObject({
      shipment_id: shipmentId(orderId('demo-shop', 'R-1'), 1),
      to: '2025-09-18T00:00:00Z',
    });
  });

  it.each([
    { what: 'has a number', order: delivered },
    { what: 'was cancelled', order: { ...delivered, handedOverAt: null, status: 'canceled' } },
    { what: 'has no estimate', order: { ...delivered, handedOverAt: null, estimatedAt: null } },
  ])('give no estimate to a draft whose order $what', ({ order }) =>
    expect(draftEstimate(order, 'demo-shop')).toEqual([]),
  );

  it('never hand an order over before it was placed', () => {
    const early = messagesOfRow({ ...delivered, handedOverAt: '2025-08-31T00:00:00Z' }, 'demo-shop');
    const orders = early.filter(({ service }) => service === 'orders');
    expect(orders.map(({ at }) => at)).toEqual(['2025-09-01T07:07:50Z', '2025-09-01T07:07:50Z']);
  });

  it.each([
    {
      what: 'before its dispatch',
      handedOverAt: null,
      expected: { outcome: 'accepted' },
      at: '2025-09-01T16:56:50Z',
    },
    {
      what: 'after its dispatch',
      handedOverAt: '2025-09-02T15:07:22Z',
      expected: { outcome: 'refused', key: 'order_already_dispatched' },
      at: '2025-09-02T15:07:22Z',
    },
  ])('cancel an order $what', ({ handedOverAt, expected, at }) => {
    const last = messagesOfRow({ ...delivered, status: 'canceled', handedOverAt }, 'demo-shop').at(-1);
    expect(last).toMatchObject({ name: 'cancel-order', expected, at });
  });
});

describe('the sum of decimal texts', () => {
  it('prints with the digits of the exact sum', () => {
    expect(String(decimalSum(['0.1', '0.2', '1234.55']))).toBe('1234.85');
  });
});

describe('deliberate messages', () => {
  const waiting: OlistOrder = { ...delivered, orderId: 'R-2', handedOverAt: null };
  const messages = deliberateMessages([waiting, delivered], 'demo-shop');

  it('gather around a dispatched order with several products', () => {
    const single = { ...delivered, orderId: 'R-0', items: delivered.items.slice(0, 1) };
    expect(heroOf([waiting, single, delivered])).toBe(delivered);
    expect(heroOf([waiting, single])).toBe(single);
    expect(heroOf([waiting])).toBeUndefined();
  });

  it('never are expected to be accepted', () => {
    expect(messages.map(({ expected }) => expected.outcome)).not.toContain('accepted');
  });

  it('repeat an id only where a duplicate is expected', () => {
    const rows = messagesOfRow(delivered, 'demo-shop').map(({ commandId }) => commandId);
    const repeated = messages.filter(({ commandId }) => rows.includes(commandId));
    expect(repeated.map(({ expected }) => expected)).toEqual([{ outcome: 'ignored', reason: 'duplicate' }]);
  });

  it('try to take a tracking number only from an order that has one', () => {
    expect(
      messages.find(({ expected }) => 'key' in expected && expected.key === 'shipment_exists'),
    ).toMatchObject({
      key: 'demo-shop/R-2',
    });
  });
});

describe('doubles', () => {
  it('stand right behind every n-th accepted command, with the same id; an estimate has none', () => {
    const messages = withDoubles(messagesOfRow(delivered, 'demo-shop'), 2);
    expect(messages.map(({ commandId, expected }) => [commandId, expected.outcome])).toEqual([
      ['R-1/placed', 'accepted'],
      ['R-1/estimated', 'accepted'],
      ['R-1/handed-over', 'accepted'],
      ['R-1/handed-over', 'ignored'],
      ['R-1/carrier-picked-up', 'accepted'],
      ['R-1/successfully-delivered', 'accepted'],
      ['R-1/successfully-delivered', 'ignored'],
    ]);
  });

  it('are not made of a refused command: it would be refused again', () => {
    const refused = messagesOfRow({ ...delivered, status: 'canceled' }, 'demo-shop').slice(-1);
    expect(withDoubles(refused, 1)).toEqual(refused);
  });
});
