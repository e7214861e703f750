import type { TopicRecord } from '../evidence/topic-record';
import { type Json, order, shop } from './snapshots.spec-data';

let offsets = 0;

export function record(
  topic: string,
  key: string,
  value: Json | string,
  headers: Record<string, string> = {},
): TopicRecord {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return {
    topic,
    partition: 3,
    offset: (offsets += 1),
    timestampMs: 1000 + offsets,
    key,
    value: Buffer.from(text),
    headers,
  };
}

export const factOf = (
  service: string,
  subject: string,
  sequence: number,
  type: string,
  cause: string,
  data: Json,
): TopicRecord =>
  record(`${service}.events`, order.id, {
    id: `${subject}/${sequence}`,
    type: `${service}.${type}.v1`,
    source: service,
    subject,
    sequence,
    causationid: cause,
    data: { shop_slug: shop, order_number: order.number, ...data },
  });

export const commandOf = (
  service: string,
  key: string,
  id: string,
  data: Json = {},
  headers: Record<string, string> = {},
) => record(`${service}.commands`, key, { id, type: `${service}.do.v1`, data }, headers);

export const replyOf = (service: string, id: string, reply: Json): TopicRecord =>
  record(`${service}.commands.reply`, id, reply, { kafka_correlationId: id });

export const letterOf = (
  service: string,
  id: string,
  kind: string,
  place = `${service}.commands/3/1`,
): TopicRecord =>
  record(`${service}.dead-letters`, 'k', { id }, { 'waybill-dl-id': place, 'waybill-dl-kind': kind });
