import { claimId, orderId, shipmentId } from '@waybill/contracts';
import { message, type MessageParts, source } from './message';
import type { Expectation, PlannedMessage } from './planned-message';

/** One step of a story: a message, and how many facts order and parcels have once all that follows of it has happened. */
export interface StoryStep {
  readonly message: PlannedMessage;
  readonly facts: ReadonlyMap<string, number>;
}

export interface Story {
  readonly orderNumber: string;
  readonly steps: readonly StoryStep[];
  /** What is told once nothing is on its way any more: a claim is judged by what is known of its parcel. */
  readonly afterwards: readonly StoryStep[];
}

const number = '10001';
const first = { carrier_reference: 'dhl', tracking_number: '00340000000000010011' };
const second = { carrier_reference: 'ups', tracking_number: '1ZEXAMPLE000010012' };

interface Scan {
  readonly carrier_reference: string;
  readonly tracking_number: string;
  readonly event_name: string;
  readonly event_time: string;
  readonly external_id: string;
}

interface Counts {
  readonly order: number;
  readonly parcels: readonly [first: number, second: number];
}

/**
 * The life of one order with two parcels: the first leaves alone; a scan of the second comes before its number, one of the
 * first comes twice, and one late. Each step is sent when all that follows of the one before has happened.
 */
export function storyOfTwoParcels(shop: string): Story {
  const order = orderId(shop, number);
  const parcels = [shipmentId(order, 1), shipmentId(order, 2)];
  const step = (sent: PlannedMessage, counts: Counts): StoryStep => ({
    message: sent,
    facts: new Map([
      [order, counts.order],
      ...parcels.map((id, i): [string, number] => [id, counts.parcels[i] ?? 0]),
    ]),
  });
  const { byShop, byCarrier } = senders(shop);
  const hub = {
    ...first,
    event_name: 'ARRIVAL_AT_TRANSPORT_HUB',
    event_time: '2026-01-13T02:10:00Z',
    external_id: 'DE-77120045-4',
  };
  return {
    orderNumber: number,
    steps: [
      step(
        byShop('upsert-order', '2026-01-10T08:00:05Z', 'two parcels are to be expected', { order: input }),
        { order: 1, parcels: [2, 2] },
      ),
      step(
        byShop('upsert-order', '2026-01-12T09:00:00Z', 'the first one leaves', {
          trackings: [
            {
              tracking_number: first.tracking_number,
              tracking_placed_at: '2026-01-12T08:30:00Z',
              products: [{ sku: 'TEE-L', quantity: 2 }],
            },
          ],
        }),
        { order: 3, parcels: [5, 2] },
      ),
      step(
        byCarrier(
          '2026-01-12T18:41:00Z',
          'number not known yet',
          {
            ...second,
            event_name: 'CARRIER_PICKED_UP',
            event_time: '2026-01-12T18:40:00Z',
            external_id: 'UP-5501-1',
          },
          { outcome: 'accepted', kept: true },
        ),
        { order: 3, parcels: [5, 2] },
      ),
      step(byCarrier('2026-01-13T02:11:00Z', 'the first parcel', hub), { order: 4, parcels: [7, 2] }),
      step(
        byCarrier('2026-01-13T02:15:00Z', 'once more', hub, {
          outcome: 'ignored',
          reason: 'duplicate',
        }),
        { order: 4, parcels: [7, 2] },
      ),
      step(
        byCarrier('2026-01-13T06:00:00Z', 'heard of late', {
          ...first,
          event_name: 'CARRIER_PICKED_UP',
          event_time: '2026-01-12T17:05:00Z',
          external_id: 'DE-77120045-2',
        }),
        { order: 5, parcels: [9, 2] },
      ),
      step(
        byCarrier('2026-01-15T10:25:00Z', 'at the door', {
          ...first,
          event_name: 'SUCCESSFULLY_DELIVERED',
          event_time: '2026-01-15T11:24:00+01:00',
          external_id: 'DE-77120045-9',
        }),
        { order: 6, parcels: [11, 2] },
      ),
      step(
        byShop('upsert-order', '2026-01-15T11:00:00Z', 'the number of the second one', {
          trackings: [
            {
              tracking_number: second.tracking_number,
              tracking_placed_at: '2026-01-12T16:00:00Z',
              products: [{ sku: 'SET-1' }],
            },
          ],
        }),
        { order: 9, parcels: [11, 7] },
      ),
      step(
        byShop(
          'cancel-order',
          '2026-01-15T12:00:00Z',
          'too late',
          { reason: 'changed my mind' },
          { outcome: 'refused', key: 'order_already_dispatched' },
        ),
        { order: 9, parcels: [11, 7] },
      ),
    ],
    afterwards: claimSteps(shop, order),
  };
}

/** A claim on the first parcel, a second one that has no room beside it, and what the merchant makes of the first. */
function claimSteps(shop: string, order: string): StoryStep[] {
  const claim = claimId(order, source, 'story/claim');
  const step = (
    commandId: string,
    name: string,
    at: string,
    gist: string,
    data: object,
    facts: number,
    expected?: Expectation,
  ): StoryStep => ({
    message: message({
      service: 'claims',
      key: order,
      commandId: `story/${commandId}`,
      name,
      at,
      gist,
      data: { shop_slug: shop, ...data },
      orderNumber: number,
      purpose: 'deliberate',
      ...(expected ? { expected } : {}),
    }),
    facts: new Map([[claim, facts]]),
  });
  const damaged = { ...first, reason: 'damage' };
  const exists = { outcome: 'refused', key: 'claim_exists' } as const;
  const refund = { claim_id: claim, status: 'accepted', resolution_preference: 'refund' };
  return [
    step('claim', 'create-claim', '2026-01-20T12:00:00Z', 'the shirts are torn', damaged, 1),
    step('claim-again', 'create-claim', '2026-01-20T15:00:00Z', 'by somebody else', damaged, 1, exists),
    step('refund', 'update-claim', '2026-01-21T08:30:00Z', 'the money goes back', refund, 2),
  ];
}

const input = {
  order_placed_at: '2026-01-10T09:00:00+01:00',
  total_order_price: 79.98,
  expected_number_of_shipments: 2,
  address: { name: 'Alex Example', city: 'Musterstadt', country_code: 'DE', zip_code: '12345' },
  products: [
    { title: 'Organic T-shirt', quantity: 2, price: 29.99, sku: 'TEE-L' },
    { title: 'Care set', quantity: 1, price: 20, sku: 'SET-1' },
  ],
};

function senders(shop: string) {
  let sent = 0;
  const send = (parts: Omit<MessageParts, 'commandId' | 'orderNumber' | 'purpose'>) =>
    message({
      ...parts,
      commandId: `story/${(sent += 1)}`,
      orderNumber: number,
      purpose: 'deliberate',
    });
  return {
    byShop: (name: string, at: string, gist: string, data: object, expected?: Expectation) =>
      send({
        service: 'orders',
        key: `${shop}/${number}`,
        name,
        at,
        gist,
        data: { shop_slug: shop, id: number, ...data },
        ...(expected ? { expected } : {}),
      }),
    byCarrier: (at: string, gist: string, scan: Scan, expected?: Expectation) =>
      send({
        service: 'shipments',
        key: `${scan.carrier_reference}/${scan.tracking_number}`,
        name: 'record-scan',
        at,
        gist: `${scan.event_name}, ${gist}`,
        data: { shop_slug: shop, ...scan },
        ...(expected ? { expected } : {}),
      }),
  };
}
