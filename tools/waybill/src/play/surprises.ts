import type { DeadLetter, Outcome } from '@waybill/messaging';
import type { Expectation, PlannedMessage } from './planned-message';

/** What came back of one message: a reply, or its dead letter. */
export type Result =
  | { readonly reply: Outcome; readonly deadLetter?: undefined }
  | { readonly reply?: undefined; readonly deadLetter: Pick<DeadLetter, 'kind' | 'key'> };

/**
 * A sentence when a message came out in another way than expected. In a system that was used before (`isFresh` false) a
 * row may have been played already: its command is then a duplicate, or changes nothing.
 */
export function surprise(message: PlannedMessage, result: Result, isFresh: boolean): string | undefined {
  const [wanted, got] = [told(message.expected), toldResult(result)];
  const played =
    !isFresh &&
    message.expected.outcome === 'accepted' &&
    ['ignored duplicate', 'ignored nothing_changed'].includes(got);
  if (matches(message.expected, got) || played) return undefined;
  return `${message.commandId ?? message.gist}: ${got}, wanted ${wanted}`;
}

function matches(expected: Expectation, got: string): boolean {
  const wanted = told(expected);
  const isOpen = (expected.outcome === 'dead-letter' && !expected.key) || wanted === 'accepted';
  return got === wanted || (isOpen && got.startsWith(`${wanted} `));
}

function told(expected: Expectation): string {
  if (expected.outcome === 'dead-letter')
    return `dead letter ${expected.kind} ${expected.key ?? ''}`.trimEnd();
  if (expected.outcome === 'accepted') return expected.kept ? 'accepted kept' : 'accepted';
  return `${expected.outcome} ${expected.outcome === 'ignored' ? expected.reason : expected.key}`;
}

function toldResult({ reply, deadLetter }: Result): string {
  if (!reply) return `dead letter ${deadLetter.kind} ${deadLetter.key}`;
  return `${reply.outcome} ${becauseOf(reply)}`.trimEnd();
}

/** Reason of an ignored, key of a refused command; `kept` or nothing for an accepted one. */
export function becauseOf(outcome: Outcome): string {
  if (outcome.outcome === 'ignored') return outcome.reason;
  if (outcome.outcome === 'refused') return outcome.key;
  return outcome.kept ? 'kept' : '';
}
