import type { Rule } from '../rules';
import { type Actor, type Verdict } from './actor';
import { violations } from './oracle';
import { Random } from './random';
import { type Role, topics, World } from './world';

/** What a kind of history is made of; probabilities are for each turn or command. */
export interface Weather {
  readonly commands: number;
  readonly batch: number;
  readonly kinds: readonly string[];
  readonly kill: number;
  readonly stall: number;
  readonly lose: number;
  readonly wrongKey: number;
  readonly reference: number;
  readonly bulk: number;
  readonly twice: number;
  readonly poison: number;
}

export const calm: Weather = {
  commands: 12,
  batch: 5,
  kinds: ['create', 'append', 'append', 'append-if', 'append-once', 'set', 'set', 'rename'],
  kill: 0,
  stall: 0,
  lose: 0,
  wrongKey: 0.2,
  reference: 0,
  bulk: 0.1,
  twice: 0.05,
  poison: 0,
};

export const stormy: Weather = { ...calm, kill: 0.03, stall: 0.012, lose: 0.05 };

const maxTurns = 20_000;

/** Runs one seeded history to its rest and answers what is wrong with it. */
export async function runHistory(
  seed: number,
  weather: Weather,
  without: readonly Rule[] = [],
): Promise<string[]> {
  const random = new Random(seed);
  const world = new World(random, new Set(without), weather.batch);
  world.startAll(weather.kinds.includes('scan'));
  for (const id of ['a0', 'a1']) if (random.chance(0.7)) send(world, random, weather, 'create', id);
  let toSend = weather.commands;
  let calmFor = 0;
  let redriven = false;
  for (let turn = 0; turn < maxTurns; turn++) {
    if (toSend > 0 && random.chance(0.08)) {
      sendAny(world, random, weather, toSend--);
      continue;
    }
    const rough = toSend > 0 || turn < 400;
    const lost = rough && weather.poison > 0 && random.chance(0.01) ? world.log.all(topics.deadLetters) : [];
    if (lost.length > 0) world.redrive(random.pick(lost));
    if (!rough) {
      world.bug.present = false;
      for (const actor of world.actors) actor.stalled = false;
    }
    const asleep = world.actors.filter((actor) => actor.stalled);
    if (asleep.length > 0 && random.chance(0.03)) random.pick(asleep).stalled = false;
    const alive = world.actors.filter((actor) => actor.canRun && !actor.stalled);
    if (rough && random.chance(weather.stall)) stall(world, random.pick(alive));
    else await step(world, random, weather, rough, random.pick(alive));
    const working = world.actors.filter(({ name }) => !name.startsWith('sweep'));
    if (!rough && world.isFinished() && working.every(isAtRest)) calmFor++;
    else calmFor = 0;
    // a sweep never ends while something is kept: several passes must have found nothing to do
    const enough = working.length === world.actors.length ? 20 : 150;
    if (calmFor <= enough || !world.actors.every(isAtRest)) continue;
    const letters = redriven ? [] : world.log.all(topics.deadLetters);
    for (const letter of letters) world.redrive(letter);
    if (letters.length === 0) return violations(world);
    redriven = true;
    calmFor = 0;
  }
  return ['the history did not come to rest', ...violations(world)];
}

const isAtRest = (actor: Actor): boolean => actor.dead || actor.idle;

async function step(
  world: World,
  random: Random,
  weather: Weather,
  rough: boolean,
  actor: Actor,
): Promise<void> {
  const [role = '', topic = '', partition = ''] = actor.name.split(':');
  const verdict = rough ? verdictOf(random, weather) : 'run';
  await actor.give(verdict);
  if (actor.dead && world.isOwner(actor)) world.start(role as Role, topic, Number(partition));
  // everything that the turn set free runs up to its next call
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function verdictOf(random: Random, { kill, lose }: Weather): Verdict {
  const x = random.next();
  if (x < kill / 2) return 'kill';
  if (x < kill) return 'kill-after';
  if (x < kill + lose / 2) return 'lose-request';
  return x < kill + lose ? 'lose-acknowledgement' : 'run';
}

/** The process stands still longer than its session lasts: somebody else takes over while it is still alive. */
function stall(world: World, actor: Actor): void {
  const [role = '', topic = '', partition = ''] = actor.name.split(':');
  if (!world.isOwner(actor)) return;
  actor.stalled = true;
  world.start(role as Role, topic, Number(partition));
}

function sendAny(world: World, random: Random, weather: Weather, number: number): void {
  const id = `c${number}`;
  if (random.chance(weather.bulk)) {
    const items = [0, 1].map(() => {
      const kind = random.pick(weather.kinds);
      const target = `a${random.below(3)}`;
      return { type: `samples.${kind}.v1`, ...content(random, weather, kind, target), target };
    });
    world.send({ id, type: 'samples.many.v1', data: { items } }, 'bulk');
    return;
  }
  send(world, random, weather, random.pick(weather.kinds), `a${random.below(3)}`, id);
}

function send(
  world: World,
  random: Random,
  weather: Weather,
  kind: string,
  target: string,
  id = `first-${target}`,
): void {
  const data = content(random, weather, kind, target);
  const isReference =
    !['create', 'rename', 'scan', 'attach'].includes(kind) && random.chance(weather.reference);
  const command = {
    id,
    type: `samples.${kind}.v1`,
    data: isReference ? { ...data, ref: random.pick(['E', 'F']) } : { ...data, target },
  };
  const key = random.chance(weather.wrongKey) ? 'wrong' : target;
  world.send(command, key);
  if (random.chance(weather.twice)) world.send(command, key);
}

function content(random: Random, weather: Weather, kind: string, target: string): Record<string, unknown> {
  const named = kind === 'create' || kind === 'rename';
  return {
    value: random.below(3),
    ...(named ? { name: random.chance(0.4) ? null : random.pick(['E', 'F']) } : {}),
    ...(kind === 'scan' || kind === 'attach' ? { number: `number-${target}` } : {}),
    ...(random.chance(weather.poison) ? { poison: true } : {}),
  };
}
