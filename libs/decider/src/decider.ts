import type { Decision } from './decision';

/** The three types that make an aggregate, bundled so that functions need one type parameter. */
export interface AggregateTypes {
  state: unknown;
  command: unknown;
  event: unknown;
}

/** What a decision may know of other documents: the derived unique keys that another living document holds. */
export interface Others {
  readonly taken: ReadonlySet<string>;
}

export const nobody: Others = { taken: new Set() };

/** A pure core: no I/O, no clock, no randomness. Time and ids come in with the command; `null` is an aggregate that does not exist. */
export interface Decider<T extends AggregateTypes> {
  decide(state: T['state'] | null, command: T['command'], others: Others): Decision<T['event']>;
  evolve(state: T['state'] | null, event: T['event']): T['state'];
}

/** The state after `events`, from `state` on. */
export function fold<T extends AggregateTypes>(
  decider: Decider<T>,
  state: T['state'] | null,
  events: readonly T['event'][],
): T['state'] | null {
  return events.reduce<T['state'] | null>((current, event) => decider.evolve(current, event), state);
}
