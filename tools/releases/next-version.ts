import type { AggregateType } from '@waybill/aggregates';
import { orderAggregate as present } from '../../apps/orders/src/order/order.aggregate';
import type { OrderTypes } from '../../apps/orders/src/order/order.decider';

/** The version that documents are begun in today, and the one that nobody but the made-up releases knows. */
export const todaysVersion = present.writes ?? present.version;
export const nextVersion = present.version + 1;

/**
 * Orders as a later release might keep them: in the next version of the state `createdAt` is called `born`, so that nothing
 * which knows today's alone can read it.
 */
export const inNextVersion = (writes: number): AggregateType<OrderTypes> => ({
  ...present,
  version: nextVersion,
  writes,
  upcasters: [...(present.upcasters ?? []), ({ createdAt, ...state }) => ({ ...state, born: createdAt })],
  toDocument(order, version) {
    if (version < nextVersion) return present.toDocument(order, version);
    const { createdAt, ...state } = present.toDocument(order, present.version);
    return { born: createdAt, ...state };
  },
  fromDocument: ({ born, ...state }) => present.fromDocument({ ...state, createdAt: born }),
});
