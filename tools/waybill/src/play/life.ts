import type { SentMessage } from './command-sender';
import type { FactLog, NotedFact } from './fact-log';
import type { PlannedMessage } from './planned-message';
import type { LifeEntry, LifeFact } from './play-report';
import type { ResultLog } from './result-log';
import { becauseOf } from './surprises';

/** Messages of one order in the order of their times, each with the facts that came of it, in its parcels too. */
export function lifeOf(
  orderNumber: string,
  sent: readonly SentMessage[],
  results: ResultLog,
  facts: FactLog,
): LifeEntry[] {
  const told = sent
    .filter(({ message }) => message.orderNumber === orderNumber)
    .toSorted((a, b) => Date.parse(a.message.at) - Date.parse(b.message.at));
  const changing = told.flatMap(({ message, correlationId }) =>
    results.replies.get(correlationId)?.outcome.outcome === 'accepted' ? [message] : [],
  );
  const came = Map.groupBy(
    facts.factsOf(orderNumber).filter(({ isNew }) => isNew),
    (fact) => messageOf(fact, changing),
  );
  return told.flatMap(({ message, correlationId }) => {
    const outcome = results.replies.get(correlationId)?.outcome;
    if (!outcome) return [];
    const because = becauseOf(outcome);
    return [
      {
        at: message.at,
        service: message.service,
        command: message.name,
        gist: message.gist,
        outcome: outcome.outcome,
        ...(because ? { because } : {}),
        facts: (came.get(message) ?? []).map(lifeFact),
      },
    ];
  });
}

/** What a kept scan changes happens when its number is attached, at that time: there it is told. */
function messageOf(
  { cause, timeMs }: NotedFact,
  messages: readonly PlannedMessage[],
): PlannedMessage | undefined {
  const then = messages.filter(({ at }) => Date.parse(at) === timeMs);
  return (
    then.find(({ commandId }) => commandId === cause) ??
    then[0] ??
    messages.find(({ commandId }) => commandId === cause)
  );
}

const lifeFact = ({ ordinal, sequence, type, tale }: NotedFact): LifeFact => ({
  ...(ordinal === undefined ? {} : { ordinal }),
  sequence,
  type,
  tale,
});
