import type { BatchHandler } from '@waybill/messaging';
import { faultsIn, type SnapshotPlace } from '@waybill/service';
import { ofClaims } from '../figures/claims.subject';
import { ofOrders } from '../figures/order.subject';
import type { Projection } from './apply-batch';
import type { AcceptedGaps } from './gap-book';
import type { Generation } from './generation';
import { pausable } from './pause';
import { type FactsWitness, projectionHandler } from './projection-handler';
import type { StreamOf } from './streams';

const ordersPlace: SnapshotPlace = {
  source: 'orders',
  member: 'order',
  reading: ofOrders,
  same: [
    ['order_id', 'uuid'],
    ['shop_slug', 'shop_slug'],
  ],
};
const claimsPlace: SnapshotPlace = {
  source: 'claims',
  member: 'claim',
  reading: ofClaims,
  same: [
    ['claim_id', 'claim_id'],
    ['order_id', 'order_id'],
    ['shop_slug', 'shop_slug'],
  ],
};

export interface CountingParts {
  readonly streamOf: StreamOf;
  readonly gaps: AcceptedGaps;
  readonly witness: FactsWitness;
  /** Offset from which on nothing of a stream may be counted now. */
  readonly pausedFrom: (stream: string) => number;
}

/** Handlers that keep a generation up to date, by event topic. */
export function generationHandlers(
  { orders, claims, positions }: Generation,
  { streamOf, gaps, witness, pausedFrom }: CountingParts,
): Readonly<Record<string, BatchHandler>> {
  const handlerOf = <Kept>(projection: Projection<Kept>, place: SnapshotPlace): [string, BatchHandler] => {
    const { topic } = projection.subject;
    const ownStream = (partition: number) => streamOf(topic, partition);
    const handler = projectionHandler({
      projection,
      positions,
      gaps,
      streamOf: ownStream,
      faultsOf: faultsIn(place),
      ...witness,
    });
    return [topic, pausable(handler, (partition) => pausedFrom(ownStream(partition)))];
  };
  return Object.fromEntries([handlerOf(orders, ordersPlace), handlerOf(claims, claimsPlace)]);
}
