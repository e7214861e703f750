import { definitionsOf, shipmentStates, ShipmentSnapshotDto } from '@waybill/contracts';
import type { ApiDescription } from '@waybill/service';
import type { ReadShipment } from './shipment/shipment.snapshot';

const { ShipmentSnapshot, ...parts } = definitionsOf(ShipmentSnapshotDto, {
  closed: false,
  describeSeparate: true,
  extend: () => ({}),
  pointer: '#/components/schemas/',
});

const readStates: readonly ReadShipment['state'][] = [...shipmentStates, 'archived'];

/** The snapshot of the facts, with the one state that only readers see. */
const Shipment = {
  ...ShipmentSnapshot,
  properties: {
    ...(ShipmentSnapshot?.['properties'] as object),
    state: { type: 'string', enum: [...readStates] },
  },
};

export const shipmentsApi: ApiDescription = {
  title: 'Waybill shipments',
  description:
    'Reads of shipments and of what happened to them. Shipments change by commands on Kafka alone.',
  schemas: { Shipment, ...parts },
};
