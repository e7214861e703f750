import type { Reaction } from '@waybill/aggregates';
import { whenOrderChangesParcelUpdateShipment } from './when-order-changes-parcel-update-shipment';
import { whenOrderExpectsFewerWithdrawShipments } from './when-order-expects-fewer-withdraw-shipments';
import { whenOrderExpectsMoreDraftShipments } from './when-order-expects-more-draft-shipments';
import { whenOrderIsCancelledWithdrawShipments } from './when-order-is-cancelled-withdraw-shipments';
import { whenOrderIsDispatchedFulfilShipment } from './when-order-is-dispatched-fulfil-shipment';
import { whenOrderIsPlacedDraftShipments } from './when-order-is-placed-draft-shipments';

/** All that this service does when it hears of orders. They share one consumer group. */
export const orderReactions: readonly Reaction[] = [
  whenOrderIsPlacedDraftShipments,
  whenOrderExpectsMoreDraftShipments,
  whenOrderExpectsFewerWithdrawShipments,
  whenOrderIsDispatchedFulfilShipment,
  whenOrderChangesParcelUpdateShipment,
  whenOrderIsCancelledWithdrawShipments,
];
