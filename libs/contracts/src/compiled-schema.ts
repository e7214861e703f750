import { _, Ajv, type KeywordCxt, type ValidateFunction } from 'ajv';
import { definitionsOf, schemaName, type SchemaStyle } from './json-schema';
import type { Constructor } from './rules/member-registry';
import type { Check } from './rules/rule';
import type { AnyMembers } from './uses/members';
import { inlined, usedSchema } from './uses/used-schema';

interface Held {
  readonly checks: readonly Check[];
  readonly nullable: boolean;
}

/** Puts a call of the checks into the code that Ajv makes, which is all that it costs then. */
function holdsCode(cxt: KeywordCxt): void {
  const { gen, data, it } = cxt;
  const { checks, nullable } = cxt.schema as Held;
  const holds = (value: unknown, owner: object | undefined): boolean => {
    if (nullable && value === null) return true;
    for (const check of checks) if (!check.holds(value, owner ?? {})) return false;
    return true;
  };
  cxt.pass(_`${gen.scopeValue('obj', { ref: holds })}(${data}, ${it.parentData})`);
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
  ajv.addKeyword({ keyword: 'holds', code: holdsCode });
  const style: SchemaStyle = {
    closed,
    describeSeparate: false,
    // the checks are exact, and looking twice is dear
    extensionOnly: true,
    extend: ({ checks }, nullable) => ({ holds: { checks, nullable } satisfies Held }),
  };
  const $defs = definitionsOf(target, style);
  const whole = { $ref: `#/$defs/${schemaName(target)}` };
  return ajv.compile(
    members === true ? { $defs, ...whole } : usedSchema(inlined(whole, $defs), members, 'reads'),
  );
}
