import type { ClaimSnapshotDto, OrderSnapshotDto, ProductSnapshotDto, SlotDto } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';
import { claimsSubject } from './claims.subject';
import { orderSubject } from './order.subject';
import type { ReportQuery } from './report-query';
import { type CellSum, rowsOf } from './report-rows';

export const shop = 'demo-shop';

/** The questions of domain 12.10: January, in total. */
export const ask = (query: Partial<ReportQuery> & Pick<ReportQuery, 'report'>): ReportQuery => ({
  shop,
  from: '2026-01-01',
  to: '2026-02-01',
  bucket: 'total',
  groupBy: null,
  filters: {},
  asOf: '2026-01-31',
  targetDays: 5,
  ...query,
});

const fact = (aggregateId: string, data: unknown): Fact => ({
  type: 'sample',
  aggregateId,
  sequence: 1,
  id: `${aggregateId}/1`,
  source: 'samples',
  data,
  topic: 'samples',
  partition: 0,
  offset: 0,
});

export const orderFact = (order: OrderSnapshotDto) =>
  fact(order.uuid, { shop_slug: order.shop_slug, order_id: order.uuid, order });
export const claimFact = (claim: ClaimSnapshotDto) =>
  fact(claim.claim_id, {
    shop_slug: claim.shop_slug,
    order_id: claim.order_id,
    claim_id: claim.claim_id,
    claim,
  });

/** What is published after these snapshots, each of another order or claim. */
export function published(
  query: ReportQuery,
  orders: readonly OrderSnapshotDto[],
  claims: readonly ClaimSnapshotDto[] = [],
) {
  const byOrder = Object.values(Object.groupBy(claims, (claim) => claim.order_id)).map((ofOrder) =>
    (ofOrder ?? []).reduce<ReturnType<typeof claimsSubject.apply> | null>(
      (kept, claim) => claimsSubject.apply(kept, claimFact(claim)),
      null,
    ),
  );
  const cells: CellSum[] = [
    ...orders.flatMap((order) => orderSubject.contributions(orderSubject.apply(null, orderFact(order)))),
    ...byOrder.flatMap((kept) => (kept === null ? [] : claimsSubject.contributions(kept))),
  ];
  return rowsOf(query, cells);
}

export const product = (change: Partial<ProductSnapshotDto>): ProductSnapshotDto =>
  ({ title: null, quantity: 1, price: null, sku: null, type: 'product', ...change }) as ProductSnapshotDto;

export const slot = (change: Partial<SlotDto>): SlotDto => ({
  shipment_id: 'parcel',
  ordinal: 1,
  status: 'fulfilled',
  direction: 'merchant_customer',
  tracking_number: '1',
  carrier_reference: 'dhl',
  tracking_url: null,
  tracking_placed_at: '2026-01-12T08:30:00.000Z',
  external_shipment_id: null,
  products: null,
  phase: 'order_processed',
  phase_since: '2026-01-12T08:30:00.000Z',
  flag: 'normal',
  estimated_arrival: null,
  picked_up_at: null,
  had_delay: false,
  ...change,
});

const addressOf = (country: string | null, province: string | null = null) => ({
  name: 'Alex Example',
  company: null,
  address_line_1: null,
  address_line_2: null,
  street: null,
  city: null,
  province: null,
  country: null,
  province_code: province,
  country_code: country,
  zip_code: '12345',
  phone: null,
});

export const order = (
  change: Partial<Omit<OrderSnapshotDto, 'address'>> & { country?: string | null; province?: string | null },
): OrderSnapshotDto => {
  const { country = 'DE', province = null, ...rest } = change;
  return {
    uuid: 'order',
    shop_slug: shop,
    order_number: '1',
    order_name: null,
    external_id: '1',
    external_customer_id: null,
    order_placed_at: '2026-01-10T08:00:00.000Z',
    total_order_price: null,
    shipping_price: null,
    sub_total_price: null,
    discount_price: 0,
    currency: 'EUR',
    products: [],
    discounts: [],
    email_id: 'alex@example.com',
    address: addressOf(country, province),
    segments: [],
    campaign_segments: [],
    weight: null,
    order_analytics: {},
    expected_number_of_shipments: 1,
    status: 'placed',
    is_fulfilled: false,
    first_dispatched_at: null,
    cancelled_at: null,
    cancellation_reason: null,
    shipments: [],
    trackings: [],
    created_at: '2026-01-10T08:00:00.000Z',
    updated_at: '2026-01-10T08:00:00.000Z',
    ...rest,
  };
};

export const claim = (
  change: Partial<Omit<ClaimSnapshotDto, 'address'>> & { country?: string | null; province?: string | null },
): ClaimSnapshotDto => {
  const { country = 'DE', province = null, ...rest } = change;
  return {
    claim_id: 'claim',
    shop_slug: shop,
    order_id: 'order',
    order_number: '1',
    shipment_id: 'parcel',
    tracking_number: '1',
    carrier_reference: 'dhl',
    reason: 'damage',
    flow: null,
    resolution_preference: null,
    status: 'pending',
    description: null,
    selected_items: [],
    image_urls: [],
    optional_image_urls: [],
    customer_signature_image_url: null,
    dropoff_permission: null,
    answers: [],
    address: addressOf(country, province),
    net_invoice_amount: null,
    currency: 'EUR',
    shipment_phase: 'delivered',
    campaign_segments: [],
    scan_date: null,
    weight_kg: null,
    created_at: '2026-01-20T12:00:00.000Z',
    updated_at: '2026-01-20T12:00:00.000Z',
    deleted_at: null,
    ...rest,
  };
};
