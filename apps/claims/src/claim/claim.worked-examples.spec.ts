import { contractOf, validatorOf } from '@waybill/contracts';
import { claimAggregate } from './claim.aggregate';
import type { ClaimCommand } from './claim.commands';
import {
  after,
  claimId,
  create,
  decide,
  known,
  later,
  order,
  orderId,
  remove,
  shipmentId,
  trackingNumber,
  update,
} from './claim.samples.spec-data';
import type { Claim } from './claim.state';

const torn = create({
  flow: 'defective',
  description: 'Both shirts are torn.',
  selected_items: [{ quantity: 2, sku: 'TEE-L' }],
  image_urls: ['https://img.example.com/c-1.jpg'],
});

/** The only fact of an accepted command; it is valid, also for a strict reader. */
function factOf(state: Claim | null, command: ClaimCommand) {
  const decision = decide(state, command);
  const [event] = decision.outcome === 'accepted' ? decision.events : [];
  if (!event) throw new Error('a fact was expected');
  const fact = claimAggregate.fact(event, claimAggregate.decider.evolve(state, event));
  const contract = contractOf(fact.type);
  if (!contract) throw new Error(`no contract ${fact.type}`);
  expect(validatorOf({ ...contract, kind: 'command' })(fact.data)).toEqual([]);
  return fact;
}

const common = {
  shop_slug: 'demo-shop',
  order_id: orderId,
  order_number: '10001',
  shipment_id: shipmentId,
  claim_id: claimId,
};

const snapshot = {
  claim_id: claimId,
  shop_slug: 'demo-shop',
  order_id: orderId,
  order_number: '10001',
  shipment_id: shipmentId,
  tracking_number: trackingNumber,
  carrier_reference: 'dhl',
  reason: 'damage',
  flow: 'defective',
  resolution_preference: null,
  status: 'pending',
  description: 'Both shirts are torn.',
  selected_items: [{ quantity: 2, sku: 'TEE-L', title: null, net_price: null, image_urls: [] }],
  image_urls: ['https://img.example.com/c-1.jpg'],
  optional_image_urls: [],
  customer_signature_image_url: null,
  dropoff_permission: null,
  answers: [],
  address: {
    name: 'Alex Example',
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
  net_invoice_amount: 67.21,
  currency: 'EUR',
  shipment_phase: 'delivered',
  campaign_segments: ['default', 'b2b'],
  scan_date: '2026-01-12T17:05:00.000Z',
  weight_kg: 0.36,
  created_at: '2026-01-20T12:00:00.000Z',
  updated_at: '2026-01-20T12:00:00.000Z',
  deleted_at: null,
};

describe('worked example 12.9', () => {
  // text, because the order of the members is part of the example
  const text = (value: object) => JSON.stringify(value, null, 1);

  it('a claim is made', () => {
    const { type, data } = factOf(null, torn);
    expect(type).toBe('claims.claim-created.v1');
    expect(text(data)).toBe(text({ ...common, reason: 'damage', status: 'pending', claim: snapshot }));
  });

  it('a second one about the same parcel, by its number, is refused', () => {
    const first = after(torn);
    const second = create(
      { shipment_id: undefined, carrier_reference: 'dhl', tracking_number: trackingNumber },
      known,
      { id: 'm-22', source: 'portal', time: '2026-01-20T15:00:00.000Z' },
    );
    const others = { taken: new Set(claimAggregate.uniqueKeys(first)) };
    expect(decide(null, second, others)).toMatchObject({
      outcome: 'refused',
      key: 'claim_exists',
      message: 'an open claim with this reason exists for the shipment',
      errors: [],
    });
  });

  it('the merchant accepts the first', () => {
    const { type, data } = factOf(
      after(torn),
      update({ status: 'accepted', resolution_preference: 'refund' }),
    );
    const change = { status: 'accepted', resolution_preference: 'refund' };
    expect(type).toBe('claims.claim-updated.v1');
    expect(text(data)).toBe(
      text({
        ...common,
        previous_status: 'pending',
        changed: ['status', 'resolution_preference'],
        changes: change,
        claim: { ...snapshot, ...change, updated_at: later },
      }),
    );
  });
});

it('a deletion keeps the status and says when', () => {
  const { type, data } = factOf(after(torn, update({ status: 'accepted' })), remove());
  expect(type).toBe('claims.claim-deleted.v1');
  expect(data).toEqual({
    ...common,
    previous_status: 'accepted',
    deleted_at: later,
    claim: { ...snapshot, status: 'accepted', updated_at: later, deleted_at: later },
  });
});

it('a fact travels under the order, and the copies must have been asked', () => {
  expect(claimAggregate.factKey(after(torn))).toBe(order.orderId);
  const message = { type: 'claims.create-claim.v1', id: 'm-1', source: 'portal', time: later, data: {} };
  expect(() => claimAggregate.toCommand(message)).toThrow('the copies were not asked');
  expect(() => claimAggregate.toCommand({ ...message, type: 'claims.close-claim.v1' })).toThrow('no command');
});
