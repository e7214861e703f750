import type { Evidence } from '../evidence/evidence';
import { order, parcel, shop, slot } from './snapshots.spec-data';

export const goodCopies = (): Evidence['copies'] => ({
  orders: [
    {
      id: order.id,
      sequence: 2,
      known: {
        orderId: order.id,
        shopSlug: shop,
        orderNumber: order.number,
        currency: 'EUR',
        campaignSegments: ['default'],
      },
    },
  ],
  shipments: [
    {
      id: parcel,
      sequence: 2,
      known: {
        shipmentId: parcel,
        shopSlug: shop,
        orderId: order.id,
        orderNumber: order.number,
        status: 'fulfilled',
        carrier: 'dhl',
        trackingNumber: 'T1',
        trackingPlacedAt: slot.tracking_placed_at,
        phase: 'delivered',
        pickedUpAt: null,
      },
    },
  ],
});

export const goodReports = (): Evidence['reports'] => [
  {
    instance: 'analytics#1',
    shop,
    report: 'claims',
    query: {},
    rows: [
      {
        bucket: null,
        group: null,
        claims: 1,
        affected_orders: 1,
        by_reason: { damage: 1 },
        by_flow: {},
        by_resolution_preference: {},
        by_status: { pending: 1 },
        by_shipment_phase: { delivered: 1 },
        by_country_code: { DE: 1 },
        by_carrier_reference: { dhl: 1 },
        by_product: {},
        claim_rate: { share: 1, count: 1, of: 1 },
      },
    ],
  },
];
