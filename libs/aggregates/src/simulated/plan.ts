import { Random } from './random';
import type { Weather } from './weather';
import type { SentCommand } from './world';

/** A command of a history, and how it is sent. */
export interface PlannedCommand {
  readonly command: SentCommand;
  readonly key: string;
  readonly copies: number;
  readonly isSilent: boolean;
}

/** Everything of a history that does not depend on its course. One that went wrong is made smaller by leaving things out. */
export interface Plan {
  readonly seed: number;
  /** Another order of the same turns. */
  readonly schedule: number;
  readonly weather: Weather;
  readonly commands: readonly PlannedCommand[];
  /** What is sent when there is nothing left to do. */
  readonly last: readonly PlannedCommand[];
  /** Kinds of workers that are not there. */
  readonly withoutRoles: readonly string[];
  /** How many faults may happen; the rest of the history is calm. */
  readonly mostFaults: number;
}

export function planOf(seed: number, weather: Weather): Plan {
  const random = new Random(seed);
  const first = (weather.targets ?? allTargets).slice(0, 2).filter(() => random.chance(0.7));
  const commands = first.map((target) => one(random, weather, 'create', target, `first-${target}`));
  for (let number = 1; number <= weather.commands; number++)
    commands.push(any(random, weather, `c${number}`));
  const last = weather.checks ? allTargets.map((target) => lastOf(target)) : [];
  return { seed, schedule: 0, weather, commands, last, withoutRoles: [], mostFaults: Infinity };
}

const allTargets = ['a0', 'a1', 'a2'];

const anyTarget = (random: Random, { targets = allTargets }: Weather): string => random.pick(targets);

function any(random: Random, weather: Weather, id: string): PlannedCommand {
  if (!random.chance(weather.bulk))
    return one(random, weather, random.pick(weather.kinds), anyTarget(random, weather), id);
  const items = [0, 1].map(() => {
    const kind = random.pick(weather.kinds);
    return { type: `samples.${kind}.v1`, ...data(random, weather, kind, anyTarget(random, weather)) };
  });
  return {
    command: { id, type: 'samples.many.v1', data: { items } },
    key: 'bulk',
    copies: 1,
    isSilent: random.chance(weather.silent),
  };
}

function one(random: Random, weather: Weather, kind: string, target: string, id: string): PlannedCommand {
  return {
    command: { id, type: `samples.${kind}.v1`, data: data(random, weather, kind, target) },
    key: random.chance(weather.wrongKey) ? 'wrong' : target,
    copies: random.chance(weather.twice) ? 2 : 1,
    isSilent: random.chance(weather.silent),
  };
}

const lastOf = (target: string): PlannedCommand => ({
  command: { id: `last-${target}`, type: 'samples.append.v1', data: { target } },
  key: target,
  copies: 1,
  isSilent: false,
});

const namesItsTarget = new Set(['create', 'rename', 'scan', 'attach', 'relabel']);
const ofPlaces = new Set(['scan', 'attach', 'relabel']);

function data(random: Random, weather: Weather, kind: string, target: string): Record<string, unknown> {
  const isReference = !namesItsTarget.has(kind) && random.chance(weather.reference);
  return {
    value: random.below(3),
    ...(isReference ? { ref: random.pick(['E', 'F']) } : { target }),
    ...(kind === 'create' || kind === 'rename'
      ? { name: random.chance(0.4) ? null : random.pick(['E', 'F']) }
      : {}),
    ...(ofPlaces.has(kind) ? { number: `number-${target}` } : {}),
    ...(weather.labels && ofPlaces.has(kind) ? { kind: random.pick(['k', 'l']) } : {}),
    ...(random.chance(weather.poison) ? { poison: true } : {}),
    ...(weather.releases && kind === 'append' && random.chance(0.7) ? { debated: true } : {}),
  };
}
