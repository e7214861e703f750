import type { Outcome } from '@waybill/messaging';
import { issueText } from '../dead-letters/issue-text';
import type { SentMessage } from './command-sender';
import type { Comparison } from './comparison';
import type { FactLog, NotedFact } from './fact-log';
import type { LifeEntry, OutcomeCount, PlayReport, SetAside } from './play-report';
import type { ResultLog } from './result-log';
import { becauseOf, surprise } from './surprises';

export interface FinishedRun {
  readonly title: string;
  readonly shop: string;
  readonly hero: string;
  readonly sent: readonly SentMessage[];
  readonly results: ResultLog;
  readonly facts: FactLog;
  readonly isFresh: boolean;
  readonly check: Comparison;
  /** What else did not come out right. */
  readonly problems: readonly string[];
}

/** Puts together what a run has to say. */
export function reportOfRun(run: FinishedRun): PlayReport {
  const { sent, results, check } = run;
  const announced = sent.flatMap(({ correlationId }) =>
    factsOf(results.replies.get(correlationId)?.outcome, run.facts),
  );
  const surprises = [...run.problems, ...missingFacts(run), ...unexpected(run)];
  return {
    title: run.title,
    hero: `${run.shop}/${run.hero}`,
    life: lifeOf(run),
    sent: sent.length,
    outcomes: outcomeCounts(run),
    facts: counted(announced.map(({ type }) => type)).map(([type, count]) => ({ type, count })),
    newFacts: announced.length,
    deadLetters: setAside(run),
    speed: speedOf(run),
    check,
    surprises,
    ok: check.ok && surprises.length === 0,
  };
}

interface AnnouncedFact extends NotedFact {
  readonly sequence: number;
}

// a repeated command is answered without events, so no fact is counted for two commands
function factsOf(outcome: Outcome | undefined, facts: FactLog): AnnouncedFact[] {
  if (outcome?.outcome !== 'accepted') return [];
  return outcome.events.flatMap(({ sequence }) => {
    const fact = facts.fact(outcome.aggregate_id ?? '', sequence);
    return fact ? [{ ...fact, sequence }] : [];
  });
}

function missingFacts({ sent, results, facts }: FinishedRun): string[] {
  return sent.flatMap(({ message, correlationId }) => {
    const outcome = results.replies.get(correlationId)?.outcome;
    if (outcome?.outcome !== 'accepted') return [];
    const seen = factsOf(outcome, facts).length;
    return seen === outcome.events.length
      ? []
      : [`${message.commandId}: a fact of its reply was never published`];
  });
}

function unexpected({ sent, results, isFresh }: FinishedRun): string[] {
  return sent.flatMap(({ message, correlationId }) => {
    const reply = results.replies.get(correlationId)?.outcome;
    const deadLetter = results.deadLetters.get(correlationId);
    const sentence = reply
      ? surprise(message, { reply }, isFresh)
      : deadLetter && surprise(message, { deadLetter }, isFresh);
    return sentence ? [sentence] : [];
  });
}

function lifeOf({ sent, hero, results, facts }: FinishedRun): LifeEntry[] {
  return sent.flatMap(({ message, correlationId }) => {
    const outcome = results.replies.get(correlationId)?.outcome;
    if (message.orderNumber !== hero || !outcome) return [];
    const because = becauseOf(outcome);
    return [
      {
        at: message.at,
        command: message.name,
        gist: message.gist,
        outcome: outcome.outcome,
        ...(because ? { because } : {}),
        facts: factsOf(outcome, facts),
      },
    ];
  });
}

function outcomeCounts({ results }: FinishedRun): OutcomeCount[] {
  const outcomes = [...results.replies.values()].map(({ outcome }) => outcome);
  return (['accepted', 'ignored', 'refused'] as const).flatMap((outcome) =>
    counted(outcomes.filter((one) => one.outcome === outcome).map(becauseOf)).map(([because, count]) => ({
      outcome,
      because,
      count,
    })),
  );
}

function setAside({ sent, results }: FinishedRun): SetAside[] {
  return sent.flatMap(({ message, correlationId }) => {
    const letter = results.deadLetters.get(correlationId);
    if (!letter) return [];
    const [reason] = letter.reasons;
    const because = reason ? issueText(reason) : letter.key;
    return [{ kind: letter.kind, gist: message.gist, because }];
  });
}

function speedOf({ sent, results }: FinishedRun): PlayReport['speed'] {
  const rows = sent.filter(({ message }) => message.purpose === 'row');
  const waits = rows.flatMap(({ correlationId, sentMs }) => {
    const reply = results.replies.get(correlationId);
    return reply ? [{ sentMs, receivedMs: reply.receivedMs }] : [];
  });
  const first = Math.min(...waits.map(({ sentMs }) => sentMs));
  const last = Math.max(...waits.map(({ receivedMs }) => receivedMs));
  const times = waits
    .map(({ sentMs, receivedMs }) => Math.round(receivedMs - sentMs))
    .toSorted((a, b) => a - b);
  return {
    commands: waits.length,
    seconds: waits.length > 0 ? (last - first) / 1000 : 0,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    slowestMs: times.at(-1) ?? 0,
  };
}

/** Texts with how often each occurs, the most frequent first. */
function counted(texts: readonly string[]): [text: string, count: number][] {
  const groups = Map.groupBy(texts, (text) => text);
  return [...groups]
    .map(([text, { length }]): [string, number] => [text, length])
    .toSorted(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b));
}
