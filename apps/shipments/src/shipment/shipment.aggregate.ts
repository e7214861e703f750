import type { AggregateType } from '@waybill/aggregates';
import { shipmentDecider, type ShipmentTypes } from './shipment.decider';
import { fromDocument, toDocument } from './shipment.document';
import { shipmentFact } from './shipment.facts';
import { shipmentSnapshot } from './shipment.snapshot';
import { toCommand } from './shipment.to-command';
import { misdirected, placesOf } from './shipment.waiting';

/** The shipment as the engine knows it. */
export const shipmentAggregate: AggregateType<ShipmentTypes> = {
  service: 'shipments',
  version: 2,
  // both versions are read alike
  upcasters: [(first) => first],
  decider: shipmentDecider,
  toCommand,
  toDocument,
  fromDocument,
  // the order decides who has a number; for a moment two of its shop may show the same one
  uniqueKeys: () => [],
  factKey: ({ orderId }) => orderId,
  fact: shipmentFact,
  snapshot: shipmentSnapshot,
  places: placesOf,
  misdirected,
};
