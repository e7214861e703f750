import type { JsonSchema } from '@waybill/contracts';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { misfits } from './schema-fit';

const whole = { type: 'integer' };
const object = (properties: Record<string, object>, required: string[] = [], rest: object = {}) => ({
  type: 'object',
  properties,
  required,
  ...rest,
});

const rows: [about: string, produced: JsonSchema, consumed: JsonSchema, ...found: string[]][] = [
  ['whole numbers as numbers', whole, { type: 'number' }],
  ['numbers as whole numbers', { type: 'number' }, whole, 'type '],
  ['anything as text', {}, { type: 'string' }, 'type '],
  ['text as anything', { type: 'string' }, {}],
  ['listed values as text', { type: 'string', enum: ['a', 'b'] }, { type: 'string', maxLength: 1 }],
  [
    'listed values that are too long',
    { type: 'string', enum: ['ab'] },
    { type: 'string', maxLength: 1 },
    'values ',
  ],
  ['any text for listed values', { type: 'string' }, { type: 'string', enum: ['a'] }, 'values '],
  ['null beside a reference', { anyOf: [object({}), { type: 'null' }] }, { allOf: [object({})] }, 'type '],
  ['entries', { type: 'array', items: whole }, { type: 'array', items: { type: 'string' } }, 'type []'],
  ['any entries', { type: 'array' }, { type: 'array', items: whole }, 'type []'],
  ['one of two types', { type: 'string' }, { anyOf: [whole, { type: 'string' }] }],
  [
    'a member of an entry',
    object({ a: { type: 'array', items: object({ b: whole }) } }),
    object({ a: { type: 'array', items: object({ b: whole }, ['b']) } }),
    'optional a[].b',
  ],
  [
    'values of a map',
    { type: 'object', additionalProperties: whole },
    { type: 'object', additionalProperties: { type: 'string' } },
    'type *',
  ],
  ['a free map', { type: 'object' }, object({}, [], { additionalProperties: false }), 'unknown *'],
  [
    'other names in a map',
    { type: 'object', propertyNames: { maxLength: 3 }, additionalProperties: whole },
    { type: 'object', propertyNames: { maxLength: 2 }, additionalProperties: whole },
    'rule ',
  ],
  ['text of any length where it may be empty', { type: 'string' }, { type: 'string', minLength: 0 }],
  ['another format', { type: 'string' }, { type: 'string', format: 'uuid' }, 'form '],
  ['a list without an upper limit', { type: 'array' }, { type: 'array', maxItems: 3 }, 'bound '],
];

it.each(rows)('%s', (_, produced, consumed, ...found) => {
  const misfit = misfits(produced, consumed, { wantsAll: false });
  expect(misfit.map(({ kind, member }) => `${kind} ${member}`)).toEqual(found);
});

it('misses a member that may be absent only for somebody who wants it', () => {
  const [produced, consumed] = [object({}), object({ a: whole })];
  expect(misfits(produced, consumed, { wantsAll: false })).toEqual([]);
  expect(misfits(produced, consumed, { wantsAll: true })).toMatchObject([{ kind: 'missing', member: 'a' }]);
});

describe('as a law', () => {
  const ajv = new Ajv({ strict: false });
  const few = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
  const bounded = (type: string, least: string, most: string) =>
    fc.tuple(few, few).map(([low, high]) => ({
      type,
      ...(low !== undefined && { [least]: low }),
      ...(high !== undefined && { [most]: high }),
    }));
  const texts = ['', 'a', 'bb', 'ccc', 'dddd'];
  const { schema, value } = fc.letrec<{ schema: JsonSchema; value: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      bounded('integer', 'minimum', 'maximum'),
      bounded('number', 'minimum', 'maximum'),
      bounded('string', 'minLength', 'maxLength'),
      fc.subarray(texts, { minLength: 1 }).map((values) => ({ type: 'string', enum: values })),
      fc.constantFrom(
        { type: 'boolean' },
        { type: ['string', 'null'], maxLength: 2 },
        { type: ['integer', 'null'] },
      ),
      fc
        .tuple(bounded('array', 'minItems', 'maxItems'), tie('schema'))
        .map(([list, items]) => ({ ...list, items })),
      fc
        .record({ a: tie('schema'), b: tie('schema') }, { requiredKeys: [] })
        .chain((properties) =>
          fc
            .subarray(Object.keys(properties))
            .map((required) =>
              object(properties as Record<string, object>, required, { additionalProperties: false }),
            ),
        ),
    ),
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>(...texts, -1, 0, 1, 2, 3, 4, 0.5, true, null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.record({ a: tie('value'), b: tie('value'), c: tie('value') }, { requiredKeys: [] }),
    ),
  }));

  it('what fits is valid for the consumer whenever it is for the producer', () => {
    let fitting = 0;
    fc.assert(
      fc.property(
        schema,
        schema,
        fc.array(value, { minLength: 40, maxLength: 40 }),
        (produced, consumed, values) => {
          if (misfits(produced, consumed, { wantsAll: false }).length > 0) return;
          const [gives, takes] = [ajv.compile(produced), ajv.compile(consumed)];
          const given = values.filter((one) => gives(one));
          if (given.length > 0) fitting += 1;
          for (const one of given) expect(takes(one)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
    expect(fitting).toBeGreaterThan(10);
  });

  it('everything fits itself', () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(misfits(one, one, { wantsAll: true })).toEqual([]);
      }),
    );
  });
});
