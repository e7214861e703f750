import type { Target } from '@waybill/messaging';

/** A reference is resolved once: the decision under shop, source and id binds every copy of the message. */
export type RouteDecision =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'waits' }
  | { readonly kind: 'refused' };

export interface RouteRequest {
  /** Shop, source and id of the message. */
  readonly message: string;
  /** Which record (and redrive) asks; a refusal binds only copies of the same one. */
  readonly record: string;
  readonly found: Target | null;
  /** `first`: straight from the command topic. `late`: after waiting, or sent back by an operator. */
  readonly stage: 'first' | 'late';
  /** There is nothing left to wait for: what is not found now is refused. */
  readonly last: boolean;
  /** What is found can never become another one: nothing is remembered of it at `first`, but what was decided before binds it. */
  readonly fixed?: boolean;
}

export interface RouteStore {
  /** Inserts each decision unless one is in force; answers what is in force, in the order of `requests`. */
  decide(requests: readonly RouteRequest[]): Promise<readonly RouteDecision[]>;
}
