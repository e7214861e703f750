import type { Outcome } from '@waybill/messaging';
import { issueText } from '../dead-letters/issue-text';
import type { SentMessage } from './command-sender';
import type { ShownReport } from '../report/report-screen';
import type { Comparison } from './comparison';
import type { FactLog, NotedFact } from './fact-log';
import { differencesOf, type FiguresCheck } from './figures-check';
import type { FinalState } from './final-state';
import { lifeOf } from './life';
import { commandServices } from './planned-message';
import type { FactCount, OutcomeCount, PlayReport, SetAside } from './play-report';
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
  readonly figures?: FiguresCheck;
  readonly reports: readonly ShownReport[];
  readonly finalState: FinalState;
  /** When nothing of the rows was on its way any more. */
  readonly restMs: number;
  /** What else did not come out right. */
  readonly problems: readonly string[];
}

/** Puts together what a run has to say. */
export function reportOfRun(run: FinishedRun): PlayReport {
  const { sent, results, check, figures, hero, facts } = run;
  const surprises = [...run.problems, ...missingFacts(run), ...unexpected(run)];
  const counts = factCounts(facts);
  return {
    title: run.title,
    hero: `${run.shop}/${hero}`,
    life: lifeOf(hero, sent, results, facts),
    sent: sentBy(sent),
    outcomes: outcomeCounts(run),
    facts: counts,
    newFacts: counts.reduce((sum, { count }) => sum + count, 0),
    deadLetters: setAside(run),
    speed: speedOf(run),
    check,
    ...(figures && { figures }),
    reports: run.reports,
    finalState: run.finalState,
    surprises,
    ok: check.ok && surprises.length === 0 && differencesOf(figures).length === 0,
  };
}

function sentBy(sent: readonly SentMessage[]): PlayReport['sent'] {
  const of = (wanted: string) => sent.filter(({ message: { service } }) => service === wanted).length;
  return { orders: of('orders'), shipments: of('shipments'), claims: of('claims') };
}

function factCounts(facts: FactLog): FactCount[] {
  const fresh = facts.newFacts();
  return commandServices.flatMap((service) =>
    counted(fresh.filter((fact) => fact.service === service).map(({ type }) => type)).map(
      ([type, count]) => ({ service, type, count }),
    ),
  );
}

function announcedFacts(outcome: Outcome | undefined, facts: FactLog): NotedFact[] {
  if (outcome?.outcome !== 'accepted') return [];
  return outcome.events.flatMap(({ sequence }) => facts.fact(outcome.aggregate_id ?? '', sequence) ?? []);
}

function missingFacts({ sent, results, facts }: FinishedRun): string[] {
  return sent.flatMap(({ message, correlationId }) => {
    const outcome = results.replies.get(correlationId)?.outcome;
    if (outcome?.outcome !== 'accepted') return [];
    return announcedFacts(outcome, facts).length === outcome.events.length
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

function outcomeCounts({ sent, results }: FinishedRun): OutcomeCount[] {
  return commandServices.flatMap((service) => {
    const outcomes = sent.flatMap(({ message, correlationId }) => {
      const outcome = results.replies.get(correlationId)?.outcome;
      return outcome && message.service === service ? [outcome] : [];
    });
    return (['accepted', 'ignored', 'refused'] as const).flatMap((outcome) =>
      counted(outcomes.filter((one) => one.outcome === outcome).map(becauseOf)).map(([because, count]) => ({
        service,
        outcome,
        because,
        count,
      })),
    );
  });
}

function setAside({ sent, results }: FinishedRun): SetAside[] {
  return sent.flatMap(({ message, correlationId }) => {
    const letter = results.deadLetters.get(correlationId);
    if (!letter) return [];
    const [reason] = letter.reasons;
    const because = reason ? issueText(reason) : letter.key;
    return [{ service: message.service, kind: letter.kind, gist: message.gist, because }];
  });
}

function speedOf({ sent, results, restMs }: FinishedRun): PlayReport['speed'] {
  const rows = sent.filter(({ message, sentMs }) => message.purpose === 'row' && sentMs < restMs);
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
    restSeconds: waits.length > 0 ? (restMs - first) / 1000 : 0,
  };
}

/** Texts with how often each occurs, the most frequent first. */
function counted(texts: readonly string[]): [text: string, count: number][] {
  const groups = Map.groupBy(texts, (text) => text);
  return [...groups]
    .map(([text, { length }]): [string, number] => [text, length])
    .toSorted(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b));
}
