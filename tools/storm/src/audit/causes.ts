import { checkFacts } from './answers';
import type { Effects } from './effects';
import type { Facts } from './facts';
import type { Verdict } from './verdict';

/**
 * Checks what came of commands that no caller has sent: each must come of one fact, for the aggregate that it has changed,
 * and has one effect like any other. None of them may be refused: orders and parcels agree with each other.
 */
export function checkCauses(
  isSent: (id: string) => boolean,
  effects: Effects,
  upstream: readonly Facts[],
  verdict: Verdict,
): void {
  const known = new Set(upstream.flatMap((facts) => [...facts.values()].flat()).map(({ id }) => id));
  for (const [id, { facts, replies, letters }] of effects) {
    if (isSent(id)) continue;
    const say: Verdict['say'] = (column, text) => verdict.say(column, `${id}: ${text}`);
    const at = id.lastIndexOf('/');
    const [cause, target] = [id.slice(0, at), id.slice(at + 1)];
    const isReaction = known.has(cause) && facts.every(({ subject }) => subject === target);
    if (!isReaction)
      say('wrong', `nobody has sent it, and it has ${facts.length} facts, ${replies.size} replies`);
    else if (replies.size > 0) say('wrong', 'was answered, and nobody asked');
    for (const [letter, kind] of letters) say('wrong', `${kind}: ${letter}`);
    checkFacts(facts, say);
  }
}
