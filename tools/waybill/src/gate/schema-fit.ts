import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '@waybill/contracts';
import { type Misfit, type MisfitKind, ofBounds, ofForm, ofValues, typeName, type Way } from './value-fit';

/** How a consumer takes what it is given. */
export interface Appetite {
  /** It looks for every member that it knows, also for those that may be absent. */
  readonly wantsAll: boolean;
}

/**
 * What a producer may say by its schema that a consumer does not take by its own one; [] where all that is produced can
 * be consumed. Both are JSON Schemas as {@link jsonSchemaOf} makes them, with references inlined.
 */
export function misfits(
  produced: JsonSchema,
  consumed: JsonSchema,
  appetite: Appetite,
  member = '',
): Misfit[] {
  const wanted = waysOf(consumed);
  return waysOf(produced).flatMap((given) => {
    const tried = wanted
      .filter((want) => isOfType(given, want))
      .map((want) => ofWay(given, want, appetite, member));
    const inType = { produced: typeName(given), consumed: wanted.map(typeName).join(' or ') };
    return tried.find((found) => found.length === 0) ?? tried[0] ?? [{ kind: 'type', member, ...inType }];
  });
}

function waysOf(schema: JsonSchema): Way[] {
  const { type, anyOf, allOf } = schema;
  // a reference stands in an allOf of its own
  if (type === undefined && Array.isArray(allOf) && allOf.length === 1) return waysOf(allOf[0] as JsonSchema);
  if (type === undefined && Array.isArray(anyOf)) return (anyOf as JsonSchema[]).flatMap(waysOf);
  if (!Array.isArray(type)) return [schema];
  return (type as string[]).map((one) => {
    const { enum: values, ...rest } = schema as Way;
    if (one === 'null') return { type: one };
    return { ...rest, type: one, ...(values && { enum: values.filter((value) => value !== null) }) };
  });
}

const isOfType = (given: Way, want: Way) =>
  want.type === undefined || want.type === given.type || (want.type === 'number' && given.type === 'integer');

function ofWay(given: Way, want: Way, appetite: Appetite, member: string): Misfit[] {
  if (want.type === undefined) return [];
  if (given.enum ?? want.enum) return ofValues(given, want, member);
  return [
    ...ofBounds(given, want, member),
    ...ofForm(given, want, member),
    ...(given.type === 'object' ? ofObject(given, want, appetite, member) : []),
    ...(want.items ? misfits(given.items ?? {}, want.items, appetite, `${member}[]`) : []),
  ];
}

function ofObject(given: Way, want: Way, appetite: Appetite, member: string): Misfit[] {
  const [own, known] = [given.properties ?? {}, want.properties ?? {}];
  const named = (name: string) => (member === '' ? name : `${member}.${name}`);
  const misfit = (kind: MisfitKind, name: string): Misfit => ({
    kind,
    member: named(name),
    produced: '',
    consumed: '',
  });
  const wanted = Object.entries(known).flatMap(([name, schema]) => {
    const isRequired = want.required?.includes(name) ?? false;
    const content = own[name];
    if (!content) return isRequired || appetite.wantsAll ? [misfit('missing', name)] : [];
    const isSure = !isRequired || given.required?.includes(name);
    return [
      ...(isSure ? [] : [misfit('optional', name)]),
      ...misfits(content, schema, appetite, named(name)),
    ];
  });
  const rest = [
    ...Object.entries(own).filter(([name]) => !Object.hasOwn(known, name)),
    ...(typeof given.additionalProperties === 'object' ? [['*', given.additionalProperties] as const] : []),
  ].flatMap(([name, schema]) => {
    if (want.additionalProperties === false) return [misfit('unknown', name)];
    if (typeof want.additionalProperties !== 'object') return [];
    return misfits(schema, want.additionalProperties, appetite, named(name));
  });
  const isFree = given.additionalProperties === undefined && want.additionalProperties !== undefined;
  return [...wanted, ...rest, ...(isFree ? [misfit('unknown', '*')] : []), ...ofRules(given, want, member)];
}

function ofRules(given: Way, want: Way, member: string): Misfit[] {
  const has = (rule: unknown) => (given.allOf ?? []).some((own) => isDeepStrictEqual(own, rule));
  const isNew =
    (want['propertyNames'] !== undefined &&
      !isDeepStrictEqual(want['propertyNames'], given['propertyNames'])) ||
    !(want.allOf ?? []).every(has);
  return isNew ? [{ kind: 'rule', member, produced: '', consumed: '' }] : [];
}
