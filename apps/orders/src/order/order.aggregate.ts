import type { AggregateType } from '@waybill/aggregates';
import { orderDecider, type OrderTypes } from './order.decider';
import { fromDocument, toDocument } from './order.document';
import { orderFact } from './order.facts';
import { orderSnapshot } from './order.snapshot';
import { uniqueKeys } from './order.state';
import { toCommand } from './order.to-command';

/** The order as the engine knows it. */
export const orderAggregate: AggregateType<OrderTypes> = {
  service: 'orders',
  version: 2,
  // both versions are read alike
  upcasters: [(first) => first],
  decider: orderDecider,
  toCommand,
  toDocument,
  fromDocument,
  uniqueKeys,
  factKey: ({ orderId }) => orderId,
  fact: orderFact,
  snapshot: orderSnapshot,
};
