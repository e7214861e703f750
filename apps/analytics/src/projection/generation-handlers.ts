import { ClaimSnapshotDto, OrderSnapshotDto, topicManifest } from '@waybill/contracts';
import { baseStream, type BatchHandler, type FactsAlarm } from '@waybill/messaging';
import { faultsIn, type SnapshotPlace } from './fact-faults';
import type { Generation } from './generation';
import { projectionHandler } from './projection-handler';

export interface GenerationHandlers {
  readonly orders: BatchHandler;
  readonly claims: BatchHandler;
}

const ordersPlace: SnapshotPlace = {
  source: 'orders',
  member: 'order',
  snapshot: OrderSnapshotDto,
  same: [
    ['order_id', 'uuid'],
    ['shop_slug', 'shop_slug'],
  ],
};
const claimsPlace: SnapshotPlace = {
  source: 'claims',
  member: 'claim',
  snapshot: ClaimSnapshotDto,
  same: [
    ['claim_id', 'claim_id'],
    ['order_id', 'order_id'],
    ['shop_slug', 'shop_slug'],
  ],
};

/** Handlers that keep a generation up to date, one for each event topic. */
export function generationHandlers(
  { orders, claims }: Generation,
  clusterId: string,
  onAlarm: (alarm: FactsAlarm) => void,
): GenerationHandlers {
  const streamOf = (topic: string) => {
    const epoch = topicManifest.find(({ name }) => name === topic)?.epoch ?? 1;
    return (partition: number) => baseStream(clusterId, topic, epoch, partition);
  };
  return {
    orders: projectionHandler({
      projection: orders,
      streamOf: streamOf(orders.subject.topic),
      faultsOf: faultsIn(ordersPlace),
      onAlarm,
    }),
    claims: projectionHandler({
      projection: claims,
      streamOf: streamOf(claims.subject.topic),
      faultsOf: faultsIn(claimsPlace),
      onAlarm,
    }),
  };
}
