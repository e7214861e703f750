import { readDeadLetter, type StoredDeadLetter } from '@waybill/messaging';
import { askedBy } from './answer-watch';
import { commandIds, commandOf, type Evidence } from './oracle';
import { nameKey, sampleCommand, sampleDecider } from './sample-aggregate';
import { topics } from './topics';
import { isStrict } from './weather';
import type { SentCommand, World } from './world';

interface Reply {
  readonly outcome: string;
  readonly kept?: boolean;
  readonly reason?: string;
  readonly key?: string;
  readonly aggregate_id?: string;
  readonly sequence?: number;
  readonly events?: readonly { readonly type: string; readonly sequence: number }[];
}

const isDuplicate = ({ outcome, reason }: Reply): boolean => outcome === 'ignored' && reason === 'duplicate';

/**
 * Every record of a command has exactly one outcome that is not `duplicate`, and what its sender is told is true. What
 * failed was sent back by the operator in the end, so it has one too. Who asks for no reply finds a refusal in the dead
 * letters.
 */
export function checkAnswers(world: World, evidence: Evidence, found: string[]): void {
  const { effects } = evidence;
  const replies = readReplies(world);
  const letters = readLetters(world);
  for (const id of commandIds(world)) {
    const command = commandOf(world, id);
    const records = world.records.filter(
      ({ id: sent }) => sent === (world.sent.has(id) ? id : id.split('/')[0]),
    );
    const asking = records.filter(({ isSilent }) => !isSilent).map(({ copy }) => `${id}#${copy}`);
    const answers = asking.flatMap((copy) => replies.get(copy) ?? []);
    // what one release fails or ignores another may accept, and each sender hears of both
    if (world.plan.weather.releases && ('poison' in command.data || 'debated' in command.data)) continue;
    for (const copy of asking) checkOne(world, copy, command, replies.get(copy) ?? [], found);
    // a second copy of one that is kept is a duplicate of that
    if (command.type === 'samples.scan.v1' && asking.length === 1)
      checkTold(world, asking[0] ?? '', answers, found);
    for (const reply of answers) checkTruth(world, id, reply, evidence, found);
    if (asking.length === 0) {
      if (neverIgnored.has(command.type) && !effects.has(id) && !letters.has(id))
        found.push(`${id} was neither applied nor set aside`);
      continue;
    }
    checkEffect(id, command.type, answers, effects, found);
  }
}

const neverIgnored = new Set(['samples.append.v1', 'samples.append-if.v1', 'samples.create.v1']);

function checkOne(
  { plan }: World,
  copy: string,
  { type, data }: SentCommand,
  answers: readonly Reply[],
  found: string[],
): void {
  // after a crash a sender may see `kept` and then what became of it
  const final = answers.filter((answer) => !isDuplicate(answer) && !answer.kept);
  // a refusal is not written: after another release has changed something it is the same refusal, of a later state
  const real = new Set(
    final.map((answer) =>
      JSON.stringify(plan.weather.releases ? { ...answer, sequence: undefined } : answer),
    ),
  );
  if (real.size > 1) found.push(`${copy} was told ${real.size} outcomes: ${[...real].join(' ')}`);
  if (answers.length === 0) found.push(`${copy} was never answered`);
  // a scan that was kept, sent on and applied before its sender was told is a duplicate when its record comes again;
  // so is the second copy of one that failed or is parked, until its redrive has an outcome
  const mayBeEarly = type === 'samples.scan.v1' || 'poison' in data || plan.weather.parks;
  if (!mayBeEarly && answers[0] && isDuplicate(answers[0]) && real.size > 0)
    found.push(`${copy} was a duplicate before it had an outcome`);
}

/**
 * Of a scan that is kept nobody is told later what became of it, so `duplicate` alone is no answer. Where workers run
 * ahead of their commits by more than the real ones do, it will do for one that was applied.
 */
function checkTold(
  { answers: watch, plan }: World,
  copy: string,
  answers: readonly Reply[],
  found: string[],
): void {
  const isRight = !isStrict(plan.weather) && watch.wasDuplicate(copy);
  if (answers.length > 0 && answers.every(isDuplicate) && !isRight)
    found.push(`${copy} was told to be a duplicate of nothing`);
}

function checkEffect(
  id: string,
  type: string,
  answers: readonly Reply[],
  effects: ReadonlyMap<string, number>,
  found: string[],
): void {
  // what becomes of a kept one is no second reply
  const isAccepted = answers.some(({ outcome, kept }) => outcome === 'accepted' && !kept);
  if (isAccepted && !effects.has(id)) found.push(`${id} was accepted without effect`);
  if (!isAccepted && type !== 'samples.scan.v1' && effects.has(id))
    found.push(`${id} had an effect that nobody was told`);
  // of `append-once` a duplicate may be what the aggregate itself says
  const mayRepeat = type === 'samples.append-once.v1';
  if (answers.every(isDuplicate) && !effects.has(id) && !mayRepeat)
    found.push(`${id} was lost as a duplicate`);
}

/** An outcome is what the decider says of the state that the reply names; of an accepted one the facts are there. */
function checkTruth(world: World, id: string, reply: Reply, evidence: Evidence, found: string[]): void {
  const { aggregate_id: aggregate = '', sequence = 0, outcome, reason, key, events = [], kept } = reply;
  if (isDuplicate(reply) || kept) return;
  if (outcome === 'accepted') {
    const own = (evidence.facts.get(aggregate) ?? []).filter(({ causationid }) => causationid === id);
    const wanted = own.map(({ type, sequence: number }) => ({ type, sequence: number }));
    if (JSON.stringify(wanted) !== JSON.stringify(events))
      found.push(`${id} was told ${JSON.stringify(events)}, its facts are ${JSON.stringify(wanted)}`);
    return;
  }
  const state = evidence.states.get(aggregate)?.[sequence] ?? null;
  const command = sampleCommand(commandOf(world, id));
  const taken = new Set(key === 'name_taken' ? [nameKey(command.name ?? '')] : []);
  const decision = sampleDecider.decide(state, command, { taken });
  const said =
    decision.outcome === 'refused' ? decision.key : decision.outcome === 'ignored' && decision.reason;
  if (decision.outcome !== outcome || said !== (key ?? reason))
    found.push(
      `${id} was told ${outcome} ${key ?? reason}, after ${sequence} facts of ${aggregate || 'nothing'} it is ${decision.outcome} ${said || ''}`,
    );
}

function readReplies(world: World): ReadonlyMap<string, readonly Reply[]> {
  const replies = new Map<string, Reply[]>();
  for (const record of world.log.all(topics.replies)) {
    const reply = JSON.parse(String(record.value)) as Reply;
    const { copy } = askedBy(record);
    replies.set(copy, [...(replies.get(copy) ?? []), reply]);
  }
  return replies;
}

/** Dead letters by the id of the command, items of a bulk by their own. */
function readLetters(world: World): ReadonlyMap<string, readonly StoredDeadLetter[]> {
  const byPlace = new Map(
    world.records.map(({ id, partition, offset }) => [`${topics.commands}/${partition}/${offset}`, id]),
  );
  const letters = new Map<string, StoredDeadLetter[]>();
  for (const record of world.log.all(topics.deadLetters)) {
    const letter = readDeadLetter(record);
    const place = letter.items === undefined ? letter.id : letter.id.slice(0, letter.id.lastIndexOf('/'));
    const id = byPlace.get(place) ?? '';
    const name = letter.items === undefined ? id : `${id}/${letter.item}`;
    letters.set(name, [...(letters.get(name) ?? []), letter]);
  }
  return letters;
}
