import { carriers, directions, withdrawalCauses } from '@waybill/contracts';
import { estimateDocument, eventDocument, storedEstimate, storedEvent } from './shipment.event-document';
import { productDocument, storedProduct } from './shipment.product-document';
import { searchFields } from './shipment.search-fields';
import type { Shipment } from './shipment.state';
import { jsonOf, StoredObject } from '@waybill/aggregates';

/**
 * What MongoDB keeps of a shipment under `state`, with copies of what others look for under `search`. In version 2 the
 * history and the products are one JSON text each.
 */
export function toDocument(shipment: Shipment, version: number): Record<string, unknown> {
  const part = version === 1 ? asItIs : jsonOf;
  return {
    shipmentId: shipment.shipmentId,
    shopSlug: shipment.shopSlug,
    orderId: shipment.orderId,
    orderNumber: shipment.orderNumber,
    ordinal: shipment.ordinal,
    status: shipment.status,
    direction: shipment.direction,
    ...ownMembers(shipment),
    products: shipment.products && part(shipment.products.map(productDocument)),
    estimatedArrival: estimateDocument(shipment.estimatedArrival),
    overdueAsOf: shipment.overdueAsOf,
    events: part(shipment.events.map(eventDocument)),
    createdAt: shipment.createdAt,
    updatedAt: shipment.updatedAt,
    search: searchFields(shipment),
  };
}

const asItIs = (part: object): object => part;

function ownMembers(shipment: Shipment): object {
  switch (shipment.status) {
    case 'draft':
      return { placedAt: shipment.placedAt };
    case 'fulfilled':
      return {
        trackingNumber: shipment.trackingNumber,
        carrier: shipment.carrier,
        carrierFrom: shipment.carrierFrom,
        trackingUrl: shipment.trackingUrl,
        trackingPlacedAt: shipment.trackingPlacedAt,
        externalShipmentId: shipment.externalShipmentId,
        attachedAt: shipment.attachedAt,
      };
    case 'withdrawn':
      return { placedAt: shipment.placedAt, cause: shipment.cause, withdrawnAt: shipment.withdrawnAt };
  }
}

/** The shipment that was stored, in either version. Throws for a document that cannot be one. */
export function fromDocument(document: Record<string, unknown>): Shipment {
  const stored = StoredObject.of(document, 'state');
  const base = {
    shipmentId: stored.text('shipmentId'),
    shopSlug: stored.text('shopSlug'),
    orderId: stored.text('orderId'),
    orderNumber: stored.text('orderNumber'),
    ordinal: stored.whole('ordinal'),
    products: stored.isNull('products') ? null : stored.list('products', storedProduct),
    estimatedArrival: storedEstimate(stored),
    overdueAsOf: stored.textOrNull('overdueAsOf'),
    events: stored.list('events', storedEvent),
    createdAt: stored.text('createdAt'),
    updatedAt: stored.text('updatedAt'),
  };
  const status = stored.oneOf('status', ['draft', 'fulfilled', 'withdrawn']);
  if (status === 'fulfilled')
    return {
      ...base,
      status,
      direction: stored.oneOf('direction', directions),
      trackingNumber: stored.text('trackingNumber'),
      carrier: stored.oneOf('carrier', carriers),
      carrierFrom: stored.oneOf('carrierFrom', ['order', 'carrier']),
      trackingUrl: stored.textOrNull('trackingUrl'),
      trackingPlacedAt: stored.text('trackingPlacedAt'),
      externalShipmentId: stored.textOrNull('externalShipmentId'),
      attachedAt: stored.text('attachedAt'),
    };
  const direction = stored.oneOf('direction', ['merchant_customer']);
  const placedAt = stored.text('placedAt');
  if (status === 'draft') return { ...base, status, direction, placedAt };
  return {
    ...base,
    status,
    direction,
    placedAt,
    cause: stored.oneOf('cause', withdrawalCauses),
    withdrawnAt: stored.text('withdrawnAt'),
  };
}
