import {
  claimFlows,
  claimReasons,
  claimStatuses,
  maxAmount,
  phases,
  resolutionPreferences,
  shipmentId as shipmentIdOf,
} from '@waybill/contracts';
import * as fc from 'fast-check';
import type { ClaimCommand } from './claim.commands';
import type { KnownOrder, KnownParcel } from './claim.knowledge';
import { create, order, orderId, parcel, product, remove, tax, update } from './claim.samples.spec-data';

/** Printed with every failure; WAYBILL_SEED plays it again. */
export const seed = Number(process.env['WAYBILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** WAYBILL_RUNS multiplies how often a law is tried. */
export const runs = (often: number) => ({ seed, numRuns: often * Number(process.env['WAYBILL_RUNS'] ?? 1) });

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const urls = fc.array(fc.webUrl(), { maxLength: 3 });
const amount = fc.oneof(
  fc.constantFrom(0, 0.0001, 0.125, 29.99, maxAmount),
  fc.integer({ min: 0, max: 100_000_000 }).map((parts) => parts / 10_000),
);

const entry = fc
  .record({
    sku: orNull(fc.constantFrom('A', 'B')),
    title: orNull(fc.constantFrom('A', 'C')),
    price: orNull(amount),
    weight: orNull(fc.constantFrom(0, 0.125, 180, 10_000_000)),
    quantity: fc.constantFrom(1, 3, 1_000_000),
    tax_lines: fc.array(
      fc
        .tuple(orNull(amount), fc.constantFrom(null, 'EUR', 'JPY', 'UYW'))
        .map(([price, currency]) => tax(price, currency)),
      { maxLength: 2 },
    ),
  })
  .map(product);
const products = fc.array(entry, { maxLength: 3 });

export const knownOrder: fc.Arbitrary<KnownOrder> = fc
  .record({ currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'UYW'), products })
  .map((members) => ({ ...order, ...members }));

/** Three parcels of one order, some of another shop, some of no number yet. */
const slot = fc.constantFrom(1, 2, 3);
export const knownParcel: fc.Arbitrary<KnownParcel> = fc
  .record({
    slot,
    shopSlug: fc.constantFrom('demo-shop', 'demo-shop', 'demo-shop', 'other-shop'),
    status: fc.constantFrom('fulfilled', 'fulfilled', 'fulfilled', 'draft', 'withdrawn'),
    phase: fc.constantFrom(...phases),
    products: orNull(products),
  })
  .map(({ slot: ordinal, ...members }) => ({
    ...parcel,
    ...members,
    shipmentId: shipmentIdOf(orderId, ordinal),
  }));

const claimIds = ['1', '2', '3', '4'].map((last) => `8c97700b-8feb-5756-bffa-23811a1fb39${last}`);
const shopSlug = fc.constantFrom('demo-shop', 'demo-shop', 'demo-shop', 'other-shop');

export const creation: fc.Arbitrary<ClaimCommand> = fc
  .record({
    data: fc.record({
      shop_slug: shopSlug,
      claim_id: fc.constantFrom(...claimIds),
      reason: fc.constantFrom(...claimReasons.slice(0, 2)),
      flow: orNull(fc.constantFrom(...claimFlows)),
      status: fc.constantFrom('pending', ...claimStatuses),
      resolution_preference: orNull(fc.constantFrom(...resolutionPreferences)),
      description: orNull(text),
      selected_items: fc.array(
        fc.record({
          quantity: fc.integer({ min: 1, max: 9 }),
          sku: fc.constantFrom('A', ' B '),
          net_price: orNull(amount),
          image_urls: urls,
        }),
        { maxLength: 2 },
      ),
      image_urls: urls,
      customer_signature_image_url: orNull(fc.webUrl()),
      dropoff_permission: orNull(fc.boolean()),
      answers: fc.array(fc.constant({ question: 'Why?', answer: 'So.' }), { maxLength: 2 }),
    }),
    parcel: knownParcel,
    order: knownOrder,
  })
  .map(({ data, ...known }) => create({ ...data, shipment_id: known.parcel.shipmentId }, known));

const named = { shop_slug: shopSlug, claim_id: fc.constantFrom(...claimIds) };

const change = fc
  .record(
    {
      ...named,
      status: fc.constantFrom(...claimStatuses),
      resolution_preference: orNull(fc.constantFrom(...resolutionPreferences)),
    },
    { requiredKeys: ['shop_slug', 'claim_id', 'status'] },
  )
  .map((data) => update(data));

const removal = fc.record(named).map((data) => remove(data));

/** Commands on a few claims about a few parcels. */
export const history: fc.Arbitrary<ClaimCommand[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: creation },
    { weight: 3, arbitrary: change },
    { weight: 1, arbitrary: removal },
  ),
  { minLength: 1, maxLength: 40 },
);
