import type { InputRecord } from '@waybill/messaging';
import { nobody } from '@waybill/decider';
import { type SampleState, sampleCommand, sampleDecider } from './sample-aggregate';
import { topics, type World } from './world';

interface FactText {
  subject: string;
  sequence: number;
  causationid: string;
  data: { sample: SampleState };
}

interface ReplyText {
  outcome: string;
  kept?: boolean;
  reason?: string;
}

const duplicate = (reply: ReplyText): boolean => reply.outcome === 'ignored' && reply.reason === 'duplicate';

/** Everything that is wrong with a finished history, in words; an empty list is a right one. */
export function violations(world: World): string[] {
  const found = [...world.found];
  const facts = readFacts(world, found);
  const effects = refold(world, facts, found);
  checkOutcomes(world, effects, found);
  checkKept(world, effects, found);
  checkReactions(facts, found);
  checkNames(world, found);
  return found;
}

/** First publications by aggregate; repeats must be the same bytes, and numbers have no gap. */
function readFacts(world: World, found: string[]): Map<string, FactText[]> {
  const facts = new Map<string, FactText[]>();
  const texts = new Map<string, string>();
  for (const record of world.log.all(topics.events)) {
    const text = String(record.value);
    const fact = JSON.parse(text) as FactText;
    const list = facts.get(fact.subject) ?? [];
    facts.set(fact.subject, list);
    const name = `${fact.subject}/${fact.sequence}`;
    if (fact.sequence <= list.length) {
      if (texts.get(name) !== text) found.push(`fact ${name} differs from its first publication`);
    } else if (fact.sequence > list.length + 1) found.push(`fact ${name} follows ${list.length}`);
    else {
      list.push(fact);
      texts.set(name, text);
    }
  }
  for (const [id, document] of world.store.documents) {
    const published = facts.get(id)?.length ?? 0;
    if (published !== document.seq)
      found.push(`${id} has ${document.seq} facts, ${published} were published`);
  }
  return facts;
}

/** The facts must be what the decider makes of the accepted commands, one after the other. */
function refold(world: World, facts: Map<string, FactText[]>, found: string[]): Map<string, number> {
  const effects = new Map<string, number>();
  for (const [id, list] of facts) {
    let state: SampleState | null = null;
    for (let i = 0; i < list.length;) {
      const { causationid, data } = list[i] ?? { causationid: '', data: { sample: null } };
      effects.set(causationid, (effects.get(causationid) ?? 0) + 1);
      const command = commandOf(world, causationid);
      const decision = sampleDecider.decide(state, sampleCommand(command), nobody);
      if (decision.outcome !== 'accepted') {
        found.push(
          `${id}: ${causationid} was accepted, but is ${decision.outcome} after what was published before`,
        );
        break;
      }
      for (const event of decision.events) {
        state = sampleDecider.evolve(state, event);
        if (JSON.stringify(list[i]?.data.sample) !== JSON.stringify(state) && data)
          found.push(`${id}/${i + 1} shows another state than its history`);
        i++;
      }
    }
    const stored = world.store.documents.get(id)?.state;
    if (JSON.stringify(stored) !== JSON.stringify(state)) found.push(`${id}: state and facts differ`);
  }
  for (const [command, count] of effects) if (count > 1) found.push(`${command} had ${count} effects`);
  return effects;
}

function commandOf(world: World, id: string) {
  const [bulk = '', item] = id.split('/');
  const sent = world.sent.get(id) ?? world.sent.get(bulk);
  if (!sent) return { type: 'samples.note.v1', id, data: {} };
  const items = sent.data['items'] as { type: string }[] | undefined;
  const one = items?.[Number(item)];
  return one ? { type: one.type, id, data: one } : sent;
}

/**
 * Every record of a command has exactly one outcome that is not `duplicate`, and what its sender is told is true. What
 * failed was sent back by the operator in the end, so it has one too.
 */
function checkOutcomes(world: World, effects: Map<string, number>, found: string[]): void {
  const replies = new Map<string, ReplyText[]>();
  for (const record of world.log.all(topics.replies)) {
    const reply = JSON.parse(String(record.value)) as ReplyText & { item?: number };
    const [id = '', copy = ''] = header(record, 'kafka_correlationId').split('#');
    const name = `${id}${reply.item === undefined ? '' : `/${reply.item}`}#${copy}`;
    replies.set(name, [...(replies.get(name) ?? []), reply]);
  }
  for (const id of commandIds(world)) {
    const copies = Array.from(
      { length: world.records.get(id.split('/')[0] ?? '') ?? 0 },
      (_, i) => `${id}#${i + 1}`,
    );
    for (const copy of copies) checkAnswers(copy, replies.get(copy) ?? [], found);
    const answers = copies.flatMap((copy) => replies.get(copy) ?? []);
    // what becomes of a kept one is no second reply
    const accepted = answers.some(({ outcome, kept }) => outcome === 'accepted' && !kept);
    // a scan that was kept, sent on and applied before its sender was told is a duplicate when its record comes again
    const isScan = commandOf(world, id).type === 'samples.scan.v1';
    if (accepted && !effects.has(id)) found.push(`${id} was accepted without effect`);
    if (!accepted && !isScan && effects.has(id)) found.push(`${id} had an effect that nobody was told`);
    // of `append-once` a duplicate may be what the aggregate itself says
    const mayRepeat = commandOf(world, id).type === 'samples.append-once.v1';
    if (answers.every(duplicate) && !effects.has(id) && !mayRepeat)
      found.push(`${id} was lost as a duplicate`);
  }
}

function checkAnswers(copy: string, answers: readonly ReplyText[], found: string[]): void {
  // after a crash a sender may see `kept` and then what became of it
  const final = answers.filter((answer) => !duplicate(answer) && !answer.kept);
  const real = new Set(final.map((answer) => JSON.stringify(answer)));
  if (real.size > 1) found.push(`${copy} was told ${real.size} outcomes: ${[...real].join(' ')}`);
  if (answers.length === 0) found.push(`${copy} was never answered`);
}

/** A scan whose number was attached had its effect; any other one is still kept. */
function checkKept(world: World, effects: Map<string, number>, found: string[]): void {
  const attached = new Set(
    [...world.store.documents.values()].map(({ state }) => (state as SampleState | null)?.number),
  );
  for (const id of commandIds(world)) {
    const { type, data } = commandOf(world, id);
    if (type !== 'samples.scan.v1') continue;
    const { number } = data as { number: string };
    const isKept = world.kept.kept.has(`${number}/${id}`);
    if (attached.has(number) ? !effects.has(id) : !isKept)
      found.push(`the scan ${id} is neither applied nor kept`);
    if (attached.has(number) && isKept)
      found.push(`the scan ${id} is stranded although ${number} is attached`);
  }
}

const header = (record: InputRecord, name: string): string => String(record.headers[name] ?? '');

function commandIds(world: World): string[] {
  return [...world.sent.values()].flatMap(({ id, data }) => {
    const items = data['items'] as unknown[] | undefined;
    return items ? items.map((_, i) => `${id}/${i}`) : [id];
  });
}

/** What the reactions made must mirror what they react to, in order. */
function checkReactions(facts: Map<string, FactText[]>, found: string[]): void {
  for (const [id, list] of facts) {
    if (!id.startsWith('a')) continue;
    const wanted = appended(list).map(({ sequence }) => `${id}/${sequence}/n${id.slice(1)}`);
    const got = appended(facts.get(`n${id.slice(1)}`) ?? []).map(({ causationid }) => causationid);
    if (JSON.stringify(got) !== JSON.stringify(wanted))
      found.push(`reactions to ${id}: ${got.join()} for ${wanted.join()}`);
  }
}

const appended = (list: readonly FactText[]): FactText[] =>
  list.filter((fact) => (fact as unknown as { type: string }).type === 'samples.appended.v1');

function checkNames(world: World, found: string[]): void {
  const held = new Map<string, string>();
  for (const { id, keys } of world.store.documents.values())
    for (const key of keys) {
      if (held.has(key)) found.push(`${key} is held by ${held.get(key)} and ${id}`);
      held.set(key, id);
    }
}
