import {
  accepted,
  type Decider,
  ignored,
  ignoredForGood,
  type Issue,
  type Others,
  refused,
  refusedByOthers,
} from '@waybill/decider';
import type { Target } from '@waybill/messaging';
import type { AggregateType, CommandMessage } from '../aggregate-type';
import type { CommandRouter, Route } from '../command-router';
import type { ResolvedTarget } from '../hand-on';
import type { Waiting } from '../kept-store';
import type { MemoryAggregateStore } from '../memory-stores';

/** The smallest aggregate that needs every rule of the engine: a list, a register, a unique name, a handler with a bug. */
export interface SampleState {
  name: string | null;
  register: number;
  list: string[];
  /** The place that it has taken; scans are kept until somebody has it. */
  number: string | null;
  /** Which taker of the place it is; scans of another kind are not meant for it. */
  kind: string | null;
}

export interface SampleCommand {
  type: string;
  id: string;
  value?: number;
  name?: string | null;
  number?: string;
  kind?: string;
  /** Not every release accepts it. */
  debated?: boolean;
}

/** What sets one release of the service apart from another. */
export interface Release {
  /** Commands marked as poison throw. */
  present: boolean;
  /** Debated commands are ignored. */
  isStrict?: boolean;
  /** Debated commands are not valid. */
  isNarrow?: boolean;
}

export type SampleEvent =
  | { type: 'created'; name: string | null }
  | { type: 'appended'; id: string }
  | { type: 'counted' }
  | { type: 'register-set'; value: number }
  | { type: 'renamed'; name: string | null }
  | { type: 'attached'; number: string; kind: string }
  | { type: 'relabelled'; kind: string };

export interface SampleTypes {
  state: SampleState;
  command: SampleCommand;
  event: SampleEvent;
}

export const nameKey = (name: string): string => `name/${name}`;

function decide(state: SampleState | null, command: SampleCommand, { taken }: Others) {
  const { type, id, name = null, value = 0, kind = firstKind } = command;
  const isTaken = name !== null && taken.has(nameKey(name));
  if (type === 'note')
    return accepted<SampleEvent>([
      ...(state ? [] : [{ type: 'created' as const, name: null }]),
      { type: 'appended', id },
    ]);
  if (type === 'create') {
    if (state) return refused('exists', 'it exists');
    return isTaken
      ? refusedByOthers('name_taken', 'taken')
      : accepted<SampleEvent>([{ type: 'created', name }]);
  }
  if (!state) return refused('not_found', 'not found');
  switch (type) {
    case 'append':
      return accepted<SampleEvent>([{ type: 'appended', id }, { type: 'counted' }]);
    case 'echo':
      return accepted<SampleEvent>([{ type: 'counted' }]);
    case 'scan':
      return state.list.includes(id)
        ? ignoredForGood('duplicate')
        : accepted<SampleEvent>([{ type: 'appended', id }]);
    case 'attach':
      return state.number === null
        ? accepted<SampleEvent>([{ type: 'attached', number: command.number ?? '', kind }])
        : ignored('nothing_changed');
    case 'relabel':
      return state.number === null || state.kind === kind
        ? ignored('nothing_changed')
        : accepted<SampleEvent>([{ type: 'relabelled', kind }]);
    case 'append-if':
      return state.list.length % 2 === value % 2
        ? accepted<SampleEvent>([{ type: 'appended', id }])
        : refused('parity', 'parity');
    case 'append-once':
      return state.list.includes(`once-${value}`)
        ? ignoredForGood('duplicate')
        : accepted<SampleEvent>([{ type: 'appended', id: `once-${value}` }]);
    case 'set':
      return state.register === value
        ? ignored('nothing_changed')
        : accepted<SampleEvent>([{ type: 'register-set', value }]);
    case 'rename':
      if (state.name === name) return ignored('nothing_changed');
      return isTaken
        ? refusedByOthers('name_taken', 'taken')
        : accepted<SampleEvent>([{ type: 'renamed', name }]);
    default:
      throw new Error(`no command ${type}`);
  }
}

function evolve(state: SampleState | null, event: SampleEvent): SampleState {
  const current = state ?? { name: null, register: 0, list: [], number: null, kind: null };
  switch (event.type) {
    case 'created':
    case 'renamed':
      return { ...current, name: event.name };
    case 'appended':
      return { ...current, list: [...current.list, event.id] };
    case 'counted':
      return current;
    case 'register-set':
      return { ...current, register: event.value };
    case 'attached':
      return { ...current, number: event.number, kind: event.kind };
    case 'relabelled':
      return { ...current, kind: event.kind };
  }
}

export const sampleDecider: Decider<SampleTypes> = { decide, evolve };

/** The kind of what names none. */
const firstKind = 'k';

const waitingOf = (id: string, number: string, kind = firstKind): Waiting => ({
  identity: `${number}/${id}`,
  place: number,
  kind,
  order: id,
});

const attachedAt = '2026-01-10T08:00:00.000Z';

export function sampleType(release: Release): AggregateType<SampleTypes> {
  return {
    service: 'samples',
    version: 1,
    decider: {
      ...sampleDecider,
      decide: (state, command, others) =>
        command.debated && release.isStrict
          ? ignored('nothing_changed')
          : sampleDecider.decide(state, command, others),
    },
    toCommand: (message) => {
      if (message.data.poison && release.present) throw new Error('a bug');
      return sampleCommand(message);
    },
    toDocument: (state) => structuredClone(state) as unknown as Record<string, unknown>,
    fromDocument: (document) => document as unknown as SampleState,
    uniqueKeys: ({ name }) => (name === null ? [] : [nameKey(name)]),
    factKey: () => 'facts',
    fact: (event, after) => ({ type: `samples.${event.type}.v1`, data: { ...event, sample: after } }),
    snapshot: (state) => state,
    places: ({ number, kind }) => (number === null ? [] : [{ place: number, kind, attachedAt: attachedAt }]),
    misdirected: ({ kind }, command) =>
      command.type === 'scan' && kind !== null && kind !== (command.kind ?? firstKind)
        ? waitingOf(command.id, command.number ?? '', command.kind)
        : undefined,
  };
}

/** What a release that does not know debated commands finds wrong with them. */
export const debatedIssues = (data: unknown): readonly Issue[] =>
  (data as SampleCommand).debated
    ? [{ loc: ['data', 'debated'], field: 'debated', msg: 'is not known', type: 'unknown' }]
    : [];

export const sampleCommand = ({
  type,
  id,
  data,
}: Pick<CommandMessage, 'type' | 'id' | 'data'>): SampleCommand => ({
  ...data,
  type: type.replace(/^samples\.|\.v1$/g, ''),
  id,
});

/** Targets are named (`target`) or referenced by their unique name (`ref`); `many` is a bulk. */
export class SampleRouter implements CommandRouter {
  constructor(private readonly store: MemoryAggregateStore) {}

  route({ type, id, data }: CommandMessage): Route {
    if (data.items)
      return {
        to: 'items',
        items: data.items.map((item: { type: string }) => ({
          type: item.type,
          data: { ...item, shop_slug: 's' },
        })),
      };
    if (data.ref) return { to: 'reference' };
    if (type === 'samples.scan.v1')
      return {
        to: 'reference',
        keep: {
          ...waitingOf(id, data.number, data.kind),
          full: refused('full', 'full'),
        },
      };
    return { to: 'target', target: targetOf(data.target) };
  }

  async resolve(messages: readonly CommandMessage[]): Promise<(ResolvedTarget | null)[]> {
    return messages.map(({ type, data }) => {
      if (type === 'samples.scan.v1') return this.takerOf(data.number, data.kind);
      for (const { id, keys } of this.store.documents.values())
        if (keys.includes(nameKey(data.ref))) return targetOf(id);
      return null;
    });
  }

  private takerOf(number: string, wanted: string = firstKind): ResolvedTarget | null {
    for (const { id, state } of this.store.documents.values()) {
      const { number: taken, kind } = (state as SampleState | null) ?? { number: null, kind: null };
      if (taken === number && kind === wanted) return { ...targetOf(id), attachedAt, kind };
    }
    return null;
  }

  missing() {
    return refused('not_found', 'no such name');
  }
}

export const targetOf = (id: string): Target => ({ aggregateId: id, key: id });
