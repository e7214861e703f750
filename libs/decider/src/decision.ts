/** One faulty place of a message: `loc` starts with `data`, `body`, `query` or `path`; `type` names the constraint or, for a business rule, the error key. */
export interface Issue {
  readonly loc: readonly (string | number)[];
  readonly field: string;
  readonly msg: string;
  readonly type: string;
}

export type IgnoredReason =
  | 'nothing_changed'
  | 'duplicate'
  | 'stale'
  | 'already_cancelled'
  | 'already_deleted';

export interface Accepted<Event> {
  readonly outcome: 'accepted';
  readonly events: readonly Event[];
}

export interface Ignored {
  readonly outcome: 'ignored';
  readonly reason: IgnoredReason;
  /** Deciding the same command again could never be accepted, whatever happens in between. */
  readonly final: boolean;
}

export interface Refused {
  readonly outcome: 'refused';
  readonly key: string;
  readonly message: string;
  readonly errors: readonly Issue[];
  /** The decision read more than its own aggregate (a unique value, a copy), so it cannot be repeated from the aggregate alone. */
  readonly readsOthers: boolean;
}

/** What a decider answers. There is no fourth case, and no exception for a business rule. */
export type Decision<Event> = Accepted<Event> | Ignored | Refused;

export const accepted = <Event>(events: readonly Event[]): Accepted<Event> => ({
  outcome: 'accepted',
  events,
});

export const ignored = (reason: IgnoredReason): Ignored => ({ outcome: 'ignored', reason, final: false });

/** For a command that is superfluous for good: the event is recorded, the aggregate exists or has ended. */
export const ignoredForGood = (reason: IgnoredReason): Ignored => ({
  outcome: 'ignored',
  reason,
  final: true,
});

export const refused = (key: string, message: string, errors: readonly Issue[] = []): Refused => ({
  outcome: 'refused',
  key,
  message,
  errors,
  readsOthers: false,
});

/** A refusal that rests on another document, for instance on the holder of a unique value. */
export const refusedByOthers = (key: string, message: string, errors: readonly Issue[] = []): Refused => ({
  ...refused(key, message, errors),
  readsOthers: true,
});
