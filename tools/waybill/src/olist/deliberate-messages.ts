import { message, source } from '../play/message';
import type { Expectation, PlannedMessage } from '../play/planned-message';
import { deliberateScans } from './deliberate-scans';
import type { OlistOrder } from './olist-order';
import { numberOf, orderInput } from './row-messages';

interface Parts {
  readonly id: string;
  readonly name: string;
  readonly gist: string;
  readonly number: string;
  readonly data: Record<string, unknown>;
  readonly expected: Expectation;
}

/**
 * Messages that must change nothing: sent twice, superfluous, against a rule, or not readable at all. They gather
 * around one dispatched order, so that its story shows them. None of them adds to the figures. They are to be sent when
 * the rows are done: which of two orders gets a tracking number first must not be left to chance.
 */
export function deliberateMessages(orders: readonly OlistOrder[], shop: string): PlannedMessage[] {
  const hero = heroOf(orders);
  if (!hero) return [];
  const at = hero.handedOverAt ?? hero.purchasedAt;
  const other = orders.find((order) => order !== hero && order.status !== 'canceled');
  const cancelled = orders.find((order) => order.status === 'canceled' && order.handedOverAt === null);
  const send = (parts: Parts) => deliberate(parts, shop, at);
  const again = { outcome: 'ignored', reason: 'duplicate' } as const;
  const invalid = { outcome: 'refused', key: 'validation_error' } as const;
  const order = orderInput(hero);
  const stray = 'NO-SUCH-ORDER';
  return [
    // the very id of the command that placed it
    send({
      id: `${hero.orderId}/placed`,
      name: 'upsert-order',
      gist: 'the first message, sent twice',
      number: hero.orderId,
      data: { order },
      expected: again,
    }),
    send({
      id: 'equal',
      name: 'upsert-order',
      gist: 'the same content once more',
      number: hero.orderId,
      data: { order },
      expected: { outcome: 'ignored', reason: 'nothing_changed' },
    }),
    send({
      id: 'cancel-late',
      name: 'cancel-order',
      gist: 'too late',
      number: hero.orderId,
      data: { reason: 'changed my mind' },
      expected: { outcome: 'refused', key: 'order_already_dispatched' },
    }),
    send({
      id: 'foreign-product',
      name: 'upsert-order',
      gist: 'a product not in it',
      number: hero.orderId,
      data: { trackings: [{ tracking_number: 'FOREIGN-1', products: [{ product_id: 'not-ordered' }] }] },
      expected: { outcome: 'refused', key: 'products_not_in_order' },
    }),
    send({
      id: 'place-again',
      name: 'place-order',
      gist: 'a number that is taken',
      number: hero.orderId,
      data: { order: { ...order, order_number: hero.orderId } },
      expected: { outcome: 'refused', key: 'order_exists' },
    }),
    ...(other
      ? [
          send({
            id: 'taken-number',
            name: 'upsert-order',
            gist: 'a tracking number that another order has',
            number: other.orderId,
            data: { order: orderInput(other), trackings: [numberOf(hero)] },
            expected: { outcome: 'refused', key: 'shipment_exists' },
          }),
        ]
      : []),
    ...(cancelled
      ? [
          send({
            id: 'cancel-again',
            name: 'cancel-order',
            gist: 'an order that is cancelled already',
            number: cancelled.orderId,
            data: {},
            expected: { outcome: 'ignored', reason: 'already_cancelled' },
          }),
        ]
      : []),
    send({
      id: 'unknown-order',
      name: 'cancel-order',
      gist: 'an order that nobody placed',
      number: stray,
      data: {},
      expected: { outcome: 'refused', key: 'order_not_found' },
    }),
    send({
      id: 'zip-code',
      name: 'upsert-order',
      gist: 'a zip code with an underscore',
      number: stray,
      data: { order: { ...order, address: { zip_code: '1234_5' } } },
      expected: { outcome: 'refused', key: 'zip_code_invalid' },
    }),
    send({
      id: 'currency',
      name: 'upsert-order',
      gist: 'a currency that does not exist',
      number: stray,
      data: { order: { ...order, currency: 'XQZ' } },
      expected: invalid,
    }),
    send({
      id: 'misspelt',
      name: 'upsert-order',
      gist: 'a misspelt member',
      number: stray,
      data: { order: { ...order, adress: {} } },
      expected: invalid,
    }),
    send({
      id: 'unanswered',
      name: 'cancel-order',
      gist: 'no reply was asked for',
      number: stray,
      data: {},
      expected: { outcome: 'dead-letter', kind: 'refused', key: 'order_not_found' },
    }),
    ...unreadable(shop, at),
    ...deliberateScans(hero, cancelled, shop),
  ];
}

/** The order whose life is told: the first dispatched one that has several products, else any dispatched one. */
export function heroOf(orders: readonly OlistOrder[]): OlistOrder | undefined {
  const dispatched = orders.filter((order) => order.handedOverAt !== null && order.status !== 'canceled');
  const several = dispatched.find(({ items }) => new Set(items.map(({ productId }) => productId)).size > 1);
  return several ?? dispatched[0];
}

function deliberate(
  { id, name, gist, number, data, expected }: Parts,
  shop: string,
  at: string,
): PlannedMessage {
  // `place-order` names its order inside of `order` only
  const reference = name === 'place-order' ? {} : { id: number };
  return message({
    service: 'orders',
    key: `${shop}/${number}`,
    name,
    commandId: id.includes('/') ? id : `deliberate/${id}`,
    at,
    data: { shop_slug: shop, ...reference, ...data },
    gist,
    orderNumber: number,
    purpose: 'deliberate',
    expected,
  });
}

function unreadable(shop: string, at: string): PlannedMessage[] {
  const values: [gist: string, value: string | null][] = [
    ['JSON that was cut off', '{"specversion":"1.0","id":"cut-of'],
    ['JSON, but no envelope', '{"shop_slug":"demo-shop","order_number":"1"}'],
    [
      'a misspelt type',
      JSON.stringify({ specversion: '1.0', id: 'x', source, type: 'orders.upsert-ordr.v1', data: {} }),
    ],
    [
      'another version of it',
      JSON.stringify({ specversion: '0.3', id: 'x', source, type: 'orders.cancel-order.v1', data: {} }),
    ],
    ['a tombstone', null],
  ];
  return values.map(([gist, value]) => ({
    service: 'orders',
    key: `${shop}/MALFORMED`,
    value,
    at,
    name: '–',
    gist,
    purpose: 'deliberate',
    expected: { outcome: 'dead-letter', kind: 'malformed' },
  }));
}
