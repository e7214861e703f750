import { serviceTopics, topicManifest } from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import { headerText, type InputRecord, type OutgoingMessage } from './record';
import type { UndeliverableReason } from './reports';

/** What became of a command, as its sender is told. */
export type Outcome =
  | {
      readonly outcome: 'accepted';
      readonly aggregate_id?: string;
      readonly sequence?: number;
      readonly events: readonly { readonly type: string; readonly sequence: number }[];
      readonly kept?: true;
    }
  | {
      readonly outcome: 'ignored';
      readonly reason: string;
      readonly aggregate_id?: string;
      readonly sequence?: number;
    }
  | {
      readonly outcome: 'refused';
      readonly key: string;
      readonly message: string;
      readonly errors: readonly Issue[];
      readonly aggregate_id?: string;
      readonly sequence?: number;
    };

/** Where a reply goes, as a stock Nest client names it. */
export interface ReplyAddress {
  readonly topic: string;
  readonly partition?: number;
  readonly correlationId: string;
}

export type ReadReplyAddress =
  | { readonly kind: 'none' }
  | { readonly kind: 'address'; readonly address: ReplyAddress }
  | { readonly kind: 'refused'; readonly reason: UndeliverableReason };

const ownTopics = new Set(topicManifest.map(({ name }) => name));
const ownReplyTopics = new Set(
  ['orders', 'shipments', 'claims'].map((service) => serviceTopics(service).reply),
);

const topicName = /^[A-Za-z0-9._-]{1,249}$/;
const longestCorrelationId = 256;

/** Reads Nest's reply headers. Only reply topics of the manifest and foreign topics ending in `.reply` are written to. */
export function replyAddress(headers: InputRecord['headers']): ReadReplyAddress {
  const topic = headerText(headers, 'kafka_replyTopic');
  const correlationId = headerText(headers, 'kafka_correlationId');
  if (topic === undefined) return { kind: 'none' };
  if (!ownReplyTopics.has(topic) && (ownTopics.has(topic) || !topic.endsWith('.reply')))
    return { kind: 'refused', reason: 'not_a_reply_topic' };
  const partition = headerText(headers, 'kafka_replyPartition');
  const isSound =
    topicName.test(topic) &&
    correlationId !== undefined &&
    correlationId.length >= 1 &&
    correlationId.length <= longestCorrelationId &&
    (partition === undefined || /^\d{1,6}$/.test(partition));
  if (!isSound) return { kind: 'refused', reason: 'malformed_address' };
  return {
    kind: 'address',
    address: { topic, correlationId, ...(partition === undefined ? {} : { partition: Number(partition) }) },
  };
}

/**
 * A reply as Nest's client expects it. A command of its own gets one reply, which ends the client's stream; each item of
 * a bulk gets one, and none is marked as the last: the caller takes `items` of them.
 */
export function replyMessage(
  { topic, partition, correlationId }: ReplyAddress,
  outcome: Outcome,
  item?: { readonly item: number; readonly items: number },
): OutgoingMessage {
  return {
    topic,
    ...(partition === undefined ? {} : { partition }),
    // where no partition is asked for, the key makes a second attempt go where the first one went
    key: correlationId,
    value: JSON.stringify({ ...item, ...outcome }),
    headers: {
      kafka_correlationId: correlationId,
      ...(item ? {} : { 'kafka_nest-is-disposed': Buffer.alloc(1) }),
    },
  };
}
