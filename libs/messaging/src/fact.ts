import { type Constructor, contractOf, topicMessageBytes } from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import { decodeEnvelope } from './decode-envelope';
import type { InputRecord } from './record';

/** What happened to one aggregate, as its reader sees it. */
export interface Fact<Data = unknown> {
  /** Full type name, such as `orders.order-placed.v1`. */
  readonly type: string;
  readonly aggregateId: string;
  /** 1, 2, 3 … per aggregate. */
  readonly sequence: number;
  readonly id: string;
  readonly source: string;
  readonly time?: string;
  readonly correlationId?: string;
  /** Id of the command that caused it. */
  readonly causationId?: string;
  readonly traceparent?: string;
  /** What changed, and the aggregate's snapshot. Members that a reader does not know are left in. */
  readonly data: Data;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export type ReadFact =
  | { readonly ok: true; readonly fact: Fact }
  | { readonly ok: false; readonly reasons: readonly Issue[] };

/** Reads a record of an event topic. Never throws. */
export function readFact(record: InputRecord): ReadFact {
  const decoded = decodeEnvelope(record, topicMessageBytes);
  if (!decoded.ok) return decoded;
  const { id, type, source, subject, sequence, time, data, ...more } = decoded.envelope;
  if (subject === undefined || sequence === undefined)
    return { ok: false, reasons: [missing('subject', subject), missing('sequence', sequence)].flat() };
  const { topic, partition, offset } = record;
  const { correlationid: correlationId, causationid: causationId, traceparent } = more;
  return {
    ok: true,
    fact: {
      type,
      aggregateId: subject,
      sequence,
      id,
      source,
      ...(time === undefined ? {} : { time }),
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(causationId === undefined ? {} : { causationId }),
      ...(traceparent === undefined ? {} : { traceparent }),
      data,
      topic,
      partition,
      offset,
    },
  };
}

/** Whether the data of a fact is of this class of `@waybill/contracts`; narrows the fact to it. */
export function isFact<T extends object>(fact: Fact, payload: Constructor<T>): fact is Fact<T> {
  return contractOf(fact.type)?.payload === payload;
}

const missing = (name: string, value: unknown): Issue[] =>
  value === undefined
    ? [{ loc: ['envelope', name], field: name, msg: 'is missing; a fact needs it', type: 'isDefined' }]
    : [];
