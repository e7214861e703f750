import type { AggregateTypes, Decider } from '@waybill/decider';
import type { Waiting } from './kept-store';
import type { Upcaster } from './state-versions';

/** A valid command as the engine hands it to the service: `data` is the wire DTO, plain JSON; `time` is UTC with milliseconds. */
export interface CommandMessage {
  readonly type: string;
  readonly id: string;
  readonly source: string;
  readonly time: string;
  readonly correlationId?: string;
  readonly traceparent?: string;
  /** It was kept until its place was taken; `time` is that of the taking. */
  readonly kept?: boolean;
  /** Of one that was kept: the command time that it had itself. */
  readonly saidAt?: string;
  // each command type has its own DTO; the service narrows by `type`
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

/** What is published for one event: the full type name and all of `data`, common members first, the snapshot last. */
export interface Fact {
  readonly type: string;
  readonly data: object;
}

/** All that the engine must know of an aggregate; it knows nothing else of the domain. */
export interface AggregateType<T extends AggregateTypes> {
  /** Name of the owning service: source of its facts, prefix of its topics. */
  readonly service: string;
  /** Greatest schema version of the state in a document that this release reads. A document of a greater one is not touched. */
  readonly version: number;
  /** The version that it writes where a document has no greater one [version]: lower in the release that only learns to read. */
  readonly writes?: number;
  /** The first makes of a state of version 1 one of version 2, and so on up to `version`. */
  readonly upcasters?: readonly Upcaster[];
  readonly decider: Decider<T>;
  /** `copy`: what the service's copies of other aggregates answered for this message, where it has any. */
  toCommand(message: CommandMessage, copy?: unknown): T['command'];
  /** `version`: the one to write, where the service writes several. */
  toDocument(state: T['state'], version: number): Record<string, unknown>;
  /** Of a state of the greatest version. Throws when it cannot be mapped; the engine then fails this aggregate's commands and no others. */
  fromDocument(document: Record<string, unknown>): T['state'];
  /** Values that no other living aggregate may hold, each as one derived text that starts with its kind and shop. */
  uniqueKeys(state: T['state']): string[];
  /** Partition key of the aggregate's facts. */
  factKey(state: T['state']): string;
  fact(event: T['event'], after: T['state']): Fact;
  /** What facts show of the state; its size as JSON is limited. */
  snapshot(state: T['state']): object;
  /** Places that commands may have been kept for, which this aggregate has taken. */
  places?(state: T['state']): readonly Place[];
  /** The command was meant for another taker of its place: it is kept again under this. */
  misdirected?(state: T['state'], command: T['command']): Waiting | undefined;
}

/** A place that an aggregate takes. */
export interface Place {
  readonly place: string;
  /** Null: it does not know yet which taker it is. */
  readonly kind: string | null;
  /** Command time of the taking. */
  readonly attachedAt: string;
}
