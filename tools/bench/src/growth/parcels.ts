import { shipmentId } from '@waybill/contracts';
import { type BenchMessage, idOf, numberOf, orderMessage, shop } from '../order-message';
import type { Kind } from './templates';

const hourMs = 3_600_000;
const firstMs = Date.UTC(2026, 0, 10, 8);
const carrier = 'dhl';

const trackingNumberOf = (order: number): string => `WB${1_000_000_000 + order}`;

/** The one parcel of each order. */
export const parcels: Kind = {
  namesOf: (order) => [shipmentId(idOf(order), 1), idOf(order), numberOf(order), trackingNumberOf(order)],
  keyOf: idOf,
};

/** The command that places an order and dispatches its parcel. */
export const dispatched = (order: number): BenchMessage =>
  orderMessage(order, 0, 'usual', {
    trackings: [{ tracking_number: trackingNumberOf(order), carrier_reference: carrier }],
  });

/** A scan on the way of a parcel. It is handed on once, as every scan is, and changes no phase but as the first one. */
export const scanOn = (order: number, nth: number): BenchMessage => ({
  key: idOf(order),
  value: Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id: `bench-scan-${order}-${nth}`,
      source: 'bench',
      type: 'shipments.record-scan.v1',
      time: new Date(firstMs + 200 * 24 * hourMs).toISOString(),
      datacontenttype: 'application/json',
      data: {
        shop_slug: shop,
        carrier_reference: carrier,
        tracking_number: trackingNumberOf(order),
        event_name: nth % 2 === 0 ? 'ARRIVAL_AT_TRANSPORT_HUB' : 'DEPARTURE_FROM_TRANSPORT_HUB',
        event_time: new Date(firstMs + nth * hourMs).toISOString(),
        external_id: `scan-${nth}`,
        location: { name: `Hub ${nth % 40}`, city: 'Musterstadt', country_code: 'DE' },
      },
    }),
  ),
});
