import { type Order, shownExternalId } from './order.state';

/** Copies that readers search for; everything else is read from the state itself. */
export const searchFields = (order: Order) => ({
  orderName: order.details.orderName,
  /** As shown: the order number when none was given. */
  externalId: shownExternalId(order),
  givenExternalId: order.details.externalId,
  /** Compared in lower case. */
  email: order.details.emailId?.toLowerCase() ?? null,
  zipCode: order.details.address.zipCode,
  orderPlacedAt: order.details.orderPlacedAt,
  /** A slot was added or changed last then. */
  shipmentsUpdatedAt: order.slotsChangedAt,
});
