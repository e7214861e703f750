/** What must become of a message. Outcomes that come as a reply, and dead letters of messages that get none. */
export type Expectation =
  | {
      readonly outcome: 'accepted';
      /** It must come before the number that it names. Left out: it may. */
      readonly kept?: true;
    }
  | { readonly outcome: 'ignored'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly key: string }
  | { readonly outcome: 'dead-letter'; readonly kind: 'malformed' | 'refused'; readonly key?: string };

/** Services that take the commands of a run. */
export const commandServices = ['orders', 'shipments', 'claims'] as const;
export type CommandService = (typeof commandServices)[number];

/** A message that the player will send, with what must become of it. */
export interface PlannedMessage {
  /** Whose command topic it is for. */
  readonly service: CommandService;
  readonly key: string | null;
  readonly value: string | null;
  /** Business time, ISO 8601 UTC: messages are played in this order. */
  readonly at: string;
  /** Id of the command; a message that is no readable command has none. */
  readonly commandId?: string;
  /** Short name of the command, for people: `upsert-order`. */
  readonly name: string;
  /** What it says, in a few words. */
  readonly gist: string;
  /** Number of the order whose life it belongs to. */
  readonly orderNumber?: string;
  /** `row`: made from the data; `check`: looks for overdue parcels; `deliberate`: sent to show something. */
  readonly purpose: 'row' | 'check' | 'deliberate';
  readonly expected: Expectation;
  /** Id of a parcel that must have its number before this is sent. */
  readonly needsNumberOf?: string;
  /** Id of the parcel that gets its number by this. */
  readonly givesNumberTo?: string;
}

/** Puts messages in the order of their business times; those of one order keep the order in which they are given. */
export function inTimeOrder(messages: readonly PlannedMessage[]): PlannedMessage[] {
  return messages.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Adds a second copy of every `every`-th command that is accepted, right behind it: same id, another record. */
export function withDoubles(messages: readonly PlannedMessage[], every: number): PlannedMessage[] {
  let accepted = 0;
  return messages.flatMap((message) => {
    // an equal estimate changes nothing, whether it is the same message or not: nobody can tell which of both is said
    const canBeDoubled =
      message.expected.outcome === 'accepted' && message.name !== 'update-estimated-arrival';
    if (!canBeDoubled || ++accepted % every !== 0) return [message];
    const copy: PlannedMessage = {
      ...message,
      gist: 'the same message again',
      purpose: 'deliberate',
      expected: { outcome: 'ignored', reason: 'duplicate' },
    };
    return [message, copy];
  });
}
