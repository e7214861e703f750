import type { JsonSchema } from '../rules/rule';
import type { AnyMembers } from './members';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** The schema with every reference replaced by what it points to; contract classes do not hold themselves. */
export function inlined(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as JsonSchema;
    if (typeof $ref !== 'string') return mapped(value as JsonSchema, walk);
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    const target = definitions[name];
    if (!target) throw new Error(`${$ref} points to nothing`);
    return walk(target);
  };
  return walk(schema) as JsonSchema;
}

const mapped = (schema: JsonSchema, walk: (value: unknown) => unknown): JsonSchema =>
  Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, walk(value)]));

/**
 * What a schema without references says of these members alone: nothing of others, and nothing of the object as a whole.
 * `reads`: others may be there. `sends`: others are not there, and none of these is left out.
 */
export function usedSchema(schema: JsonSchema, members: AnyMembers, as: 'reads' | 'sends'): JsonSchema {
  if (members === true) return schema;
  const { properties, required = [], items, anyOf, allOf, type } = schema as SchemaParts;
  const within = (parts: readonly JsonSchema[]) => parts.map((part) => usedSchema(part, members, as));
  if (anyOf) return { anyOf: within(anyOf) };
  if (properties) {
    const used = Object.entries(members).map(([name, below]): [string, JsonSchema] => {
      const property = properties[name];
      if (!property) throw new Error(`the member ${name} is declared, and the contract does not have it`);
      return [name, usedSchema(property, below, as)];
    });
    const names = used.map(([name]) => name);
    const object = { type, properties: Object.fromEntries(used) };
    return as === 'sends'
      ? { ...object, required: names, additionalProperties: false }
      : { ...object, required: names.filter((name) => required.includes(name)) };
  }
  // a reference stands in an allOf of its own
  if (allOf) return { allOf: within(allOf) };
  return items ? { ...schema, items: usedSchema(items, members, as) } : schema;
}

interface SchemaParts {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}
