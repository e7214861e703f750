import type { MessageContract } from './message-contract';
import { membersOf, wholesOf, type Constructor, type Member } from './rules/member-registry';
import { object, type JsonSchema, type Rule } from './rules/rule';

/** Descriptions by class and member, as the sources' docstrings say; the class's own one is under the empty name. */
export type Docstrings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How a class becomes a schema. */
export interface SchemaStyle {
  /** Unknown members are refused. */
  readonly closed: boolean;
  /** Adds what plain JSON Schema cannot say to the schema of a rule. */
  extend(rule: Rule, nullable: boolean): JsonSchema;
  readonly docs?: Docstrings;
  /** Where definitions are pointed to. */
  readonly pointer?: string;
  /** A rule's own schema is left out, as the extension says all of it. */
  readonly extensionOnly?: boolean;
  /** Entries of separate lists are described by their class, not only as objects. */
  readonly describeSeparate: boolean;
}

type Definitions = Record<string, JsonSchema>;

/** Name of a class in schemas: without the suffix of its role. */
export const schemaName = (target: Constructor): string => target.name.replace(/Dto$/, '');

/** Schemas of `target` and of all classes below it, by name. Throws when two classes have one name. */
export function definitionsOf(target: Constructor, style: SchemaStyle): Definitions {
  const classes = new Map<string, Constructor>();
  const definitions: Definitions = {};
  const visit = (next: Constructor): string => {
    const name = schemaName(next);
    const known = classes.get(name);
    if (known && known !== next) throw new Error(`two contract classes are named ${name}`);
    if (!known) {
      classes.set(name, next);
      definitions[name] = {};
      definitions[name] = classSchema(next, style, visit);
    }
    return `${style.pointer ?? '#/$defs/'}${name}`;
  };
  visit(target);
  return definitions;
}

function classSchema(
  target: Constructor,
  style: SchemaStyle,
  visit: (next: Constructor) => string,
): JsonSchema {
  const members = [...membersOf(target).values()];
  const properties = members.map((member): [string, JsonSchema] => [
    member.name,
    { ...described(style, target, member.name), ...memberSchema(member, style, visit) },
  ]);
  const required = members.filter((member) => !member.optional).map((member) => member.name);
  const wholes = wholesOf(target)
    .map((whole) => ({ ...(style.extensionOnly ? {} : whole.schema), ...style.extend(whole, false) }))
    .filter(says);
  return {
    ...described(style, target, ''),
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    ...(style.closed && { additionalProperties: false }),
    ...(wholes.length > 0 && { allOf: wholes }),
  };
}

const says = (schema: JsonSchema) => Object.keys(schema).length > 0;

function described(style: SchemaStyle, target: Function, name: string): JsonSchema {
  const lineage = [];
  for (
    let step: unknown = target;
    typeof step === 'function' && step.name;
    step = Object.getPrototypeOf(step)
  ) {
    lineage.push(step.name);
  }
  const owner = name === '' ? target.name : lineage.find((step) => style.docs?.[step]?.[name]);
  const description = owner === undefined ? undefined : style.docs?.[owner]?.[name];
  return description ? { description } : {};
}

function memberSchema(member: Member, style: SchemaStyle, visit: (next: Constructor) => string): JsonSchema {
  const { rule, nullable, nested, list, entries, separate } = member;
  if (!rule) throw new Error(`${member.name} has a presence but no rule`);
  const extension = style.extend(rule, nullable);
  if (nested && !list) {
    const $ref = visit(nested());
    // never beside a description: older drafts, AsyncAPI's among them, read nothing beside a reference
    return nullable ? { anyOf: [{ $ref }, { type: 'null' }] } : { allOf: [{ $ref }] };
  }
  const plain = ({ schema }: Rule): JsonSchema => (style.extensionOnly ? {} : schema);
  const own = nullable && !style.extensionOnly ? orNull(rule.schema) : plain(rule);
  if (!list) return { ...own, ...extension };
  const items =
    nested && (!separate || style.describeSeparate)
      ? { $ref: visit(nested()) }
      : { ...plain(entries ?? object), ...style.extend(entries ?? object, false) };
  return { ...own, items, ...extension };
}

function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    type: [schema['type'], 'null'],
    ...(Array.isArray(schema['enum']) && { enum: [...(schema['enum'] as unknown[]), null] }),
  };
}

const asPublished = { extend: () => ({}), describeSeparate: true };

/** Definitions below a message, for a document that holds many; commands are closed, facts may grow. */
export function publishedDefinitions(
  contract: MessageContract,
  docs: Docstrings,
  pointer: string,
): Definitions {
  return definitionsOf(contract.payload, {
    ...asPublished,
    docs,
    pointer,
    closed: contract.kind === 'command',
  });
}

/** The JSON Schema (draft 2020-12) of a message's `data`, complete in itself. */
export function jsonSchemaOf(contract: MessageContract, docs: Docstrings = {}): JsonSchema {
  const { [schemaName(contract.payload)]: root, ...$defs } = publishedDefinitions(contract, docs, '#/$defs/');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:waybill:${contract.type}`,
    title: contract.type,
    ...root,
    ...(says($defs) && { $defs }),
  };
}
