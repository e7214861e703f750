import {
  type BatchHandler,
  encodeEnvelope,
  type Fact as PublishedFact,
  type FactsAlarm,
  factsHandler,
  type OriginSigner,
  type OutgoingMessage,
  type Publisher,
  reactionStream,
  structuredHeaders,
  type Target,
  traced,
  type Tracing,
} from '@waybill/messaging';
import type { Issue } from '@waybill/decider';
import { NewerVersionError } from './aggregate-store';
import { failpoint } from './failpoint';
import { partitionOfKey } from './partition-of-key';

/** A command that a fact from elsewhere asks for. Its id, source and time come from the fact. */
export interface ReactionCommand {
  readonly type: string;
  readonly target: Target;
  readonly data: object;
}

/** Translates one kind of fact into commands on the own command topic, at most one for each target. Pure. */
export interface Reaction {
  /** Full type name of the fact. */
  readonly on: string;
  /** What is wrong with the part of the data that the reaction uses. */
  readonly faultsOf: (data: unknown) => readonly Issue[];
  react(fact: PublishedFact): readonly ReactionCommand[];
}

export interface ReactionsOptions {
  readonly service: string;
  /** One group for all reactions of a service: positions in a fact's stream must come in order. */
  readonly group: string;
  readonly commandTopic: string;
  readonly partitions: number;
  readonly reactions: readonly Reaction[];
  readonly publisher: Publisher;
  readonly signer: OriginSigner;
  /** A record of the event topic that is no fact; it is skipped. */
  readonly onAlarm: (alarm: FactsAlarm) => void;
  readonly tracing?: Tracing;
}

const versionOf = /^(.+)\.v(\d+)$/;

/**
 * Handler of an event topic: makes commands of facts, fact by fact. It keeps nothing; the targets drop what they have
 * seen by its position, which is the fact's number in the stream of its aggregate.
 */
export function reactionsHandler(options: ReactionsOptions): BatchHandler {
  const byType = Map.groupBy(options.reactions, ({ on }) => on);
  const known = new Map(options.reactions.map(({ on }) => nameAndVersion(on)));
  // what is not a fact by its contract was not written by its owner: it must not hold up those that were
  const isValid = (fact: PublishedFact, reactions: readonly Reaction[]): boolean => {
    const reasons = reactions.flatMap(({ faultsOf }) => faultsOf(fact.data));
    if (fact.time !== undefined && reasons.length === 0) return true;
    const { topic, partition, offset } = fact;
    options.onAlarm({ kind: 'unreadable', topic, partition, offset, reasons });
    return false;
  };
  return factsHandler({
    sequences: null,
    handle: (facts) =>
      traced(options.tracing, facts, async () => {
        const commands = facts.flatMap((fact) => {
          requireKnownVersion(fact, known);
          const reactions = byType.get(fact.type) ?? [];
          if (reactions.length > 0 && !isValid(fact, reactions)) return [];
          return messagesOf(
            options,
            fact,
            reactions.flatMap((reaction) => reaction.react(fact)),
          );
        });
        await options.publisher.publish(commands);
        if (commands.length > 0) failpoint('after-reaction');
      }),
    onAlarm: options.onAlarm,
  });
}

/** A fact of a version that this release does not know waits for one that does; other facts are none of its business. */
function requireKnownVersion(fact: PublishedFact, known: ReadonlyMap<string, number>): void {
  const [name, version] = nameAndVersion(fact.type);
  const newest = known.get(name);
  if (newest !== undefined && version > newest) throw new NewerVersionError(fact.id, version, newest);
}

function nameAndVersion(type: string): [name: string, version: number] {
  const [, name = type, version = '0'] = versionOf.exec(type) ?? [];
  return [name, Number(version)];
}

/** A fact that nothing follows from is no part of a trace. */
function messagesOf(
  options: ReactionsOptions,
  fact: PublishedFact,
  commands: readonly ReactionCommand[],
): OutgoingMessage[] {
  const traceparent = commands.length > 0 ? options.tracing?.begin(fact, fact) : undefined;
  const cause = traceparent === undefined ? fact : { ...fact, traceparent };
  return commands.map((command) => messageOf(options, cause, command));
}

function messageOf(
  options: ReactionsOptions,
  fact: PublishedFact,
  command: ReactionCommand,
): OutgoingMessage {
  const { service, group, commandTopic, partitions, signer } = options;
  const { target, type, data } = command;
  const id = `${fact.id}/${target.aggregateId}`;
  const time = fact.time ?? '';
  const stream = reactionStream(group, fact.aggregateId);
  const origin = { detour: 'reaction' as const, stream, offset: fact.sequence, item: 0, n: 0 };
  const value = encodeEnvelope({
    id,
    type,
    source: service,
    subject: target.aggregateId,
    time,
    correlationid: fact.correlationId ?? fact.id,
    causationid: fact.id,
    ...(fact.traceparent === undefined ? {} : { traceparent: fact.traceparent }),
    data,
  });
  const signed = signer.headers({ origin, target, time }, { source: service, id, type, value });
  return {
    topic: commandTopic,
    partition: partitionOfKey(target.key, partitions),
    key: target.key,
    value,
    headers: { ...structuredHeaders, ...signed },
  };
}
