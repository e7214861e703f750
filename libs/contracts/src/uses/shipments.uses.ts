import { declareUses } from './uses';

const order = { shop_slug: true, order_id: true, order_number: true } as const;
const parcel = { ...order, shipment_id: true } as const;
const details = {
  carrier_reference: true,
  tracking_url: true,
  external_shipment_id: true,
  products: true,
} as const;
const dispatch = {
  ...details,
  ordinal: true,
  direction: true,
  tracking_number: true,
  tracking_placed_at: true,
  appended: true,
} as const;

/** What shipments use: what an order says of its parcels. */
export const shipmentsUses = declareUses('shipments', {
  reads: {
    'orders.order-placed.v1': { ...order, placed_at: true, shipments: { shipment_id: true, ordinal: true } },
    'orders.order-updated.v1': {
      ...order,
      origin: true,
      changes: { shipments: { shipment_id: true, ...details } },
    },
    'orders.order-shipments-expected-changed.v1': {
      ...order,
      added: { shipment_id: true, ordinal: true },
      removed: { shipment_id: true },
    },
    'orders.order-shipment-dispatched.v1': { ...parcel, ...dispatch },
    'orders.order-cancelled.v1': { ...order, cancelled_at: true, shipments: { shipment_id: true } },
  },
  sends: {
    'shipments.draft-shipment.v1': { ...parcel, ordinal: true, placed_at: true },
    'shipments.fulfil-shipment.v1': { ...parcel, ...dispatch },
    'shipments.update-shipment-details.v1': { ...parcel, ...details },
    'shipments.withdraw-shipment.v1': { ...parcel, cause: true, at: true },
    'shipments.check-estimated-arrival.v1': { shop_slug: true, shipment_id: true, as_of: true },
  },
});
