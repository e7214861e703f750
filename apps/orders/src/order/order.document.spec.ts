import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { history, runs, seed, sentAt } from './order.arbitraries.spec-data';
import { OrderBook } from './order.book.spec-data';
import { fromDocument, toDocument } from './order.document';
import { alive, attach, command, first, place, statuses, upsert } from './order.samples.spec-data';

/** What comes back from the database: the bytes of the document, read again. */
const stored = (document: Record<string, unknown>) =>
  mongo.BSON.deserialize(mongo.BSON.serialize(document, { ignoreUndefined: true }));

describe.each([1, 2])('an order in the database, in version %i', (version) => {
  it(`comes back as it was (WAYBILL_SEED=${seed})`, () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const book = new OrderBook();
        for (const [minute, one] of commands.entries()) await book.send(sentAt(one, minute));
        for (const order of book.all) {
          const again = fromDocument(stored(toDocument(order, version)));
          expect(again).toEqual(order);
          // an order that was read is compared with commands as text
          expect(JSON.stringify(again.details)).toBe(JSON.stringify(order.details));
        }
      }),
      runs(40),
    ));

  it('keeps amounts beyond 32 bits and keys with dots', () => {
    const order = alive(
      place,
      upsert({ total_order_price: 9_999_999_999.99 }),
      command('upsert-order-analytics', { order_analytics: { 'a.b': 1.5, '10': null, constructor: 'x' } }),
    );
    const again = fromDocument(stored(toDocument(order, version)));
    expect(again).toEqual(order);
    expect(again.details.totalPriceMinor).toBe(999_999_999_999);
    expect(Object.keys(toDocument(order, version))).not.toContain('a.b');
  });

  it('has copies for the searches of readers', () => {
    const order = alive(place, upsert({ email_id: 'Alex@Example.com', order_name: 'Gift' }), attach(first));
    expect(toDocument(order, version)).toMatchObject({
      shopSlug: 'demo-shop',
      status: 'partially_fulfilled',
      search: {
        orderName: 'Gift',
        externalId: '10001',
        givenExternalId: null,
        email: 'alex@example.com',
        zipCode: '12345',
        orderPlacedAt: '2026-01-10T08:00:00.000Z',
        shipmentsUpdatedAt: '2026-01-12T09:00:00.000Z',
      },
    });
  });
});

it('has few members in version 2: its details are one text, and its slots', () => {
  const { details, slots } = toDocument(alive(place, attach(first)), 2);
  expect([details, slots]).toEqual([expect.any(String), expect.any(String)]);
});

describe('a broken document', () => {
  const good = () => stored(toDocument(alive(place, attach(first)), 1)) as Record<string, any>;
  const cancelled = () => stored(toDocument(statuses.cancelled ?? alive(place), 1)) as Record<string, any>;

  it.each([
    {
      about: 'a member is missing',
      make: () => ({ ...good(), orderNumber: undefined }),
      path: 'state.orderNumber is not text',
    },
    {
      about: 'null where it is not allowed',
      make: () => ({ ...good(), createdAt: null }),
      path: 'state.createdAt is not text',
    },
    {
      about: 'a missing member is not null',
      make: () => ({ ...good(), userAgent: undefined }),
      path: 'state.userAgent is not text',
    },
    {
      about: 'an unknown status',
      make: () => ({ ...good(), status: 'shipped' }),
      path: 'state.status is not one of',
    },
    {
      about: 'a status that its slots deny',
      make: () => ({ ...good(), status: 'fulfilled' }),
      path: 'state.status is not what its slots say',
    },
    {
      about: 'slots of a cancelled order',
      make: () => ({ ...cancelled(), status: 'placed' }),
      path: 'state.slots is not a list',
    },
    {
      about: 'half a minor unit',
      make: () => ({ ...good(), details: { ...good()['details'], totalPriceMinor: 0.5 } }),
      path: 'state.details.totalPriceMinor is not a whole number',
    },
    {
      about: 'a product without quantity',
      make: () => ({ ...good(), details: { ...good()['details'], products: [{}] } }),
      path: 'state.details.products.0',
    },
    {
      about: 'a draft with an unknown phase',
      make: () => ({ ...good(), slots: [{ ...good()['slots'][0], phase: 'lost' }] }),
      path: 'state.slots.0.phase is not one of',
    },
    {
      about: 'details that are no JSON',
      make: () => ({ ...good(), details: '{' }),
      path: 'state.details is not JSON',
    },
    {
      about: 'details that are the JSON of something else',
      make: () => ({ ...good(), details: '[]' }),
      path: 'state.details is not an object',
    },
    {
      about: 'analytics that are no pairs',
      make: () => ({ ...good(), analytics: [['campaign']] }),
      path: 'state.analytics is not a list of pairs',
    },
    {
      about: 'an analytics value that is no plain value',
      make: () => ({ ...good(), analytics: [['campaign', {}]] }),
      path: 'state.analytics.0 is not a plain value',
    },
  ])('$about', ({ make, path }) => {
    expect(() => fromDocument(make())).toThrow(`stored document is broken: ${path}`);
  });
});
