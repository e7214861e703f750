import type { Refused } from '@waybill/decider';
import type { Target } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';

/** One command of a bulk; `refusal` is set where the item itself is not valid, it is then answered without being handed on. */
export interface RoutedItem {
  readonly type: string;
  readonly data: object;
  readonly refusal?: Refused;
}

/** Where a command goes. `reference`: its target must be looked up first; `fixed` where it can never become another one once it is found. */
export type Route =
  | { readonly to: 'target'; readonly target: Target }
  | { readonly to: 'reference'; readonly fixed?: boolean }
  | { readonly to: 'items'; readonly items: readonly RoutedItem[] }
  | { readonly to: 'refused'; readonly refusal: Refused };

export interface CommandRouter {
  /** Pure: what the command alone says about its target. */
  route(message: CommandMessage): Route;
  /** Looks references up, all in one or two queries, same order; `null`: not there (yet). */
  resolve(messages: readonly CommandMessage[]): Promise<readonly (Target | null)[]>;
  /** What is said when a reference does not turn up within the bounded time. */
  missing(message: CommandMessage): Refused;
}
