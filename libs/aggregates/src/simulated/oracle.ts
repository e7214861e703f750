import { nobody } from '@waybill/decider';
import { checkAnswers } from './oracle-answers';
import { checkKept } from './oracle-kept';
import { checkOrder } from './oracle-order';
import { taken } from './projection';
import { type SampleState, sampleCommand, sampleDecider } from './sample-aggregate';
import { topics } from './topics';
import type { SentCommand, World } from './world';

export interface FactText {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly causationid: string;
  readonly data: { readonly sample: SampleState };
}

/** What really happened, as the facts tell it. */
export interface Evidence {
  readonly facts: ReadonlyMap<string, readonly FactText[]>;
  /** How many effects a command had. */
  readonly effects: ReadonlyMap<string, number>;
  /** The state of each aggregate after 0, 1, 2 … facts. */
  readonly states: ReadonlyMap<string, readonly (SampleState | null)[]>;
}

/** Everything that is wrong with a finished history, in words; an empty list is a right one. */
export function violations(world: World): string[] {
  const found = [...world.found];
  const facts = readFacts(world, found);
  const evidence = refold(world, facts, found);
  checkOrder(world, evidence, found);
  checkAnswers(world, evidence, found);
  checkKept(world, evidence, found);
  if (!world.plan.withoutRoles.includes('reaction')) checkReactions(world, facts, found);
  if (!world.plan.withoutRoles.includes('projection')) recount(world, facts, found);
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
function refold(world: World, facts: Map<string, FactText[]>, found: string[]): Evidence {
  const effects = new Map<string, number>();
  const states = new Map<string, (SampleState | null)[]>();
  for (const [id, list] of facts) {
    let state: SampleState | null = null;
    const known: (SampleState | null)[] = [null];
    states.set(id, known);
    for (let i = 0; i < list.length;) {
      const { causationid, data } = list[i] ?? { causationid: '', data: { sample: null } };
      effects.set(causationid, (effects.get(causationid) ?? 0) + 1);
      const decision = sampleDecider.decide(state, sampleCommand(commandOf(world, causationid)), nobody);
      if (decision.outcome !== 'accepted') {
        found.push(
          `${id}: ${causationid} was accepted, but is ${decision.outcome} after what was published before`,
        );
        break;
      }
      for (const event of decision.events) {
        state = sampleDecider.evolve(state, event);
        known.push(state);
        if (JSON.stringify(list[i]?.data.sample) !== JSON.stringify(state) && data)
          found.push(`${id}/${i + 1} shows another state than its history`);
        i++;
      }
    }
    const stored = world.store.documents.get(id)?.state;
    if (JSON.stringify(stored) !== JSON.stringify(state)) found.push(`${id}: state and facts differ`);
  }
  for (const [command, count] of effects) if (count > 1) found.push(`${command} had ${count} effects`);
  return { facts, effects, states };
}

/** The command of an id: one that was sent, an item of one, or one that a reaction made. */
export function commandOf({ sent }: Pick<World, 'sent'>, id: string): SentCommand {
  const [bulk = '', item, target = ''] = id.split('/');
  const whole = sent.get(id) ?? sent.get(bulk);
  if (!whole) return { type: `samples.${target.startsWith('a') ? 'echo' : 'note'}.v1`, id, data: {} };
  const items = whole.data['items'] as { type: string }[] | undefined;
  const one = items?.[Number(item)];
  return one ? { type: one.type, id, data: { ...one } } : whole;
}

/** Every command that somebody sent, item by item. */
export function commandIds({ sent }: Pick<World, 'sent'>): string[] {
  return [...sent.values()].flatMap(({ id, data }) => {
    const items = data['items'] as unknown[] | undefined;
    return items ? items.map((_, i) => `${id}/${i}`) : [id];
  });
}

const appended = (list: readonly FactText[] = []): readonly FactText[] =>
  list.filter(({ type }) => type === 'samples.appended.v1');

/** What the reactions made must mirror what they react to, in order. */
function checkReactions(world: World, facts: Map<string, FactText[]>, found: string[]): void {
  for (const [id, list] of facts) {
    const isNote = id.startsWith('n');
    if (isNote && !world.hasEcho) continue;
    const target = `${isNote ? 'a' : 'n'}${id.slice(1)}`;
    const wanted = appended(list).map(({ sequence }) => `${id}/${sequence}/${target}`);
    const got = (facts.get(target) ?? []).flatMap(({ causationid }) =>
      causationid.startsWith(`${id}/`) ? [causationid] : [],
    );
    const once = got.filter((one, i) => one !== got[i - 1]);
    if (JSON.stringify(once) !== JSON.stringify(wanted))
      found.push(`reactions to ${id}: ${once.join()} for ${wanted.join()}`);
  }
}

/** A projection is what somebody counts who reads all facts once. */
function recount({ projection }: World, facts: Map<string, FactText[]>, found: string[]): void {
  for (const [id, list] of facts) {
    const wanted = list.reduce(taken, { sequence: 0, appended: 0, sample: null });
    const got = projection.documents.get(id);
    if (JSON.stringify(got) !== JSON.stringify(wanted))
      found.push(
        `the projection of ${id} has ${JSON.stringify(got)}, the facts say ${JSON.stringify(wanted)}`,
      );
  }
}

function checkNames(world: World, found: string[]): void {
  const held = new Map<string, string>();
  for (const { id, keys } of world.store.documents.values())
    for (const key of keys) {
      if (held.has(key)) found.push(`${key} is held by ${held.get(key)} and ${id}`);
      held.set(key, id);
    }
}
