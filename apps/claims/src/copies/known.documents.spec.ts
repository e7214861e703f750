import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimsUses, readingOf } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';
import { faultsIn } from '@waybill/service';
import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { ordersPlace, parcelsPlace } from './copies';
import { storedOrder, storedParcel } from './known.documents';

const folder = join(__dirname, '../../../../docs/examples');
const seed = Number(process.env['WAYBILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Payload {
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly data: Record<string, unknown>;
}

/** The published facts of a service. */
const factsOf = (service: string, noun: string): Payload[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${service}.${noun}-`))
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { payload: Payload }[])
    .map(({ payload }) => payload);

const kinds = [
  {
    noun: 'order',
    facts: factsOf('orders', 'order'),
    faults: faultsIn(ordersPlace),
    stored: (data: object) => storedOrder(readingOf(claimsUses, 'orders.events').see(data).order),
  },
  {
    noun: 'shipment',
    facts: factsOf('shipments', 'shipment'),
    faults: faultsIn(parcelsPlace),
    stored: (data: object) => storedParcel(readingOf(claimsUses, 'shipments.events').see(data).shipment),
  },
];

/** Every place inside of a value, the value itself left out. */
function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...places(inner, [...at, name])]);
}

const placesOf = (payload: Payload) => places(payload.data).map((at) => [payload, at] as const);

function changed(data: object, at: readonly string[], to: unknown): Record<string, unknown> {
  const copy = structuredClone(data);
  const owner = at.slice(0, -1).reduce<object>((node, step) => Reflect.get(node, step) as object, copy);
  if (to === undefined) Reflect.deleteProperty(owner, String(at.at(-1)));
  else Reflect.set(owner, String(at.at(-1)), to);
  return copy as Record<string, unknown>;
}

const anything = fc.oneof(
  fc.constantFrom(undefined, null, '', '$name', 'a\u0000b', '\ud800', 0, -1, 1e308, [], {}, [null], [{}]),
  fc.jsonValue({ maxDepth: 2 }),
);

// one that passed and cannot be kept would hold its partition without an alarm
describe.each(kinds)('a fact of $noun that has no fault', ({ facts, faults, stored }) => {
  const fact = ({ type, source, subject }: Payload, data: object) =>
    ({ type, source, aggregateId: subject, data }) as Fact;

  it('is what its owner publishes', () => {
    expect(facts.length).toBeGreaterThan(5);
    for (const payload of facts) expect(faults(fact(payload, payload.data))).toEqual([]);
  });

  it(`can be kept, whatever a writer makes of it (WAYBILL_SEED=${seed})`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...facts.flatMap((payload) => placesOf(payload))),
        anything,
        ([payload, at], to) => {
          const data = changed(payload.data, at, to);
          if (faults(fact(payload, data)).length > 0) return;
          const document = { known: stored(data) };
          expect(mongo.BSON.deserialize(mongo.BSON.serialize(document)).known).toBeDefined();
        },
      ),
      { numRuns: 300, seed },
    );
  });
});
