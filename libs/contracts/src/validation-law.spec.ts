import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import { classIssues } from './class-issues';
import { compileSchema } from './compiled-schema';
import { contractOf } from './contracts';
import { jsonSchemaOf } from './json-schema';

const folder = join(__dirname, '../../../docs/examples');
const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap(
    (file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as { payload: { type: string; data: object } }[],
  )
  .map(({ payload }) => ({ contract: contractOf(payload.type), data: payload.data }))
  .flatMap(({ contract, data }) =>
    contract?.kind === 'command' ? [{ target: contract.payload, data }] : [],
  );

const compiled = new Map(samples.map(({ target }) => [target, compileSchema(target, true)]));

// what a hostile or careless producer puts where something else was meant
const anything = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1,
    0.5,
    1e21,
    5e-324,
    '',
    ' ',
    'x',
    '\ud800',
    '2026-01-10T08:00:00Z',
    'EUR',
    'DE',
    'dhl',
    'unknown',
    'Europe/Berlin',
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [{}],
    { sku: 'x' },
    { zip_code: '1' },
    { length: 1 },
    JSON.parse('{"__proto__":1}'),
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
);
const names = [
  'order',
  'trackings',
  'products',
  'type',
  'bundled_products',
  'id',
  'id_type',
  'sku',
  'constructor',
  '__proto__',
  '@period',
  '@oneWay',
  'zip_code',
  'shipment_id',
  'carrier_reference',
  'tracking_number',
  'timezone',
  'mon',
];

interface Mutation {
  readonly path: readonly number[];
  readonly act: 'replace' | 'remove' | 'add' | 'repeat';
  readonly name: string;
  readonly value: unknown;
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(), { maxLength: 6 }),
  act: fc.constantFrom('replace', 'remove', 'add', 'repeat'),
  name: fc.oneof(fc.constantFrom(...names), fc.string()),
  value: anything,
});

/** `path` chooses among the members of each level; the last place reached is changed. */
function mutate(root: unknown, { path, act, name, value }: Mutation): unknown {
  const isContainer = (node: unknown): node is object => typeof node === 'object' && node !== null;
  let at: object | undefined;
  let key = '';
  for (const step of path) {
    const next: unknown = at === undefined ? root : Reflect.get(at, key);
    if (!isContainer(next) || Object.keys(next).length === 0) break;
    at = next;
    key = Object.keys(next)[step % Object.keys(next).length] ?? '';
  }
  if (at === undefined) return act === 'replace' ? value : root;
  const define = (target: object, member: string, content: unknown) =>
    Object.defineProperty(target, member, {
      value: content,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  if (act === 'remove' && !Array.isArray(at)) Reflect.deleteProperty(at, key);
  else if (act === 'add' && !Array.isArray(at)) define(at, name, value);
  else if (act === 'repeat' && Array.isArray(at))
    at.push(...Array.from({ length: 101 }, () => structuredClone(at[0])));
  else define(at, key, value);
  return root;
}

describe('the compiled schema', () => {
  it.each(samples)('of $target.name clears a sample', ({ target, data }) => {
    expect(compiled.get(target)?.(data)).toBe(true);
    expect(classIssues(target, data, 'refused', ['data'])).toEqual([]);
  });

  it('says yes exactly where class-validator finds nothing, and neither ever throws', () => {
    const seen = { yes: 0, no: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        ({ target, data }, mutations) => {
          const value = mutations.reduce<unknown>(mutate, structuredClone(data));
          const isCleared = compiled.get(target)?.(value) === true;
          expect(isCleared).toBe(classIssues(target, value, 'refused', ['data']).length === 0);
          seen[isCleared ? 'yes' : 'no']++;
        },
      ),
      { numRuns: 4000 },
    );
    // the mutations must reach both sides, or the law says little
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200);
  });

  it('needs the shared predicates: plain JSON Schema alone would clear more', () => {
    const contract = contractOf('orders.place-order.v1');
    if (!contract) throw new Error('no contract of place-order');
    const data = { shop_slug: 'demo-shop', order: { total_order_price: 1.000_01, currency: 'DEM' } };
    const published = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonSchemaOf(contract));
    expect(published(data)).toBe(true);
    expect(compileSchema(contract.payload, true)(data)).toBe(false);
  });
});
