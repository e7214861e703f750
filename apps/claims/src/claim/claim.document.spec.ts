import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { creation, runs, seed } from './claim.arbitraries.spec-data';
import { fromDocument, toDocument } from './claim.document';
import { evolve } from './claim.evolve';
import { after, create, decide, remove, update } from './claim.samples.spec-data';
import { claimSnapshot } from './claim.snapshot';

/** What comes back from the database: the bytes of the document, read again. */
const stored = (document: Record<string, unknown>) =>
  mongo.BSON.deserialize(mongo.BSON.serialize(document, { ignoreUndefined: true }));

const claim = after(
  create({
    selected_items: [
      { quantity: 2, sku: 'TEE-L', net_price: 25.2, image_urls: ['https://img.example.com/1'] },
    ],
    answers: [{ question: 'Why?', answer: 'So.' }],
    dropoff_permission: false,
  }),
  update({ resolution_preference: 'refund' }),
);

describe('a claim in the database', () => {
  it(`comes back as it was (WAYBILL_SEED=${seed})`, () =>
    fc.assert(
      fc.property(creation, (command) => {
        const decision = decide(null, command);
        fc.pre(decision.outcome === 'accepted');
        const [event] = decision.outcome === 'accepted' ? decision.events : [];
        if (!event) throw new Error('accepted without an event');
        const made = evolve(null, event);
        const again = fromDocument(stored(toDocument(made)));
        expect(again).toEqual(made);
        expect(JSON.stringify(claimSnapshot(again))).toBe(JSON.stringify(claimSnapshot(made)));
      }),
      runs(100),
    ));

  it('comes back changed and deleted', () => {
    const deleted = after(create(), update({ status: 'rejected' }), remove());
    for (const state of [claim, deleted]) expect(fromDocument(stored(toDocument(state)))).toEqual(state);
  });

  it('has its amounts in minor units, its weight in grams, and what readers look for', () => {
    expect(toDocument(claim)).toMatchObject({
      shopSlug: 'demo-shop',
      orderId: claim.orderId,
      shipmentId: claim.shipmentId,
      reason: 'damage',
      status: 'pending',
      resolutionPreference: 'refund',
      deletedAt: null,
      netInvoiceMinor: 6721,
      weightGrams: 360,
      selectedItems: [{ netPriceMinor: 2520 }],
    });
  });

  it.each(Object.keys(toDocument(claim)))(
    'cannot be read without %s, and says so without any value',
    (name) => {
      const { [name]: _, ...rest } = toDocument(claim);
      expect(() => fromDocument(rest)).toThrow(
        new RegExp(`^stored document is broken: state\\.${name} is not`),
      );
    },
  );

  it.each([
    ['a status that does not exist', { status: 'open' }],
    ['a carrier that does not exist', { carrier: 'dhx' }],
    ['parts of a minor unit', { netInvoiceMinor: 1.5 }],
    ['an item without a quantity', { selectedItems: [{}] }],
    ['an address without a zip code', { address: { ...claim.address, zip_code: null } }],
    ['a permission that is neither', { dropoffPermission: 'no' }],
    ['one photo instead of a list', { imageUrls: 'https://img.example.com/1' }],
  ])('is broken with %s', (_, change) => {
    expect(() => fromDocument({ ...toDocument(claim), ...change })).toThrow('stored document is broken');
  });
});

describe('history that cannot be', () => {
  const event = { type: 'ClaimDeleted', at: claim.updatedAt, previousStatus: 'pending' } as const;
  it.each([
    ['an end without a beginning', null],
    ['two ends', after(create(), remove())],
  ])('%s is thrown out', (_, state) => {
    expect(() => evolve(state, event)).toThrow(/never created|deleted claim/);
  });

  it('two beginnings are thrown out', () => {
    const decision = decide(null, create());
    const [created] = decision.outcome === 'accepted' ? decision.events : [];
    if (!created) throw new Error('accepted without an event');
    expect(() => evolve(claim, created)).toThrow('created twice');
  });
});
