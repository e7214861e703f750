import { declareUses } from './uses';

const progress = {
  shop_slug: true,
  order_id: true,
  order_number: true,
  shipment: {
    shipment_id: true,
    phase: true,
    phase_since: true,
    flag: true,
    estimated_arrival: true,
    picked_up_at: true,
    had_delay: true,
    carrier_reference: true,
  },
} as const;

/** What orders use: what they show of a parcel. */
export const ordersUses = declareUses('orders', {
  reads: {
    'shipments.shipment-phase-changed.v1': progress,
    'shipments.shipment-flagged.v1': progress,
    'shipments.shipment-updated.v1': { ...progress, changed: true },
  },
  sends: {
    'orders.record-shipment-progress.v1': {
      shop_slug: true,
      id: true,
      id_type: true,
      shipment_id: true,
      shipment_sequence: true,
      phase: true,
      phase_since: true,
      flag: true,
      estimated_arrival: true,
      picked_up_at: true,
      had_delay: true,
      carrier_reference: true,
    },
  },
});
