import type { MessageContract } from './message-contract';
import type { JsonSchema } from './rules/rule';

const text = (description: string): JsonSchema => ({ type: 'string', minLength: 1, description });

/** The CloudEvents 1.0 envelope (structured mode) of one message, with `data` as the caller says. */
export function envelopeSchema({ type, kind, topic }: MessageContract, data: JsonSchema): JsonSchema {
  const isFact = kind === 'fact';
  const service = topic.split('.')[0];
  return {
    type: 'object',
    required: [
      'specversion',
      'id',
      'type',
      'source',
      ...(isFact ? ['subject', 'sequence', 'time'] : []),
      'data',
    ],
    properties: {
      specversion: { const: '1.0' },
      id: text(isFact ? '<aggregate id>/<sequence>' : "the caller's choice, new for every new command"),
      type: { const: type },
      source: isFact
        ? { const: service }
        : text("the caller's name; together with `id` it names the message"),
      subject: text(isFact ? "the aggregate's id" : 'free, not used'),
      ...(isFact && {
        sequence: {
          type: 'integer',
          minimum: 1,
          description: 'number of the fact in its aggregate, without a gap',
        },
      }),
      time: {
        type: 'string',
        format: 'date-time',
        description: isFact
          ? 'the command time, UTC'
          : "the only now of a decision; default: the record's timestamp",
      },
      datacontenttype: { type: 'string' },
      correlationid: text('handed on from the message that began it all'),
      causationid: text('id of the message that caused this one'),
      traceparent: text('W3C Trace Context'),
      data,
    },
  };
}

/** Headers with which a caller asks for a reply, as a stock Nest client sets them. */
export const replyHeaders: JsonSchema = {
  type: 'object',
  properties: {
    kafka_correlationId: text('comes back with the reply'),
    kafka_replyTopic: text('a topic whose name ends in `.reply`'),
    kafka_replyPartition: {
      type: 'string',
      pattern: String.raw`^\d+$`,
      description: 'partition of the reply topic',
    },
  },
};

const issueSchema: JsonSchema = {
  type: 'object',
  required: ['loc', 'field', 'msg', 'type'],
  properties: {
    loc: {
      type: 'array',
      items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      description: '`data`, then members and list positions',
    },
    field: { type: 'string', description: 'the same, dotted' },
    msg: { type: 'string' },
    type: { type: 'string', description: 'name of the constraint, or the key of a business rule' },
  },
};

/** What a command that asked for a reply gets. */
export const replySchema: JsonSchema = {
  type: 'object',
  required: ['outcome'],
  properties: {
    outcome: { type: 'string', enum: ['accepted', 'ignored', 'refused'] },
    reason: {
      type: 'string',
      enum: ['nothing_changed', 'duplicate', 'stale', 'already_cancelled', 'already_deleted'],
      description: 'why it was ignored',
    },
    key: text('why it was refused'),
    message: { type: 'string' },
    errors: { type: 'array', items: issueSchema },
    aggregate_id: { type: 'string', format: 'uuid', description: 'there whenever the aggregate exists' },
    sequence: { type: 'integer', minimum: 1, description: 'number of its last fact' },
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'sequence'],
        properties: { type: { type: 'string' }, sequence: { type: 'integer', minimum: 1 } },
      },
    },
    kept: { const: true, description: 'a scan that waits for its tracking number' },
    item: { type: 'integer', minimum: 0, description: 'position in a bulk' },
    items: { type: 'integer', minimum: 1, description: 'size of the bulk: as many replies come' },
  },
};
