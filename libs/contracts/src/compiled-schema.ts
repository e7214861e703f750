import { Ajv, type ValidateFunction } from 'ajv';
import { definitionsOf, schemaName, type SchemaStyle } from './json-schema';
import type { Constructor } from './rules/member-registry';
import type { Check } from './rules/rule';
import type { AnyMembers } from './uses/members';
import { inlined, usedSchema } from './uses/used-schema';

interface Held {
  readonly checks: readonly Check[];
  readonly nullable: boolean;
}

/**
 * The schema of a class as a function that says yes or no. It rests on the same predicates as class-validator. With
 * `members` it looks at those alone.
 */
export function compileSchema(
  target: Constructor,
  closed: boolean,
  members: AnyMembers = true,
): ValidateFunction {
  const ajv = new Ajv({ strictRequired: false, strictTypes: false, validateFormats: false });
  ajv.addKeyword({
    keyword: 'holds',
    errors: false,
    validate: ({ checks, nullable }: Held, value: unknown, _: unknown, place?: { parentData: object }) =>
      (nullable && value === null) || checks.every((check) => check.holds(value, place?.parentData ?? {})),
  });
  const style: SchemaStyle = {
    closed,
    describeSeparate: false,
    extend: ({ checks }, nullable) => ({ holds: { checks, nullable } satisfies Held }),
  };
  const $defs = definitionsOf(target, style);
  const whole = { $ref: `#/$defs/${schemaName(target)}` };
  return ajv.compile(
    members === true ? { $defs, ...whole } : usedSchema(inlined(whole, $defs), members, 'reads'),
  );
}
