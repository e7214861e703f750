import { isDeepStrictEqual } from 'node:util';
import type { Effect, Reply } from './effects';
import type { Fact } from './facts';
import type { Sent } from './sent';
import type { Verdict } from './verdict';

/** Checks one command as its sender sees it: one effect, one truthful outcome, told to whoever asked. */
export function checkCommand(sent: Sent, effect: Effect, verdict: Verdict): void {
  const say: Verdict['say'] = (column, text) => verdict.say(column, `command ${sent.id}: ${text}`);
  if (effect.copies === 0) say('lost', 'was acknowledged and is not in its topic');
  checkFacts(effect.facts, say);
  checkLetters(sent, effect, say);
  if (sent.asks) checkReplies(sent, effect, say);
  else if (effect.replies.size > 0) say('wrong', 'was answered without asking');
  checkMust(sent, effect, say);
  const { says } = sent;
  const isSaid = ({ data }: Fact) => JSON.stringify(data).includes(JSON.stringify(says));
  if (says !== undefined && effect.facts.length > 0 && !effect.facts.some(isSaid))
    say('wrong', `was applied, and nothing says ${says}`);
}

type Say = Verdict['say'];

/** One application makes neighbouring facts of one aggregate, of each type at most one (one dispatch for each parcel). */
export function checkFacts(facts: readonly Fact[], say: Say): void {
  const [first] = facts;
  if (!first) return;
  const names = facts.map(({ id }) => id).join(', ');
  const subjects = new Set(facts.map(({ subject }) => subject));
  if (subjects.size > 1) return say('doubled', `changed ${subjects.size} aggregates: ${names}`);
  const isOnce = facts.every(({ sequence }, i) => sequence === first.sequence + i);
  if (!isOnce) return say('doubled', `was applied at several times: ${names}`);
  const kinds = facts.map(
    ({ type, data }) => `${type} ${type.includes('dispatched') ? String(data.shipment_id) : ''}`,
  );
  if (new Set(kinds).size < kinds.length) say('doubled', `was applied twice: ${names}`);
}

function checkLetters({ asks, waits }: Sent, { copies, facts, replies, letters }: Effect, say: Say): void {
  const wasKept = [...replies.values()].some(({ kept }) => kept);
  const refused = [...letters].filter(([, kind]) => kind === 'refused').map(([id]) => id);
  const failed = [...letters].filter(([, kind]) => kind === 'failed').map(([id]) => id);
  if (letters.size > copies) say('doubled', `has ${letters.size} dead letters for ${copies} records`);
  if (failed.length > 0) say('wrong', `failed: ${failed.join(', ')}`);
  // what becomes of a kept scan is no second reply
  if (asks && refused.length > 0 && !wasKept)
    say('wrong', `was refused by a dead letter although it asked for a reply: ${refused.join(', ')}`);
  if (!waits && copies === 1 && refused.length > 0 && facts.length > 0)
    say('wrong', `was refused and applied: ${refused.join(', ')}`);
}

function checkReplies({ echoes, waits }: Sent, { copies, facts, replies, letters }: Effect, say: Say): void {
  const texts = [...replies.keys()].join(' ');
  const all = [...replies.values()];
  const wasKept = all.some(({ kept }) => kept);
  const answers = all.filter((reply) => !isDuplicate(reply) && !reply.kept);
  const accepted = answers.filter(({ outcome }) => outcome === 'accepted');
  const hasFailed = [...letters.values()].includes('failed');
  const isAnswered = answers.length > 0 || wasKept || hasFailed || (echoes && all.length > 0);
  if (!isAnswered) say('lost', `has no outcome: ${all.length === 0 ? 'no reply' : texts}`);
  if (answers.length > copies || accepted.length > 1)
    say('doubled', `has ${answers.length} outcomes for ${copies} records: ${texts}`);
  if (wasKept && !waits) say('wrong', `was kept: ${texts}`);
  if (facts.length > 0 && accepted.length === 0 && !wasKept && !hasFailed)
    say('wrong', `was applied but never said to be accepted: ${texts}`);
  for (const reply of accepted)
    if (!isTrue(reply, facts)) say('wrong', `was told ${JSON.stringify(reply)}, which is not so`);
}

const isDuplicate = ({ outcome, reason }: Reply): boolean => outcome === 'ignored' && reason === 'duplicate';

function isTrue({ aggregate_id, sequence, events = [] }: Reply, facts: readonly Fact[]): boolean {
  const last = facts.at(-1);
  const said = events.map((event) => `${event.sequence} ${event.type}`);
  const happened = facts.map((fact) => `${fact.sequence} ${fact.type}`);
  return last?.subject === aggregate_id && last?.sequence === sequence && isDeepStrictEqual(said, happened);
}

function checkMust({ must }: Sent, { facts, replies, letters }: Effect, say: Say): void {
  const isRefused =
    [...replies.values()].some(({ outcome }) => outcome === 'refused') ||
    [...letters.values()].some((kind) => kind !== 'failed');
  if (must === 'change' && facts.length === 0)
    say('lost', `had to change its aggregate and left no fact: ${[...replies.keys()].join(' ')}`);
  if (must === 'be refused' && facts.length > 0) say('wrong', 'had to be refused and was applied');
  if (must === 'be refused' && !isRefused) say('lost', 'had to be refused and nothing was said');
}
