import { type AnyUses, type FactType, only, type ReadBy, readingOf, type SentBy } from '@waybill/contracts';
import type { Fact, Target } from '@waybill/messaging';
import type { Reaction } from './reactions';

/** A command that a service has declared to send. */
export type CommandOf<U extends AnyUses> = {
  [Type in keyof U['sends'] & string]: {
    readonly type: Type;
    readonly target: Target;
    readonly data: SentBy<U, Type>;
  };
}[keyof U['sends'] & string];

/**
 * How a service makes its reactions: of a fact they are shown, and hold to its contract, what the service has declared to
 * read; a command takes with it what the service has declared to send. So the declaration is what is used, no more, no less.
 */
export const reactionsOf =
  <U extends AnyUses>(uses: U) =>
  <On extends keyof U['reads'] & FactType>(
    on: On,
    react: (fact: Fact<ReadBy<U, On>>) => readonly CommandOf<U>[],
  ): Reaction => {
    const { faultsOf, see } = readingOf(uses, on);
    return {
      on,
      faultsOf,
      react: (fact) =>
        react({ ...fact, data: see(fact.data) }).map(({ type, target, data }) => {
          const members = uses.sends[type];
          if (members === undefined)
            throw new Error(`${uses.service} does not declare that it sends ${type}`);
          return { type, target, data: only(members, data) as object };
        }),
    };
  };
