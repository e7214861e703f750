import type { Validator } from '../validation';
import { only } from './members';
import { usedValidator } from './used-validation';
import type { AnyUses, ReadBy, Source } from './uses';

/** How a service takes what it reads from one source: it sees what it has declared, and holds that to its contract. */
export interface Reading<Data = unknown> {
  /** What is wrong with the part of the data that is used. */
  readonly faultsOf: Validator;
  /** That part. */
  readonly see: (data: unknown) => Data;
}

/** The only way to the data of a fact that has a type. */
export function readingOf<U extends AnyUses, From extends keyof U['reads'] & Source>(
  { reads, service }: U,
  from: From,
): Reading<ReadBy<U, From>> {
  const members = reads[from];
  if (members === undefined) throw new Error(`${service} does not declare that it reads ${from}`);
  return {
    faultsOf: usedValidator(from, members),
    see: (data) => only(members, data) as ReadBy<U, From>,
  };
}
