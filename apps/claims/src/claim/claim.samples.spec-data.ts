import { claimId as claimIdOf, type OrderSnapshotDto, validatorOf, contractOf } from '@waybill/contracts';
import { type Decision, fold, nobody, type Others } from '@waybill/decider';
import type { ClaimCommand } from './claim.commands';
import { claimDecider } from './claim.decider';
import type { ClaimEvent } from './claim.events';
import type { Knowledge, KnownOrder, KnownParcel } from './claim.knowledge';
import type { Claim } from './claim.state';
import { toCommand } from './claim.to-command';

export const shop = 'demo-shop';
export const now = '2026-01-20T12:00:00.000Z';
export const later = '2026-01-21T08:30:00.000Z';

/** Ids of demo-shop/10001 and of its first slot (domain 1.7). */
export const orderId = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
export const shipmentId = 'c376e889-76c9-5c95-ad8b-a381eae0408d';
export const trackingNumber = '00340000000000010011';

export const messageId = '7b0c6f0e-5a5e-4b1c-9b52-0a1f4f6f9c11';
export const claimId = '8c97700b-8feb-5756-bffa-23811a1fb39a';

type Product = OrderSnapshotDto['products'][number];

const nothing = {
  title: null,
  quantity: 1,
  price: null,
  size: null,
  sku: null,
  weight: null,
  images: [],
  tax_lines: [],
  product_id: null,
  variant_id: null,
};

export const product = (members: Partial<Product>): Product => ({
  ...nothing,
  type: 'product',
  bundled_products: [],
  ...members,
});

export const tax = (price: number | null, currency: string | null = null) => ({
  title: 'VAT',
  rate: 0.19,
  price,
  currency,
});

/** Order 10001 of the worked examples, after 12.1. */
export const order: KnownOrder = {
  orderId,
  shopSlug: shop,
  orderNumber: '10001',
  currency: 'EUR',
  address: {
    name: 'Alex Example',
    company: 'Example GmbH',
    address_line_1: 'Musterstraße 1',
    address_line_2: '2. OG',
    street: 'Musterstraße 1, 2. OG',
    city: 'Musterstadt',
    province: null,
    country: null,
    province_code: null,
    country_code: 'DE',
    zip_code: '12345',
    phone: null,
  },
  products: [
    product({
      title: 'Organic T-shirt',
      quantity: 2,
      price: 29.99,
      size: 'L',
      sku: 'TEE-L',
      weight: 180,
      product_id: 'p-100',
      variant_id: 'v-101',
      tax_lines: [tax(9.58)],
    }),
    product({
      title: 'Care set',
      price: 20,
      sku: 'SET-1',
      weight: 450,
      type: 'bundle',
      tax_lines: [tax(3.19)],
      bundled_products: [
        { ...nothing, title: 'Soap', quantity: 2, sku: 'SOAP-1', weight: 100 },
        { ...nothing, title: 'Brush', sku: 'BRUSH-1', weight: 250 },
      ],
    }),
  ],
  campaignSegments: ['default', 'b2b'],
};

/** Its first parcel, after 12.3. */
export const parcel: KnownParcel = {
  shipmentId,
  shopSlug: shop,
  orderId,
  orderNumber: '10001',
  status: 'fulfilled',
  carrier: 'dhl',
  trackingNumber,
  trackingPlacedAt: '2026-01-12T08:30:00.000Z',
  phase: 'delivered',
  pickedUpAt: '2026-01-12T17:05:00.000Z',
  products: [product({ sku: 'TEE-L', quantity: 2 })],
};

export const known: Knowledge = { parcel, order };

export interface Envelope {
  readonly id?: string;
  readonly source?: string;
  readonly time?: string;
}

/** A command as it comes out of a message; throws for one that is not valid. */
function command(name: string, data: object, envelope: Envelope, copy?: Knowledge): ClaimCommand {
  const type = `claims.${name}.v1`;
  const contract = contractOf(type);
  const sent = { shop_slug: shop, ...data };
  const issues = contract ? validatorOf(contract)(sent) : [];
  if (issues.length > 0) throw new Error(JSON.stringify(issues));
  return toCommand({ type, id: messageId, source: 'resolve-page', time: now, ...envelope, data: sent }, copy);
}

export const create = (
  data: object = {},
  { parcel: knownParcel, order: knownOrder }: Knowledge = known,
  envelope: Envelope = {},
): ClaimCommand =>
  command('create-claim', { shipment_id: shipmentId, reason: 'damage', ...data }, envelope, {
    parcel: knownParcel,
    order: knownOrder,
  });

export const update = (data: object, envelope: Envelope = {}): ClaimCommand =>
  command('update-claim', { claim_id: claimId, ...data }, { time: later, ...envelope });

export const remove = (data: object = {}, envelope: Envelope = {}): ClaimCommand =>
  command('delete-claim', { claim_id: claimId, ...data }, { time: later, ...envelope });

export const decide = (
  state: Claim | null,
  sent: ClaimCommand,
  others: Others = nobody,
): Decision<ClaimEvent> => claimDecider.decide(state, sent, others);

/** The claim after commands that must all be accepted. */
export function after(...commands: readonly ClaimCommand[]): Claim {
  const claim = commands.reduce<Claim | null>((state, sent) => {
    const decision = decide(state, sent);
    if (decision.outcome !== 'accepted') throw new Error(`${sent.type} was ${decision.outcome}`);
    return fold(claimDecider, state, decision.events);
  }, null);
  if (!claim) throw new Error('nothing was sent');
  return claim;
}

/** The outcome of a decision in one word: the key, the reason, or the events. */
export function verdict(decision: Decision<ClaimEvent>): string {
  switch (decision.outcome) {
    case 'accepted':
      return decision.events.map(({ type }) => type).join();
    case 'ignored':
      return decision.reason;
    case 'refused':
      return decision.key;
  }
}

export const madeId = (envelope: Required<Pick<Envelope, 'id' | 'source'>>): string =>
  claimIdOf(orderId, envelope.source, envelope.id);
