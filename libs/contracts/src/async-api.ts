import { allContracts } from './contracts';
import { envelopeSchema, replyHeaders, replySchema } from './envelope-schema';
import { publishedDefinitions, schemaName, type Docstrings } from './json-schema';
import type { MessageContract } from './message-contract';
import type { JsonSchema } from './rules/rule';
import { personalDataClasses, serviceTopics, topicManifest, type TopicSpec } from './topics';

/** A message as it was seen on a topic. */
export interface MessageExample {
  readonly name: string;
  readonly summary: string;
  readonly payload: object;
}

export interface AsyncApiSources {
  /** By full type name. */
  readonly examples?: Readonly<Record<string, readonly MessageExample[]>>;
  readonly docs?: Docstrings;
}

const pointer = (...steps: string[]) => ({ $ref: `#/${steps.join('/')}` });
const fromList = <T>(list: readonly T[], entry: (value: T) => [string, unknown]) =>
  Object.fromEntries(list.map(entry));

/** One AsyncAPI 3 document of all messages: channels are topics, operations are seen from the services. */
export function asyncApiDocument({ examples = {}, docs = {} }: AsyncApiSources = {}): object {
  const services = [...new Set(allContracts.map(({ topic }) => topic.split('.')[0] ?? ''))];
  const names = services.map((service) => serviceTopics(service));
  const channels = [
    ...names.flatMap(({ commands, events }) => [commands, events]).map((name) => messageChannel(name)),
    ...names.map(({ reply }): [string, object] => [
      reply,
      channel(topicOf(reply), { Reply: pointer('components', 'messages', 'Reply') }),
    ]),
  ];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Waybill',
      version: '1.0.0',
      description:
        'Commands in, facts out. Every value is a CloudEvents 1.0 envelope; types carry their version in the name. ' +
        'Commands refuse unknown members, readers of facts tolerate them.',
    },
    defaultContentType: 'application/json',
    servers: { local: { host: 'localhost:9092', protocol: 'kafka', description: 'the local stack' } },
    channels: Object.fromEntries(channels),
    operations: Object.assign({}, ...names.map((topics) => operations(topics))),
    components: {
      messages: {
        ...fromList(allContracts, (contract) => [
          contract.type,
          message(contract, examples[contract.type] ?? []),
        ]),
        Reply: {
          title: 'Reply',
          summary: 'the outcome of a command that asked for it',
          payload: replySchema,
        },
      },
      schemas: schemas(docs),
    },
  };
}

function topicOf(name: string): TopicSpec {
  const topic = topicManifest.find((spec) => spec.name === name);
  if (!topic) throw new Error(`${name} is not in the topic manifest`);
  return topic;
}

const contractsOn = (topic: string) => allContracts.filter((contract) => contract.topic === topic);

function messageChannel(name: string): [string, object] {
  const messages = fromList(contractsOn(name), ({ type }) => [type, pointer('components', 'messages', type)]);
  return [name, channel(topicOf(name), messages)];
}

function channel(topic: TopicSpec, messages: object): object {
  return {
    address: topic.name,
    description: topic.description,
    messages,
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: {
          'cleanup.policy': [topic.cleanupPolicy],
          'retention.ms': topic.retentionMs,
          'max.message.bytes': topic.maxMessageBytes,
        },
      },
    },
    'x-owner': topic.owner,
    'x-readers': topic.readers,
    'x-personal-data': `${topic.personalData}: ${personalDataClasses[topic.personalData]}`,
  };
}

function operations({ commands, events, reply }: ReturnType<typeof serviceTopics>): object {
  const messages = (topic: string) =>
    contractsOn(topic).map(({ type }) => pointer('channels', topic, 'messages', type));
  return {
    [`${commands}.receive`]: {
      action: 'receive',
      channel: pointer('channels', commands),
      messages: messages(commands),
      reply: {
        address: {
          location: '$message.header#/kafka_replyTopic',
          description: 'asked for in the headers; else no reply',
        },
        channel: pointer('channels', reply),
        messages: [pointer('channels', reply, 'messages', 'Reply')],
      },
    },
    [`${events}.send`]: { action: 'send', channel: pointer('channels', events), messages: messages(events) },
  };
}

function message(contract: MessageContract, examples: readonly MessageExample[]): object {
  const { key } = topicOf(contract.topic);
  return {
    name: contract.type,
    title: contract.type.split('.')[1],
    summary: contract.summary,
    contentType: 'application/cloudevents+json',
    ...(contract.kind === 'command' && { headers: replyHeaders }),
    payload: envelopeSchema(contract, pointer('components', 'schemas', schemaName(contract.payload))),
    bindings: { kafka: { key: { type: 'string', description: key } } },
    ...(contract.internal && { 'x-internal': true }),
    ...(examples.length > 0 && { examples }),
  };
}

function schemas(docs: Docstrings): Record<string, JsonSchema> {
  const owners = new Map<string, MessageContract['kind']>();
  const all: Record<string, JsonSchema> = {};
  for (const contract of allContracts) {
    for (const [name, schema] of Object.entries(
      publishedDefinitions(contract, docs, '#/components/schemas/'),
    )) {
      // commands are closed and facts are not, so one schema cannot serve both
      const owner = owners.get(name) ?? contract.kind;
      if (owner !== contract.kind) throw new Error(`${name} is part of commands and of facts`);
      owners.set(name, owner);
      all[name] = schema;
    }
  }
  return all;
}
