import { type Issue, type Refused, refused, refusedByOthers } from '@waybill/decider';
import type { OrderReference } from './order.commands';

type Loc = readonly (string | number)[];

/** What a business rule says of one place of the message; its type is the key of the refusal. */
const at = (key: string, loc: Loc, msg: string): Issue => ({
  loc: ['data', ...loc],
  field: loc.join('.'),
  msg,
  type: key,
});

export function orderNotFound(shopSlug: string, { idType, id }: OrderReference): Refused {
  const named = idType === 'external_id' ? `with external_id ${id}` : id;
  return refused('order_not_found', `no order ${named} in ${shopSlug}`);
}

export const orderExists = (orderNumber: string, shopSlug: string): Refused =>
  refused('order_exists', `order ${orderNumber} exists in ${shopSlug}`);

/** A new order needs its number and an address; whichever was sent is given here. */
export function orderIncomplete(orderNumber: unknown, address: unknown): Refused {
  const missing = [...(orderNumber ? [] : ['order_number']), ...(address ? [] : ['address'])];
  return refused(
    'order_incomplete',
    `a new order needs ${missing.join(' and ')}`,
    missing.map((field) => at('order_incomplete', ['order', field], 'is required to create an order')),
  );
}

const referenceMismatch = (field: 'order_number' | 'external_id', msg: string): Refused =>
  refused('order_reference_mismatch', 'id and order name different orders', [
    at('order_reference_mismatch', ['order', field], msg),
  ]);

export const orderNumberMismatch = (): Refused =>
  referenceMismatch('order_number', 'is not the number of the order that id names');

export const externalIdMismatch = (): Refused =>
  referenceMismatch('external_id', 'is not the external_id that id names');

/** The number leads to an order that was given another external id than the one that `id` names. */
export const otherExternalIdGiven = (): Refused =>
  referenceMismatch('order_number', 'is the number of an order with another external_id');

export const orderCancelled = (): Refused => refused('order_cancelled', 'the order is cancelled');

export const orderAlreadyDispatched = (): Refused =>
  refused('order_already_dispatched', 'a parcel of this order is on its way');

export const shipmentNotFound = (shipmentId: string): Refused =>
  refused('shipment_not_found', `the order has no shipment ${shipmentId}`, [
    at('shipment_not_found', ['shipment_id'], 'is no shipment of this order'),
  ]);

export const shipmentNotFulfilled = (): Refused =>
  refused('shipment_not_fulfilled', 'the shipment has no tracking number yet', [
    at('shipment_not_fulfilled', ['tracking_url'], 'needs a shipment with a tracking number'),
  ]);

export const orderNotDispatched = (positions: readonly number[]): Refused =>
  refused(
    'order_not_dispatched',
    'a return needs an order that was dispatched',
    positions.map((i) => at('order_not_dispatched', ['trackings', i], 'announces a return too early')),
  );

export const shipmentLimitReached = (positions: readonly number[]): Refused =>
  refused(
    'shipment_limit_reached',
    'an order has at most 100 forward and 100 return shipments',
    positions.map((i) => at('shipment_limit_reached', ['trackings', i], 'is one shipment too many')),
  );

export interface Misplaced {
  readonly loc: Loc;
  readonly msg: string;
}

export const productsRefused = (misplaced: readonly Misplaced[]): Refused =>
  refused(
    'products_not_in_order',
    'a parcel holds a product that is not in the order',
    misplaced.map(({ loc, msg }) => at('products_not_in_order', loc, msg)),
  );

export const externalIdExists = (shopSlug: string, externalId: string): Refused =>
  refusedByOthers('external_id_exists', `another order of ${shopSlug} was given external_id ${externalId}`);

export const shipmentExists = (positions: readonly number[]): Refused =>
  refusedByOthers(
    'shipment_exists',
    'a tracking number belongs to another order of the shop',
    positions.map((i) =>
      at('shipment_exists', ['trackings', i, 'tracking_number'], 'belongs to another order'),
    ),
  );
