import { declareUses } from './uses';

const place = { country_code: true, province_code: true } as const;

/** What analytics use: what figures are made of. */
export const analyticsUses = declareUses('analytics', {
  reads: {
    'orders.events': {
      order_id: true,
      shop_slug: true,
      order: {
        uuid: true,
        shop_slug: true,
        order_placed_at: true,
        status: true,
        first_dispatched_at: true,
        total_order_price: true,
        sub_total_price: true,
        shipping_price: true,
        discount_price: true,
        currency: true,
        products: { sku: true, title: true, quantity: true, price: true },
        address: place,
        campaign_segments: true,
        order_analytics: true,
        shipments: {
          status: true,
          direction: true,
          carrier_reference: true,
          tracking_placed_at: true,
          phase: true,
          phase_since: true,
          flag: true,
          estimated_arrival: { to: true },
          picked_up_at: true,
          had_delay: true,
        },
      },
    },
    'claims.events': {
      claim_id: true,
      order_id: true,
      shop_slug: true,
      claim: {
        claim_id: true,
        order_id: true,
        shop_slug: true,
        created_at: true,
        deleted_at: true,
        reason: true,
        flow: true,
        resolution_preference: true,
        status: true,
        shipment_phase: true,
        address: place,
        carrier_reference: true,
        campaign_segments: true,
        selected_items: { sku: true, title: true },
      },
    },
  },
  sends: {},
});
