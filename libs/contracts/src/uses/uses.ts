import { contractOf, factsOfTopic, type CommandType, type DataOf, type FactType } from '../contracts';
import type { Constructor } from '../rules/member-registry';
import type { AnyMembers, Complete, Existing, Members, Used } from './members';

/** An event topic, read whatever the type of the fact. */
export type EventTopic = keyof typeof factsOfTopic;
/** What can be read: facts of one type, or all facts of a topic. */
export type Source = FactType | EventTopic;

/** `data` of what is read there. */
export type FactDataOf<From extends Source> = From extends EventTopic
  ? InstanceType<(typeof factsOfTopic)[From]>
  : From extends FactType
    ? DataOf<From>
    : never;

type Reads = { readonly [From in Source]?: Members<FactDataOf<From>> };
type Sends = { readonly [Type in CommandType]?: Members<DataOf<Type>> };
type Readable = { [From in Source]: FactDataOf<From> };
type Sendable = { [Type in CommandType]: DataOf<Type> };

/** What one service uses of the contracts of all: members of the facts that it reads, and of the commands that it makes. */
export interface Uses<R = Reads, S = Sends> {
  readonly service: string;
  readonly reads: R;
  /** Commands of its reactions and timers; those of callers that it hands on are theirs. */
  readonly sends: S;
}

/** The same when only the shape matters. */
export type AnyUses = Uses<
  Readonly<Record<string, AnyMembers | undefined>>,
  Readonly<Record<string, AnyMembers | undefined>>
>;

/** A declaration that names nothing that the contracts do not have. */
export const declareUses = <const R extends Reads, const S extends Sends>(
  service: string,
  uses: { readonly reads: R & Existing<Readable, R>; readonly sends: S & Existing<Sendable, S> },
): Uses<R, S> => ({ service, ...uses });

/** What the service sees of a fact that it reads. */
export type ReadBy<U extends AnyUses, From extends keyof U['reads']> = From extends Source
  ? Used<FactDataOf<From>, U['reads'][From]>
  : never;

/** What the service says in a command that it makes. */
export type SentBy<U extends AnyUses, Type extends keyof U['sends']> = Type extends CommandType
  ? Complete<DataOf<Type>, U['sends'][Type]>
  : never;

/** The class of what is read there. */
export function classOfSource(source: string): Constructor {
  const target = Object.hasOwn(factsOfTopic, source)
    ? factsOfTopic[source as EventTopic]
    : contractOf(source)?.payload;
  if (!target) throw new Error(`${source} is neither a type of fact nor an event topic`);
  return target;
}
