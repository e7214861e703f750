import type { ValidateFunction } from 'ajv';
import type { Issue } from '@waybill/decider';
import { classIssues, type Loc, type UnknownMembers } from './class-issues';
import { compileSchema } from './compiled-schema';
import type { MessageContract } from './message-contract';
import { BulkItemDto } from './orders/order-commands.dto';
import type { Constructor } from './rules/member-registry';

/** Gives the issues of a value that came as JSON, [] when it is valid. `at` is where the value lies, `['data']` unless told. */
export type Validator = (value: unknown, at?: Loc) => Issue[];

/**
 * Validates values of one contract class. The compiled schema clears what is valid; for the rest class-validator has the last
 * word and says what is wrong. The schema rests on the same predicates, so it never accepts what class-validator refuses.
 * It never throws, whatever the JSON holds, and lists at most {@link reportedIssues}.
 */
export function validatorOfClass(target: Constructor, unknownMembers: UnknownMembers): Validator {
  const closed = unknownMembers === 'refused';
  let isValid: ValidateFunction | undefined;
  return (value, at = ['data']) => {
    isValid ??= compileSchema(target, closed);
    return isValid(value) ? [] : classIssues(target, value, unknownMembers, at);
  };
}

const validators = new Map<MessageContract, Validator>();

/** The validator of a message's `data`: strict in for commands, tolerant in for facts. Compiled on its first use. */
export function validatorOf(contract: MessageContract): Validator {
  const known = validators.get(contract);
  if (known) return known;
  const made = validatorOfClass(contract.payload, contract.kind === 'command' ? 'refused' : 'tolerated');
  validators.set(contract, made);
  return made;
}

/**
 * Validates one item of `bulk-fulfil-orders`, of which the message's own validator only checked that it is an object.
 * `at` is where the issues lie: `['data']` for the item as a message of its own, `['body', 3]` for entry 3 of an HTTP body.
 */
export const validateBulkItem: Validator = validatorOfClass(BulkItemDto, 'refused');
