import type { CarrierCommand, CarrierNumber } from './shipment.commands';
import type { Details } from './shipment.events';
import type { FulfilledShipment, Shipment } from './shipment.state';

/** Whether a carrier's message means this parcel: its number, and its carrier while that is known (domain 3.7). */
export const isMeant = (
  shipment: Shipment | null,
  { shopSlug, number }: CarrierCommand,
): shipment is FulfilledShipment =>
  shipment?.status === 'fulfilled' &&
  shipment.shopSlug === shopSlug &&
  shipment.trackingNumber === number.trackingNumber &&
  (shipment.carrier === 'unknown' || shipment.carrier === number.carrier);

/** The carrier of a parcel whose carrier nobody knew is the one that speaks of it first. */
export const learned = ({ carrier }: FulfilledShipment, number: CarrierNumber): Details =>
  carrier === 'unknown' ? { carrier: number.carrier, carrierFrom: 'carrier' } : {};
