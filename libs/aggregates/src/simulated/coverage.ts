import { faults } from './actor';
import { publishKinds } from './publishing';
import type { Role } from './worker';

/** What a worker of each kind waits for, by the names that the simulated calls have. */
export const steps: Readonly<Record<Role, readonly string[]>> = {
  command: [
    'read position',
    'count start',
    'look up',
    'decide routes',
    'keep',
    'keep back',
    'read kept',
    'mark kept',
    'remove kept',
    'hand on',
    'put off',
    'read',
    'read holders',
    'write',
    'write on',
    'publish facts',
    'set aside',
    'reply',
    'save position',
    'note try',
    'note survival',
    'commit',
  ],
  retry: ['look up', 'decide routes', 'hand on', 'put off', 'set aside', 'reply', 'commit'],
  reaction: ['hand on', 'commit'],
  projection: ['read sequences', 'write projection', 'commit'],
  sweep: [
    'read page',
    'look up',
    'read kept',
    'mark kept',
    'hand on',
    'set aside',
    'remove kept',
    'note told',
  ],
};

/** Beside those of a single call: the process stands still before it, or its partition goes to somebody else. */
export const troubles = [...faults, 'stall', 'move'] as const;
export type Trouble = (typeof troubles)[number];

/** What can go wrong with a call: one that only reads has no effect that could be lost, late or partial. */
export function troublesOf(kind: string): readonly Trouble[] {
  if (kind.startsWith('read') || kind === 'look up') return ['kill', 'lose-request', 'stall', 'move'];
  return troubles.filter((trouble) => !trouble.endsWith('torn') || publishKinds.includes(kind));
}

/** How often each crash point and each interleaving came up. */
export interface Counts {
  readonly crashPoints: ReadonlyMap<string, number>;
  readonly interleavings: ReadonlyMap<string, number>;
}

const waits = 'waiting for input';

/** Which crash points and interleavings histories came through, and how often. */
export class Coverage implements Counts {
  readonly crashPoints = new Map<string, number>(
    pairs((role, kind) => troublesOf(kind).map((trouble) => `${role}: ${kind} × ${trouble}`)),
  );
  readonly interleavings = new Map<string, number>(
    pairs((role, kind) =>
      // sweeps own nothing: any number of them may be at work
      role === 'sweep' ? [] : [...steps[role], waits].map((other) => beside(role, kind, other)),
    ),
  );

  crash(role: Role, kind: string, trouble: Trouble): void {
    add(this.crashPoints, `${role}: ${kind} × ${trouble}`);
  }

  /** Somebody who has lost its partition does something while its successor stands before something. */
  late(role: Role, kind: string, successor: string | undefined): void {
    add(this.interleavings, beside(role, kind, successor ?? waits));
  }

  merge(other: Counts): void {
    for (const [name, count] of other.crashPoints) add(this.crashPoints, name, count);
    for (const [name, count] of other.interleavings) add(this.interleavings, name, count);
  }
}

const beside = (role: Role, kind: string, other: string): string =>
  `${role}: ${kind} by an owner of the past, while the new one is at ${other}`;

const add = (counts: Map<string, number>, name: string, count = 1): void =>
  void counts.set(name, (counts.get(name) ?? 0) + count);

function pairs(names: (role: Role, kind: string) => readonly string[]): [string, number][] {
  const all = Object.entries(steps) as [Role, readonly string[]][];
  return all.flatMap(([role, kinds]) =>
    kinds.flatMap((kind) => names(role, kind).map((name): [string, number] => [name, 0])),
  );
}
