import type { Random } from '@waybill/aggregates/simulated';

/** What a hostile or careless producer puts where something else was meant. */
const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.1,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '0',
  '-0',
  'NaN',
  '__proto__',
  'constructor',
  '2026-02-30T25:61:61Z',
  '2026-01-10T08:00:00.000000000000000000000Z',
  '-271821-04-20T00:00:00Z',
  'EUR',
  'unknown',
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { toString: 1, valueOf: 1, toJSON: 1 },
];
const oddNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'length',
  'then',
  '',
  ' ',
  '\u0000',
];

type Branch = Record<string, unknown> | unknown[];

/** One change somewhere inside of `root`, which is changed in place; answers the new root. */
export function mutateJson(root: unknown, random: Random, donors: readonly unknown[]): unknown {
  const branches = branchesOf(root);
  const branch = branches.length === 0 ? undefined : random.pick(branches);
  if (!branch || random.chance(0.02)) return odd(random);
  const names = Object.keys(branch);
  const name = names.length === 0 ? random.pick(oddNames) : random.pick(names);
  switch (random.below(8)) {
    case 0:
      set(branch, name, odd(random));
      break;
    case 1:
      remove(branch, name);
      break;
    case 2:
      set(branch, random.pick(oddNames), odd(random));
      break;
    case 3:
      set(branch, name, repeated(get(branch, name), random));
      break;
    case 4:
      set(branch, name, nested(get(branch, name), random));
      break;
    case 5:
      set(branch, name, part(random.pick(donors), random));
      break;
    case 6:
      set(branch, name, bent(get(branch, name), random));
      break;
    default:
      set(branch, `${name}${random.pick(oddNames)}`, get(branch, name));
  }
  return root;
}

const odd = (random: Random): unknown => structuredClone(random.pick(oddValues));
const get = (branch: Branch, name: string): unknown =>
  Object.hasOwn(branch, name) ? (branch as Record<string, unknown>)[name] : null;

/** Always a member of its own, never the prototype of the mutated thing itself. */
function set(branch: Branch, name: string, value: unknown): void {
  if (Array.isArray(branch) && !/^\d+$/.test(name)) {
    branch.push(value);
    return;
  }
  Object.defineProperty(branch, name, { value, enumerable: true, configurable: true, writable: true });
}

function remove(branch: Branch, name: string): void {
  if (Array.isArray(branch)) branch.splice(Number(name), 1);
  else delete branch[name];
}

function branchesOf(root: unknown): Branch[] {
  const open: unknown[] = [root];
  const found: Branch[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null || typeof next !== 'object') continue;
    found.push(next as Branch);
    for (const value of Object.values(next)) if (typeof value === 'object') open.push(value);
  }
  return found;
}

/** A list or a text many times as long; now and then more than a message may have. */
function repeated(value: unknown, random: Random): unknown {
  const most = random.chance(0.004) ? 1_200_000 : 8_000;
  if (typeof value === 'string') return value.slice(0, 64).repeat(random.below(most >> 6));
  const text = JSON.stringify(value ?? null);
  const length = 1 + random.below(Math.max(1, Math.floor(most / (text.length + 1))));
  // each a copy of its own: what becomes of one later must not become of a million
  return Array.from({ length }, () => JSON.parse(text) as unknown);
}

function nested(value: unknown, random: Random): unknown {
  let deep = value;
  for (let level = random.below(random.chance(0.1) ? 3000 : 80); level > 0; level--)
    deep = random.chance(0.5) ? [deep] : { a: deep };
  return deep;
}

function part(donor: unknown, random: Random): unknown {
  const branches = branchesOf(donor);
  return branches.length === 0 ? donor : structuredClone(random.pick(branches));
}

/** The same kind of value, but not quite. */
function bent(value: unknown, random: Random): unknown {
  if (typeof value === 'number')
    return random.pick([-value, value + 0.001, value * 1e6, value / 3, Math.trunc(value), String(value)]);
  if (typeof value !== 'string') return [value];
  const at = random.below(value.length + 1);
  const inserted = random.pick(['', '\u0000', 'ß', '\u{1f4a9}', "'", '$', '.', '%00', '\n', '9'.repeat(20)]);
  return value.slice(0, at) + inserted + value.slice(at + random.below(3));
}
