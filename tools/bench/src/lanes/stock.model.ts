import { Schema } from 'mongoose';

const part = (definition: Record<string, unknown>) => new Schema(definition as never, { _id: false });

const address = part({
  name: String,
  company: String,
  address_line_1: String,
  address_line_2: String,
  city: String,
  country_code: String,
  zip_code: String,
  phone: String,
});

const product = part({
  product_id: String,
  variant_id: String,
  title: String,
  quantity: Number,
  price: Number,
  sku: String,
  images: [part({ src: String, alt: String })],
  weight: Number,
});

/** An order as a mongoose schema that one would write by hand. Without a version key, so that no filter needs a scan. */
export const stockOrderSchema = new Schema(
  {
    _id: String,
    shop_slug: String,
    order_number: String,
    order_name: String,
    external_customer_id: String,
    order_placed_at: Date,
    total_order_price: Number,
    sub_total_price: Number,
    shipping_price: Number,
    discount_price: Number,
    currency: String,
    email_id: String,
    segments: [String],
    weight: Number,
    expected_number_of_shipments: Number,
    address,
    products: [product],
    discounts: [part({ code: String, amount: Number, type: { type: String } })],
  },
  { collection: 'orders', timestamps: true, versionKey: false },
);
