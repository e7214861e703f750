import type { AggregateType } from '@waybill/aggregates';
import { orderAggregate as first } from '../../apps/orders/src/order/order.aggregate';
import type { OrderTypes } from '../../apps/orders/src/order/order.decider';

/**
 * Orders as a later release might keep them: in version 2 of the state `createdAt` is called `born`, so that nothing
 * which knows version 1 alone can read it.
 */
export const secondVersion = (writes: 1 | 2): AggregateType<OrderTypes> => ({
  ...first,
  version: 2,
  writes,
  upcasters: [({ createdAt, ...state }) => ({ ...state, born: createdAt })],
  toDocument(order, version) {
    const { createdAt, ...state } = first.toDocument(order, 1);
    return version === 1 ? { createdAt, ...state } : { born: createdAt, ...state };
  },
  fromDocument: ({ born, ...state }) => first.fromDocument({ ...state, createdAt: born }),
});
