import { contractOf, validatorOf } from '@waybill/contracts';
import { LoadMix } from './load-mix';
import type { LoadRecord } from './load-record';

function records(seed: number, count: number): LoadRecord[] {
  const mix = new LoadMix(seed);
  const all: LoadRecord[] = [];
  while (all.length < count) all.push(...mix.next());
  return all;
}

const many = records(11, 4000);
const envelopes = many.flatMap(({ value }) =>
  value.startsWith('{') ? [JSON.parse(value) as { id: string; type: string; data: object }] : [],
);

test('a seed always makes the same records', () => {
  expect(records(3, 300)).toEqual(records(3, 300));
  expect(records(3, 300)).not.toEqual(records(4, 300));
});

test('all commands that callers may send are sent', () => {
  expect([...new Set(envelopes.map(({ type }) => type))].toSorted()).toEqual([
    'claims.create-claim.v1',
    'claims.delete-claim.v1',
    'claims.update-claim.v1',
    'orders.bulk-fulfil-orders.v1',
    'orders.cancel-order.v1',
    'orders.place-order.v1',
    'orders.update-order.v1',
    'orders.update-shipment.v1',
    'orders.upsert-order-analytics.v1',
    'orders.upsert-order.v1',
    'shipments.add-shipment-event.v1',
    'shipments.record-scan.v1',
    'shipments.update-estimated-arrival.v1',
  ]);
});

test('what is not said to be refused is valid, but for the wrong items of a bulk', () => {
  const refused = new Set(
    many.flatMap(({ commands }) => commands.filter(({ must }) => must === 'be refused').map(({ id }) => id)),
  );
  const invalid = envelopes.filter(({ id, type, data }) => {
    const contract = contractOf(type);
    return !type.includes('bulk') && !refused.has(id) && contract && validatorOf(contract)(data).length > 0;
  });
  expect(invalid).toEqual([]);
});

test('whoever asks for a reply asks under the id of its command, and some ask for none', () => {
  const idOf = ({ headers }: LoadRecord) => headers['kafka_correlationId'];
  const asking = many.filter((record) => idOf(record) !== undefined);
  const wrong = many.filter((record) =>
    record.commands.some(({ asks, id }, item) => {
      const asked = idOf(record);
      return asks ? id !== asked && id !== `${asked}/${item}` : asked !== undefined;
    }),
  );
  expect(wrong).toEqual([]);
  expect(asking.length).toBeGreaterThan(many.length / 3);
  expect(asking.length).toBeLessThan((many.length * 2) / 3);
});

test('some records come twice, always whole', () => {
  const byId = Map.groupBy(many, ({ commands }) => commands[0]?.id);
  const doubled = [...byId.values()].filter((own) => own.length > 1);
  expect(doubled.length).toBeGreaterThan(100);
  for (const own of doubled) expect(new Set(own.map((record) => JSON.stringify(record))).size).toBe(1);
});

test('scans come before their numbers, and after', () => {
  const attached = new Map<string, number>();
  many.forEach(({ value }, i) => {
    for (const [, number = ''] of value.matchAll(/"tracking_number":"(T\d+N\d+)","external_shipment_id"/g))
      if (!attached.has(number)) attached.set(number, i);
  });
  const scans = many.flatMap(({ commands }, i) =>
    commands.flatMap(({ scan }) => (scan ? [{ ...scan, i }] : [])),
  );
  const early = scans.filter(({ number, i }) => i < (attached.get(number) ?? -1));
  const late = scans.filter(({ number, i }) => i > (attached.get(number) ?? Infinity));
  expect(early.length).toBeGreaterThan(50);
  expect(late.length).toBeGreaterThan(50);
});

test('a few orders are talked about much more than others', () => {
  const counts = [...Map.groupBy(many, ({ key }) => key).values()]
    .map((own) => own.length)
    .toSorted((a, b) => b - a);
  expect(counts[0]).toBeGreaterThan(8 * (counts[Math.floor(counts.length / 2)] ?? 0));
});
