import type {
  AddressSnapshotDto,
  claimsUses,
  ComponentSnapshotDto,
  ProductSnapshotDto,
  ReadBy,
} from '@waybill/contracts';
import type { KnownOrder, KnownParcel } from '../claim/claim.knowledge';

type Uses = typeof claimsUses;
/** What claims see of an order and of a parcel. */
type SeenOrder = ReadBy<Uses, 'orders.events'>['order'];
type SeenParcel = ReadBy<Uses, 'shipments.events'>['shipment'];
type SeenLine = SeenOrder['products'][number];
type SeenComponent = SeenLine['bundled_products'][number];

/** A copy as it lies in the database: what is known of the aggregate as of its fact `sequence`. */
export interface KnownDocument<Known> {
  readonly _id: string;
  readonly sequence: number;
  readonly known: Known;
}

/** With what a parcel is searched by: `<shop>/<tracking number>`; null while it has none. */
export type StoredParcel = KnownParcel & { readonly number: string | null };

export const shopNumber = (shopSlug: string, trackingNumber: string): string =>
  `${shopSlug}/${trackingNumber}`;

export function storedParcel(parcel: SeenParcel): StoredParcel {
  const { shop_slug: shopSlug, tracking_number: trackingNumber } = parcel;
  return {
    shipmentId: parcel.shipment_id,
    shopSlug,
    orderId: parcel.order_id,
    orderNumber: parcel.order_number,
    status: parcel.status,
    carrier: parcel.carrier_reference,
    trackingNumber,
    trackingPlacedAt: parcel.tracking_placed_at,
    phase: parcel.phase,
    pickedUpAt: parcel.picked_up_at,
    products: parcel.products && parcel.products.map(line),
    number: trackingNumber === null ? null : shopNumber(shopSlug, trackingNumber),
  };
}

export const storedOrder = (order: SeenOrder): KnownOrder => ({
  orderId: order.uuid,
  shopSlug: order.shop_slug,
  orderNumber: order.order_number,
  currency: order.currency,
  address: address(order.address),
  products: order.products.map(line),
  campaignSegments: order.campaign_segments,
});

function address(from: SeenOrder['address']): AddressSnapshotDto {
  const { name, address_line_1, address_line_2, street, city, province, country } = from;
  const { province_code, country_code, zip_code, phone } = from;
  return {
    name,
    company: null,
    address_line_1,
    address_line_2,
    street,
    city,
    province,
    country,
    province_code,
    country_code,
    zip_code,
    phone,
  };
}

const line = (product: SeenLine): ProductSnapshotDto =>
  Object.assign(component(product), {
    type: product.type,
    bundled_products: product.bundled_products.map(component),
  });

/** What lines are matched, priced and weighed by. */
const component = (product: SeenComponent): ComponentSnapshotDto => ({
  title: product.title,
  quantity: product.quantity,
  price: product.price,
  size: null,
  sku: product.sku,
  weight: product.weight,
  images: [],
  tax_lines: product.tax_lines.map(({ price, currency }) => ({ title: null, rate: null, price, currency })),
  product_id: product.product_id,
  variant_id: product.variant_id,
});
