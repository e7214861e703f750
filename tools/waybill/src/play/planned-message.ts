/** What must become of a message. Outcomes that come as a reply, and dead letters of messages that get none. */
export type Expectation =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'ignored'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly key: string }
  | { readonly outcome: 'dead-letter'; readonly kind: 'malformed' | 'refused'; readonly key?: string };

/** A message that the player will send, with what must become of it. */
export interface PlannedMessage {
  readonly key: string;
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
  /** `row`: made from the data; `deliberate`: sent to see it ignored, refused or set aside. */
  readonly purpose: 'row' | 'deliberate';
  readonly expected: Expectation;
}

/** Puts messages in the order of their business times; those of one order keep the order in which they are given. */
export function inTimeOrder(messages: readonly PlannedMessage[]): PlannedMessage[] {
  return messages.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Adds a second copy of every `every`-th command that is accepted, right behind it: same id, another record. */
export function withDoubles(messages: readonly PlannedMessage[], every: number): PlannedMessage[] {
  let accepted = 0;
  return messages.flatMap((message) => {
    if (message.expected.outcome !== 'accepted' || ++accepted % every !== 0) return [message];
    const copy: PlannedMessage = {
      ...message,
      gist: 'the same message again',
      purpose: 'deliberate',
      expected: { outcome: 'ignored', reason: 'duplicate' },
    };
    return [message, copy];
  });
}
