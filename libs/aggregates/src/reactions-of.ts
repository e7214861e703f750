import {
  type AnyMembers,
  type AnyUses,
  type FactType,
  only,
  type ReadBy,
  type SentBy,
  usedValidator,
} from '@waybill/contracts';
import type { Fact, Target } from '@waybill/messaging';
import type { Reaction } from './reactions';

/** A command that a service has declared to send. */
export type CommandOf<U extends AnyUses> = {
  [Type in keyof U['sends']]: {
    readonly type: Type;
    readonly target: Target;
    readonly data: SentBy<U, Type>;
  };
}[keyof U['sends']];

/**
 * How a service makes its reactions: of a fact they are shown, and hold to its contract, what the service has declared to
 * read; a command takes with it what the service has declared to send. So the declaration is what is used, no more, no less.
 */
export const reactionsOf =
  <U extends AnyUses>({ reads, sends }: U) =>
  <On extends keyof U['reads'] & FactType>(
    on: On,
    react: (fact: Fact<ReadBy<U, On>>) => readonly CommandOf<U>[],
  ): Reaction => {
    const members = declared(reads, on);
    return {
      on,
      faultsOf: usedValidator(on, members),
      react: (fact) =>
        react({ ...fact, data: only(members, fact.data) as ReadBy<U, On> }).map(({ type, target, data }) => ({
          type: String(type),
          target,
          data: only(declared(sends, String(type)), data) as object,
        })),
    };
  };

function declared(members: Readonly<Record<string, AnyMembers | undefined>>, name: string): AnyMembers {
  const found = members[name];
  if (found === undefined) throw new Error(`${name} is not declared`);
  return found;
}
