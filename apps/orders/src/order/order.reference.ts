import { orderId } from '@waybill/contracts';
import type { Refused } from '@waybill/decider';
import type { OrderInput, OrderReference } from './order.commands';
import { externalIdMismatch, orderNumberMismatch, otherExternalIdGiven } from './order.refusals';
import type { Order } from './order.state';

/** Every "must" of domain 2.2 for an order that is not known; its number came from `order` or from `id`. */
export function mismatchOfNew(
  { idType, id }: OrderReference,
  shopSlug: string,
  orderNumber: string,
  input: OrderInput,
): Refused | undefined {
  switch (idType) {
    case 'order_number':
      return orderNumber === id ? undefined : orderNumberMismatch();
    case 'uuid':
      return orderId(shopSlug, orderNumber) === id ? undefined : orderNumberMismatch();
    case 'external_id':
      return (input.externalId ?? id) === id ? undefined : externalIdMismatch();
  }
}

/** The same for a known order. */
export function mismatchOfKnown(
  { idType, id }: OrderReference,
  order: Order,
  input: OrderInput,
): Refused | undefined {
  if (input.orderNumber === undefined) return undefined;
  if (input.orderNumber !== order.orderNumber) return orderNumberMismatch();
  if (idType !== 'external_id' || isNamedBy(id, order)) return undefined;
  // the id was not known, and the number led here
  const given = order.details.externalId;
  if (given !== null) return otherExternalIdGiven();
  return (input.externalId ?? id) === id ? undefined : externalIdMismatch();
}

/** Whether the external id leads to this order: it was given to it, or it is shown because none was. */
const isNamedBy = (externalId: string, { details, orderNumber }: Order): boolean =>
  (details.externalId ?? orderNumber) === externalId;

/** The external id of a new order; `null` is as good as absent. */
export const externalIdOfNew = (reference: OrderReference | undefined, input: OrderInput): string | null =>
  input.externalId ?? (reference?.idType === 'external_id' ? reference.id : null);

/**
 * What is sent of a known order, with the external id that `id` gives it. A null beside an `id` and a number that both name the
 * order says nothing, at its creation and ever after: the same command sent twice must not take the id away again.
 */
export function withNamedExternalId(
  { idType, id }: OrderReference,
  order: Order,
  input: OrderInput,
): OrderInput {
  const isSilent = (input.externalId ?? null) === null;
  if (idType !== 'external_id' || input.orderNumber === undefined || !isSilent) return input;
  return { ...input, externalId: isNamedBy(id, order) ? order.details.externalId : id };
}
