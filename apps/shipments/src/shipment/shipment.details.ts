import { accepted, type Decision, ignored } from '@waybill/decider';
import type { UpdateShipmentDetails } from './shipment.commands';
import { Course, isSame } from './shipment.course';
import type { Details, ShipmentEvent } from './shipment.events';
import { shipmentWithdrawn } from './shipment.refusals';
import type { Shipment } from './shipment.state';

/** The order's slot is the truth about all of this, but for a carrier that it does not know. */
export function decideDetails(shipment: Shipment, command: UpdateShipmentDetails): Decision<ShipmentEvent> {
  const { carrier, trackingUrl, externalShipmentId, products, at } = command;
  if (shipment.status === 'withdrawn') {
    const isNew = carrier !== undefined || trackingUrl !== null || externalShipmentId !== null;
    return isNew || !isSame(products, shipment.products) ? shipmentWithdrawn() : ignored('nothing_changed');
  }
  const known: Details = carrier === undefined ? {} : { carrier, carrierFrom: 'order' };
  const details: Details =
    shipment.status === 'draft' ? { products } : { ...known, trackingUrl, externalShipmentId, products };
  const { events } = Course.from(shipment, at).settle(details);
  return events.length > 0 ? accepted(events) : ignored('nothing_changed');
}
