import type { ValidateFunction } from 'ajv';
import { allClassIssues } from '../class-issues';
import { compileSchema } from '../compiled-schema';
import { reportedIssues } from '../limits';
import type { Validator } from '../validation';
import type { AnyMembers } from './members';
import { touches } from './members';
import { classOfSource } from './uses';

/**
 * Validates of a fact what its reader uses and nothing else: a member that nobody reads may change or go without a reader
 * noticing. As with whole messages the compiled schema clears what is valid, and class-validator says what is wrong.
 */
export function usedValidator(source: string, members: AnyMembers): Validator {
  const target = classOfSource(source);
  let isValid: ValidateFunction | undefined;
  return (value, at = ['data']) => {
    isValid ??= compileSchema(target, false, members);
    if (isValid(value)) return [];
    return allClassIssues(target, value, 'tolerated', at)
      .filter(({ loc }) => touches(members, loc.slice(at.length)))
      .slice(0, reportedIssues);
  };
}
