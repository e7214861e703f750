import type { CommandMessage, CommandRouter, Route, RoutedItem } from '@waybill/aggregates';
import {
  type BulkFulfilOrdersDto,
  type IdType,
  normaliseOrderNumber,
  orderId,
  type OrderInputDto,
  type PlaceOrderDto,
  refusalOf,
  validateBulkItem,
} from '@waybill/contracts';
import { type Refused, refused } from '@waybill/decider';
import type { Target } from '@waybill/messaging';
import type { OrderReference } from './order.commands';
import { findOrders, type KnownOrders, type OrderCollection } from './order.lookup';
import { orderIncomplete, orderNotFound, orderNumberMismatch } from './order.refusals';
import { externalIdKey } from './order.state';
import { referenceOf } from './order.to-command';

/** Finds the order that a command means (domain 2.2). */
export class OrderRouter implements CommandRouter {
  constructor(private readonly orders: OrderCollection) {}

  route({ type, data }: CommandMessage): Route {
    if (type === 'orders.bulk-fulfil-orders.v1') return { to: 'items', items: itemsOf(data) };
    return type === 'orders.place-order.v1' ? routeOfNew(data) : routeOfReference(data);
  }

  async resolve(messages: readonly CommandMessage[]): Promise<readonly (Target | null)[]> {
    const wanted = messages.map(({ data }) => named(data));
    const known = await findOrders(this.orders, wanted.flatMap(idsOf), wanted.flatMap(keysOf));
    return wanted.map((order) => targetOf(order, known));
  }

  missing({ data }: CommandMessage): Refused {
    const { order, orderNumber, reference, shop } = named(data);
    return order ? orderIncomplete(orderNumber, order.address) : orderNotFound(shop, reference);
  }
}

interface NamedOrder {
  readonly shop: string;
  readonly reference: OrderReference;
  readonly order?: OrderInputDto;
  /** The number that `order` gives. */
  readonly orderNumber?: string;
}

type Addressed = { shop_slug: string; id: string; id_type?: IdType; order?: OrderInputDto };

function named(data: Addressed): NamedOrder {
  const { shop_slug: shop, order } = data;
  const number = order?.order_number;
  return {
    shop,
    reference: referenceOf(data),
    ...(order ? { order } : {}),
    ...(number === undefined ? {} : { orderNumber: normaliseOrderNumber(number) }),
  };
}

const target = (shop: string, orderNumber: string): Target => ({
  aggregateId: orderId(shop, orderNumber),
  key: `${shop}/${orderNumber}`,
});

function routeOfNew({ shop_slug: shop, order }: PlaceOrderDto): Route {
  const number = order.order_number;
  if (number === undefined) return { to: 'refused', refusal: orderIncomplete(number, order.address) };
  return { to: 'target', target: target(shop, normaliseOrderNumber(number)) };
}

function routeOfReference(data: Addressed): Route {
  const { shop, reference, order, orderNumber } = named(data);
  const { idType, id } = reference;
  switch (idType) {
    case 'order_number':
      return { to: 'target', target: target(shop, id) };
    case 'external_id':
      return { to: 'reference' };
    case 'uuid': {
      if (orderNumber === undefined) return { to: 'reference', fixed: true };
      if (orderId(shop, orderNumber) === id) return { to: 'target', target: target(shop, orderNumber) };
      // without an address it depends on whether the order is known: an unknown one is incomplete first of all
      return order?.address
        ? { to: 'refused', refusal: orderNumberMismatch() }
        : { to: 'reference', fixed: true };
    }
  }
}

const idsOf = ({ shop, reference: { idType, id } }: NamedOrder): string[] => {
  if (idType === 'uuid') return [id];
  // an order that was given no external id shows its number
  return idType === 'external_id' ? [orderId(shop, id)] : [];
};

const keysOf = ({ shop, reference: { idType, id } }: NamedOrder): string[] =>
  idType === 'external_id' ? [externalIdKey(shop, id)] : [];

function targetOf(wanted: NamedOrder, { byId, byKey }: KnownOrders): Target | null {
  const { shop, reference, orderNumber } = wanted;
  const { idType, id } = reference;
  switch (idType) {
    case 'order_number':
      return target(shop, id);
    case 'uuid': {
      const order = byId.get(id);
      return order?.shopSlug === shop ? target(shop, order.orderNumber) : null;
    }
    case 'external_id': {
      const given = byKey.get(externalIdKey(shop, id));
      if (given) return target(shop, given.orderNumber);
      const isAnother = orderNumber !== undefined && orderNumber !== id;
      const shown = isAnother ? undefined : byId.get(orderId(shop, id));
      if (shown?.externalId === null) return target(shop, shown.orderNumber);
      return orderNumber === undefined ? null : target(shop, orderNumber);
    }
  }
}

/** Each item is a message of its own, with a shape of its own. */
function itemsOf({ shop_slug, items }: BulkFulfilOrdersDto): RoutedItem[] {
  return items.map((item: object) => {
    const routed = { type: 'orders.upsert-order.v1', data: { ...item, shop_slug } };
    const issues = validateBulkItem(item);
    if (issues.length === 0) return routed;
    const { key, message, errors } = refusalOf(issues);
    return { ...routed, refusal: refused(key, message, errors) };
  });
}
