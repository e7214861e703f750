import type { ServiceEvidence } from '../evidence/evidence';
import type { TopicRecord } from '../evidence/topic-record';
import type { Fact, Facts } from './facts';
import type { Verdict } from './verdict';

export interface Reply {
  readonly outcome: 'accepted' | 'ignored' | 'refused';
  readonly reason?: string;
  readonly aggregate_id?: string;
  readonly sequence?: number;
  readonly events?: readonly { readonly type: string; readonly sequence: number }[];
  readonly item?: number;
  readonly kept?: true;
}

/** What came of one command, repeats taken out. */
export interface Effect {
  /** Records of callers that carry it. */
  copies: number;
  readonly facts: Fact[];
  /** By their text. */
  readonly replies: Map<string, Reply>;
  /** Kind by id. */
  readonly letters: Map<string, string>;
}

export type Effects = ReadonlyMap<string, Effect>;

/** Sorts all that a service has left behind by the command that it came of, by nothing but what the messages say. */
export function effectsOf(evidence: ServiceEvidence, facts: Facts, verdict: Verdict): Effects {
  const effects = new Map<string, Effect>();
  const effectOf = (id: string): Effect => {
    const known = effects.get(id) ?? { copies: 0, facts: [], replies: new Map(), letters: new Map() };
    effects.set(id, known);
    return known;
  };
  for (const id of evidence.commands.flatMap(sentIds)) effectOf(id).copies += 1;
  for (const fact of [...facts.values()].flat()) effectOf(fact.causationid).facts.push(fact);
  for (const { value, headers } of evidence.replies) {
    const text = String(value);
    const reply = JSON.parse(text) as Reply;
    const asked = headers['kafka_correlationId'] ?? '';
    const { replies } = effectOf(reply.item === undefined ? asked : `${asked}/${reply.item}`);
    if (replies.has(text)) verdict.repeats += 1;
    replies.set(text, reply);
  }
  for (const { value, headers } of evidence.deadLetters) {
    const { letters } = effectOf(commandOf(String(value), headers));
    const id = headers['waybill-dl-id'] ?? '';
    const kind = headers['waybill-dl-kind'] ?? '';
    const known = letters.get(id);
    if (known !== undefined) verdict.repeats += 1;
    if (known !== undefined && known !== kind)
      verdict.say('wrong', `the dead letter ${id} is ${known} and ${kind}`);
    letters.set(id, kind);
  }
  return effects;
}

/** Ids of the commands in a caller's record; none in one that a service has handed on to itself. */
export function sentIds({ value, headers }: TopicRecord): string[] {
  if (headers['waybill-origin'] !== undefined) return [];
  const text = String(value);
  const envelope = envelopeOf(text);
  if (!envelope) return [text];
  const { id, data } = envelope;
  const items = data?.['items'];
  return Array.isArray(items) ? items.map((_, i) => `${id}/${i}`) : [id];
}

export function envelopeOf(
  text: string,
): { id: string; type: string; data?: Record<string, unknown> } | undefined {
  try {
    return JSON.parse(text) as { id: string; type: string; data?: Record<string, unknown> };
  } catch {
    return undefined;
  }
}

/** Text that is no envelope stands for itself. An item of a bulk may be kept as the whole bulk, or split from it. */
function commandOf(text: string, headers: TopicRecord['headers']): string {
  const id = envelopeOf(text)?.id;
  if (id === undefined) return text;
  const item = headers['waybill-dl-items'] === undefined ? undefined : headers['waybill-dl-item'];
  return item === undefined || id.endsWith(`/${item}`) ? id : `${id}/${item}`;
}
