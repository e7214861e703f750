import { Ajv } from 'ajv';
import type { JsonSchema } from '@waybill/contracts';

export type MisfitKind =
  /** Wanted and not there at all. */
  | 'missing'
  /** Wanted and not always there. */
  | 'optional'
  /** There and not allowed. */
  | 'unknown'
  | 'type'
  | 'values'
  | 'bound'
  /** Another pattern or format. */
  | 'form'
  /** A rule of several members, or of the names of members. */
  | 'rule';

/** Something that may be produced and is not what the consumer wants. */
export interface Misfit {
  readonly kind: MisfitKind;
  /** Dotted, `[]` for the entries of a list; empty for the whole value. */
  readonly member: string;
  /** In words. */
  readonly produced: string;
  readonly consumed: string;
}

/** A schema that allows one type, without references. */
export interface Way {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly [keyword: string]: unknown;
}

const ajv = new Ajv({ strict: false, validateFormats: false });

export function ofValues(given: Way, want: Way, member: string): Misfit[] {
  const consumed = want.enum ? listed(want.enum) : 'as it was';
  if (!given.enum) return [{ kind: 'values', member, produced: `any ${typeName(given)}`, consumed }];
  const fits = (value: unknown) => (want.enum ? want.enum.includes(value) : ajv.validate(want, value));
  const refused = given.enum.filter((value) => !fits(value));
  return refused.length === 0 ? [] : [{ kind: 'values', member, produced: listed(refused), consumed }];
}

const listed = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');

const bounds: readonly (readonly [keyword: string, sign: 1 | -1, unit: string])[] = [
  ['minimum', 1, ''],
  ['minLength', 1, ' characters'],
  ['minItems', 1, ' entries'],
  ['maximum', -1, ''],
  ['maxLength', -1, ' characters'],
  ['maxItems', -1, ' entries'],
  ['maxProperties', -1, ' members'],
];

export function ofBounds(given: Way, want: Way, member: string): Misfit[] {
  return bounds.flatMap(([keyword, sign, unit]) => {
    const limit = want[keyword];
    const own = given[keyword];
    if (typeof limit !== 'number') return [];
    // a text or a list has at least nothing in it
    const least = keyword === 'minLength' || keyword === 'minItems' ? 0 : -Infinity;
    const reach = typeof own === 'number' ? own * sign : least;
    if (reach >= limit * sign) return [];
    const words = (value: unknown) => `${sign > 0 ? 'at least' : 'at most'} ${String(value)}${unit}`;
    const produced = typeof own === 'number' ? words(own) : 'without a limit';
    return [{ kind: 'bound' as const, member, produced, consumed: words(limit) }];
  });
}

export function ofForm(given: Way, want: Way, member: string): Misfit[] {
  return (['pattern', 'format'] as const)
    .filter((keyword) => want[keyword] !== undefined && want[keyword] !== given[keyword])
    .map((keyword) => {
      const words = (way: Way) =>
        `of ${way[keyword] === undefined ? 'any ' : ''}${keyword} ${way[keyword] ?? ''}`;
      return { kind: 'form', member, produced: words(given).trim(), consumed: words(want) };
    });
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
};

/** What a user calls the type. */
export const typeName = ({ type = 'anything' }: Way): string => typeNames[type] ?? type;
