import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { life, runs, seed, toldInOrder } from './shipment.arbitraries.spec-data';
import { fromDocument, toDocument } from './shipment.document';
import {
  after,
  arrival,
  attachedAt,
  check,
  draft,
  estimate,
  fulfil,
  late,
  orderId,
  scan,
  scanAt,
  trackingNumber,
  withdraw,
} from './shipment.samples.spec-data';
import { dueFilter, shipmentIndexes, shipmentSchema } from './shipment.schema';
import { shipmentSnapshot } from './shipment.snapshot';

/** What comes back from the database: the bytes of the document, read again. */
const stored = (document: Record<string, unknown>) =>
  mongo.BSON.deserialize(mongo.BSON.serialize(document, { ignoreUndefined: true }));

describe.each([1, 2])('a shipment in the database, in version %i', (version) => {
  it(`comes back as it was (WAYBILL_SEED=${seed})`, () =>
    fc.assert(
      fc.asyncProperty(life, async (parcel) => {
        const { book } = await toldInOrder(parcel);
        for (const shipment of book.all) {
          const again = fromDocument(stored(toDocument(shipment, version)));
          expect(again).toEqual(shipment);
          // what was read is compared with commands, and published, as text
          expect(JSON.stringify(shipmentSnapshot(again))).toBe(JSON.stringify(shipmentSnapshot(shipment)));
        }
      }),
      runs(60),
    ));

  it('keeps texts whose names have dots', () => {
    const hours = { 'mon.-fri.': '9-18', $sat: '9-12' };
    const shipment = after(draft, fulfil, scan({ additional_info: { pickup_opening_hours: hours } }));
    expect(fromDocument(stored(toDocument(shipment, version)))).toEqual(shipment);
    expect(JSON.stringify(toDocument(shipment, version))).not.toContain('"mon.-fri.":');
  });

  it('has copies for those who look for it', () => {
    const shipment = after(draft, fulfil, estimate(), scanAt(3, 'LOST'));
    expect(toDocument(shipment, version)).toMatchObject({
      shopSlug: 'demo-shop',
      orderId,
      status: 'fulfilled',
      direction: 'merchant_customer',
      trackingNumber,
      carrier: 'dhl',
      attachedAt,
      search: {
        numbers: [`demo-shop/dhl/${trackingNumber}`],
        phase: 'in_transit',
        flag: 'error',
        dueAt: null,
      },
    });
  });

  it.each([
    { about: 'an estimate', past: [draft, fulfil, estimate()], due: true },
    { about: 'an estimate of a draft', past: [draft, estimate()], due: true },
    { about: 'none', past: [draft, fulfil], due: false },
    { about: 'an end', past: [draft, estimate(), withdraw()], due: false },
    { about: 'a delay already', past: [draft, fulfil, estimate(), check(late)], due: false },
    {
      about: 'a delivery',
      past: [draft, fulfil, estimate(), scanAt(3, 'SUCCESSFULLY_DELIVERED')],
      due: false,
    },
    {
      about: 'a pickup point',
      past: [draft, fulfil, estimate(), scanAt(3, 'ARRIVED_AT_PARCEL_SHOP')],
      due: false,
    },
  ])('is due for the timer with $about: $due', ({ past, due }) => {
    const dueAt = due ? '2026-01-14T18:00:00.000Z' : null;
    expect(toDocument(after(...past), version)).toMatchObject({ search: { dueAt } });
    expect(dueFilter(arrival.to)).toEqual({ 'state.search.dueAt': { $lt: arrival.to } });
  });

  it('is found by an index for every filter, newest first inside one shop', () => {
    const document = toDocument(after(draft, fulfil), version) as Record<string, any>;
    const indexes = shipmentSchema.indexes().map(([fields]) => Object.keys(fields));
    for (const fields of shipmentIndexes.map((index) => Object.keys(index)))
      expect(indexes).toContainEqual(fields);
    const fields = indexes.flat().filter((field) => field !== '_id');
    for (const field of fields) {
      const [first, ...path] = field.split('.');
      expect(first).toBe('state');
      expect(path.reduce((value, name) => value?.[name], document)).toBeDefined();
    }
  });
});

it('has few members in version 2: its history is one text', () => {
  expect(toDocument(after(draft, fulfil, scan()), 2)).toMatchObject({ events: expect.any(String) });
});

describe('a broken document', () => {
  const good = () =>
    stored(
      toDocument(
        after(
          draft,
          fulfil,
          estimate(),
          scan({
            location: {},
            pickup: { type: 'shop', name: 'Kiosk', address: {} },
            additional_info: { date: 'today' },
          }),
        ),
        1,
      ),
    ) as Record<string, any>;
  const event = (change: object) => {
    const document = good();
    return {
      ...document,
      events: [...document['events'].slice(0, 2), { ...document['events'][2], ...change }],
    };
  };
  const last = (name: string) => event({})['events'][2][name];

  it.each([
    {
      about: 'a member is missing',
      make: () => ({ ...good(), orderNumber: undefined }),
      path: 'state.orderNumber is not text',
    },
    {
      about: 'null where it is not allowed',
      make: () => ({ ...good(), attachedAt: null }),
      path: 'state.attachedAt is not text',
    },
    {
      about: 'a missing member is not null',
      make: () => ({ ...good(), overdueAsOf: undefined }),
      path: 'state.overdueAsOf is not text',
    },
    {
      about: 'an unknown status',
      make: () => ({ ...good(), status: 'lost' }),
      path: 'state.status is not one of',
    },
    {
      about: 'a draft that goes back',
      make: () => ({ ...good(), status: 'draft', direction: 'customer_merchant' }),
      path: 'state.direction is not one of',
    },
    {
      about: 'a draft with a number and no time',
      make: () => ({ ...good(), status: 'draft' }),
      path: 'state.placedAt is not text',
    },
    {
      about: 'a withdrawal without cause',
      make: () => ({ ...good(), status: 'withdrawn', placedAt: late }),
      path: 'state.cause is not one of',
    },
    {
      about: 'an unknown carrier',
      make: () => ({ ...good(), carrier: 'pigeon' }),
      path: 'state.carrier is not one of',
    },
    {
      about: 'an ordinal that is none',
      make: () => ({ ...good(), ordinal: 1.5 }),
      path: 'state.ordinal is not a whole number',
    },
    {
      about: 'an unknown phase',
      make: () => event({ phase: 'lost' }),
      path: 'state.events.2.phase is not one of',
    },
    {
      about: 'an unknown group',
      make: () => event({ eventGroup: 'lost' }),
      path: 'state.events.2.eventGroup is not one of',
    },
    {
      about: 'a broken estimate',
      make: () => event({ estimatedArrival: { to: 1 } }),
      path: 'state.events.2.estimatedArrival.from is not text',
    },
    {
      about: 'a broken place',
      make: () => event({ location: {} }),
      path: 'state.events.2.location.name is not text',
    },
    {
      about: 'a broken address',
      make: () => event({ pickup: { ...last('pickup'), address: [] } }),
      path: 'state.events.2.pickup.address is not an object',
    },
    {
      about: 'texts that are no pairs',
      make: () => event({ additionalInfo: { texts: [['date']], openingHours: null } }),
      path: 'state.events.2.additionalInfo.texts is not a list of pairs',
    },
    {
      about: 'a product without quantity',
      make: () => ({ ...good(), products: [{ title: null }] }),
      path: 'state.products.0.quantity is not a number',
    },
  ])('$about', ({ make, path }) => {
    expect(() => fromDocument(make())).toThrow(`stored document is broken: ${path}`);
  });
});
