export type Json = Record<string, unknown>;

export const shop = 'demo-shop';
export const order = { id: 'o-1', number: '1', key: 'demo-shop/1' };
export const parcel = 'p-1';

export const slot = {
  shipment_id: parcel,
  order_id: order.id,
  status: 'fulfilled',
  direction: 'merchant_customer',
  carrier_reference: 'dhl',
  tracking_number: 'T1',
  tracking_url: null,
  tracking_placed_at: '2026-01-12T09:00:00.000Z',
  external_shipment_id: null,
  products: null,
  phase: 'delivered',
  phase_since: '2026-01-14T09:00:00.000Z',
  flag: 'normal',
  estimated_arrival: null,
  picked_up_at: null,
  had_delay: false,
};

export const orderSnapshot = (more: Json = {}): Json => ({
  uuid: order.id,
  shop_slug: shop,
  order_number: order.number,
  status: 'fulfilled',
  order_placed_at: '2026-01-10T09:00:00.000Z',
  first_dispatched_at: '2026-01-12T09:00:00.000Z',
  currency: 'EUR',
  total_order_price: 10,
  sub_total_price: null,
  shipping_price: null,
  discount_price: 0,
  products: [{ sku: 'MUG-1', title: null, quantity: 2, price: 5 }],
  campaign_segments: ['default'],
  address: { country_code: 'DE' },
  order_analytics: {},
  shipments: [slot],
  ...more,
});

export const parcelSnapshot = (): Json => ({
  ...slot,
  shop_slug: shop,
  order_number: order.number,
  state: 'delivered',
  events: [{ event_id: 'v-1', external_id: 'e-1' }],
});

export const claimSnapshot = (): Json => ({
  claim_id: 'c-1',
  shop_slug: shop,
  order_id: order.id,
  created_at: '2026-01-20T09:00:00.000Z',
  deleted_at: null,
  reason: 'damage',
  description: 'broken',
  flow: null,
  resolution_preference: null,
  status: 'pending',
  shipment_phase: 'delivered',
  carrier_reference: 'dhl',
  address: { country_code: 'DE' },
  selected_items: [],
});
