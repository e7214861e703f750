import { claim, order, product, slot } from './figures.samples.spec-data';

const arrival = {
  from: '2026-01-14T08:00:00.000Z',
  to: '2026-01-14T18:00:00.000Z',
  predicted_at: '2026-01-13T02:10:00.000Z',
};

/** The orders as the worked examples 12.1 to 12.9 leave them. */
export const januaryOrders = [
  order({
    uuid: '10001',
    total_order_price: 76.88,
    sub_total_price: 79.98,
    shipping_price: 4.9,
    discount_price: 8,
    products: [
      product({ sku: 'TEE-L', title: 'Organic T-shirt', quantity: 2, price: 29.99 }),
      product({ sku: 'SET-1', title: 'Care set', price: 20, type: 'bundle' }),
    ],
    discounts: [{ code: 'WINTER10', amount: 10, type: 'percentage' }],
    campaign_segments: ['default', 'b2b'],
    order_analytics: { campaign: 'Winter drop', source: 'newsletter', medium: 'email' },
    status: 'fulfilled',
    first_dispatched_at: '2026-01-12T08:30:00.000Z',
    shipments: [
      slot({
        phase: 'delivered',
        phase_since: '2026-01-15T10:24:00.000Z',
        estimated_arrival: arrival,
        picked_up_at: '2026-01-12T17:05:00.000Z',
      }),
      slot({
        shipment_id: 'parcel 2',
        carrier_reference: 'ups',
        phase: 'in_transit',
        picked_up_at: '2026-01-12T18:40:00.000Z',
      }),
    ],
  }),
  order({
    uuid: '10002',
    order_placed_at: '2026-01-16T07:30:00.000Z',
    shipping_price: 3.9,
    products: [product({ sku: 'MUG-1', price: 12.5 })],
    campaign_segments: ['default'],
    order_analytics: { campaign_code: 'REF-77' },
    status: 'fulfilled',
    first_dispatched_at: '2026-01-16T09:00:00.000Z',
    shipments: [slot({ tracking_placed_at: '2026-01-16T09:00:00.000Z' })],
    country: 'AT',
  }),
  order({
    uuid: '10003',
    order_placed_at: '2026-01-17T10:00:00.000Z',
    total_order_price: 89.97,
    products: [product({ sku: 'TEE-M', quantity: 3, price: 29.99 })],
    status: 'partially_fulfilled',
    first_dispatched_at: '2026-01-17T15:00:00.000Z',
    shipments: [
      slot({ tracking_placed_at: '2026-01-17T15:00:00.000Z' }),
      slot({ status: 'draft', tracking_placed_at: null, carrier_reference: null, phase: 'order_created' }),
    ],
  }),
  order({
    uuid: '10004',
    order_placed_at: '2026-01-19T09:00:00.000Z',
    total_order_price: 50,
    products: [product({ sku: 'MUG-1', price: 12.5 })],
    status: 'cancelled',
  }),
];

export const januaryClaim = claim({
  order_id: '10001',
  flow: 'defective',
  resolution_preference: 'refund',
  status: 'accepted',
  selected_items: [{ quantity: 2, sku: 'TEE-L', title: null, net_price: null, image_urls: [] }],
  campaign_segments: ['default', 'b2b'],
});
