import type { Refused } from '@waybill/decider';
import type { Target } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { ResolvedTarget } from './hand-on';
import type { Waiting } from './kept-store';

/** One command of a bulk; `refusal` is set where the item itself is not valid, it is then answered without being handed on. */
export interface RoutedItem {
  readonly type: string;
  readonly data: object;
  readonly refusal?: Refused;
}

/** A command by reference: its target must be looked up first. */
export interface ReferenceRoute {
  readonly to: 'reference';
  /** Once it is found, it can never become another one. */
  readonly fixed?: boolean;
  /** An unknown one is refused at once: false. Else it waits in the retry topics first. */
  readonly wait?: boolean;
  /** It is kept until its place is taken, instead of waiting in the retry topics; `full` when too many are. */
  readonly keep?: Waiting & { readonly full: Refused };
}

export type Route =
  | { readonly to: 'target'; readonly target: Target }
  | ReferenceRoute
  | { readonly to: 'items'; readonly items: readonly RoutedItem[] }
  | { readonly to: 'refused'; readonly refusal: Refused };

export interface CommandRouter {
  /** Pure: what the command alone says about its target. */
  route(message: CommandMessage): Route;
  /** Looks references up, all in one or two queries, same order; `null`: not there (yet). */
  resolve(messages: readonly CommandMessage[]): Promise<readonly (ResolvedTarget | null)[]>;
  /** What is said when a reference does not turn up within the bounded time. */
  missing(message: CommandMessage): Refused;
}
