import { declareUses } from './uses';

/** What lines are matched, priced and weighed by. */
const component = {
  title: true,
  quantity: true,
  price: true,
  sku: true,
  weight: true,
  tax_lines: { price: true, currency: true },
  product_id: true,
  variant_id: true,
} as const;
const line = { ...component, type: true, bundled_products: component } as const;

/** What claims use: what they keep copies of. */
export const claimsUses = declareUses('claims', {
  reads: {
    'orders.events': {
      order_id: true,
      shop_slug: true,
      order: {
        uuid: true,
        shop_slug: true,
        order_number: true,
        currency: true,
        address: {
          name: true,
          address_line_1: true,
          address_line_2: true,
          street: true,
          city: true,
          province: true,
          country: true,
          province_code: true,
          country_code: true,
          zip_code: true,
          phone: true,
        },
        products: line,
        campaign_segments: true,
      },
    },
    'shipments.events': {
      shipment_id: true,
      order_id: true,
      shop_slug: true,
      shipment: {
        shipment_id: true,
        shop_slug: true,
        order_id: true,
        order_number: true,
        status: true,
        carrier_reference: true,
        tracking_number: true,
        tracking_placed_at: true,
        phase: true,
        picked_up_at: true,
        products: line,
      },
    },
  },
  sends: {},
});
