import type { Evidence, ServiceEvidence } from '../evidence/evidence';
import type { TopicRecord } from '../evidence/topic-record';
import type { Owner } from '../system/service-names';
import type { Sent } from './sent';

type Json = Record<string, unknown>;

const shop = 'demo-shop';
export const order = { id: 'o-1', number: '1', key: 'demo-shop/1' };
export const parcel = 'p-1';

const slot = {
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

const orderSnapshot = (more: Json = {}): Json => ({
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

const parcelSnapshot = (): Json => ({
  ...slot,
  shop_slug: shop,
  order_number: order.number,
  state: 'delivered',
  events: [{ external_id: 'e-1' }],
});

const claimSnapshot = (): Json => ({
  claim_id: 'c-1',
  shop_slug: shop,
  order_id: order.id,
  created_at: '2026-01-20T09:00:00.000Z',
  deleted_at: null,
  reason: 'damage',
  flow: null,
  resolution_preference: null,
  status: 'pending',
  shipment_phase: 'delivered',
  carrier_reference: 'dhl',
  address: { country_code: 'DE' },
  selected_items: [],
});

/** What can be changed before it is audited. */
export interface Scene {
  sent: Sent[];
  evidence: {
    services: Record<Owner, { -readonly [K in keyof ServiceEvidence]: ServiceEvidence[K] }>;
    copies: Evidence['copies'];
    reports: Evidence['reports'];
    pending: string[];
  };
}

let offsets = 0;

export function record(
  topic: string,
  key: string,
  value: Json | string,
  headers: Record<string, string> = {},
): TopicRecord {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return {
    topic,
    partition: 3,
    offset: (offsets += 1),
    timestampMs: 1000 + offsets,
    key,
    value: Buffer.from(text),
    headers,
  };
}

export const factOf = (
  service: string,
  subject: string,
  sequence: number,
  type: string,
  cause: string,
  data: Json,
): TopicRecord =>
  record(`${service}.events`, order.id, {
    id: `${subject}/${sequence}`,
    type: `${service}.${type}.v1`,
    source: service,
    subject,
    sequence,
    causationid: cause,
    data: { shop_slug: shop, order_number: order.number, ...data },
  });

export const commandOf = (
  service: string,
  key: string,
  id: string,
  data: Json = {},
  headers: Record<string, string> = {},
) => record(`${service}.commands`, key, { id, type: `${service}.do.v1`, data }, headers);

export const replyOf = (service: string, id: string, reply: Json): TopicRecord =>
  record(`${service}.commands.reply`, id, reply, { kafka_correlationId: id });

export const letterOf = (
  service: string,
  id: string,
  kind: string,
  place = `${service}.commands/3/1`,
): TopicRecord =>
  record(`${service}.dead-letters`, 'k', { id }, { 'waybill-dl-id': place, 'waybill-dl-kind': kind });

const accepted = (
  aggregate: string,
  service: string,
  ...events: [type: string, sequence: number][]
): Json => ({
  outcome: 'accepted',
  aggregate_id: aggregate,
  sequence: events.at(-1)?.[1],
  events: events.map(([type, sequence]) => ({ type: `${service}.${type}.v1`, sequence })),
});

/** An order that was placed and dispatched, its parcel with one scan, a claim; all in order. */
export function goodScene(): Scene {
  const placed = factOf('orders', order.id, 1, 'order-placed', 'm-1', {
    order: orderSnapshot({ shipments: [] }),
  });
  const dispatched = factOf('orders', order.id, 2, 'order-shipment-dispatched', 'm-2', {
    shipment_id: parcel,
    order: orderSnapshot(),
  });
  const fulfilled = factOf('shipments', parcel, 1, 'shipment-fulfilled', `${order.id}/2/${parcel}`, {
    shipment: parcelSnapshot(),
  });
  const scanned = factOf('shipments', parcel, 2, 'shipment-event-recorded', 'm-3', {
    shipment: parcelSnapshot(),
  });
  const claimed = factOf('claims', 'c-1', 1, 'claim-created', 'm-4', { claim: claimSnapshot() });
  const services: Scene['evidence']['services'] = {
    orders: {
      commands: [
        commandOf('orders', order.key, 'm-1'),
        commandOf('orders', order.key, 'm-2'),
        commandOf('orders', order.key, 'm-5'),
      ],
      facts: [placed, dispatched],
      replies: [replyOf('orders', 'm-1', accepted(order.id, 'orders', ['order-placed', 1]))],
      deadLetters: [letterOf('orders', 'm-5', 'refused')],
      retried: [],
      stored: [{ id: order.id, sequence: 2 }],
      kept: [],
      served: new Map([[order.id, orderSnapshot()]]),
    },
    shipments: {
      commands: [
        commandOf('shipments', 'T1', 'm-3'),
        commandOf('shipments', order.id, `${order.id}/2/${parcel}`, {}, { 'waybill-origin': '{}' }),
      ],
      facts: [fulfilled, scanned],
      replies: [replyOf('shipments', 'm-3', { outcome: 'accepted', events: [], kept: true })],
      deadLetters: [],
      retried: [],
      stored: [{ id: parcel, sequence: 2 }],
      kept: [],
      served: new Map([[parcel, { ...parcelSnapshot(), state: 'archived' }]]),
    },
    claims: {
      commands: [commandOf('claims', order.id, 'm-4')],
      facts: [claimed],
      replies: [replyOf('claims', 'm-4', accepted('c-1', 'claims', ['claim-created', 1]))],
      deadLetters: [],
      retried: [],
      stored: [{ id: 'c-1', sequence: 1 }],
      kept: [],
      served: new Map([['c-1', claimSnapshot()]]),
    },
  };
  return {
    sent: [
      { id: 'm-1', service: 'orders', asks: true, must: 'change' },
      { id: 'm-2', service: 'orders', asks: false, must: 'change' },
      { id: 'm-5', service: 'orders', asks: false, must: 'be refused' },
      {
        id: 'm-3',
        service: 'shipments',
        asks: true,
        waits: true,
        scan: { shop, number: 'T1', externalId: 'e-1' },
      },
      { id: 'm-4', service: 'claims', asks: true },
    ],
    evidence: { services, copies: goodCopies(), reports: goodReports(), pending: [] },
  };
}

const goodCopies = (): Evidence['copies'] => ({
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

const goodReports = (): Evidence['reports'] => [
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
