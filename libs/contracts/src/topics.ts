import { topicMessageBytes } from './limits';

/** What a topic may carry of the people behind an order; see {@link personalDataClasses}. */
export type PersonalData = 'none' | 'order' | 'shipment' | 'claim';

export const personalDataClasses: Readonly<Record<PersonalData, string>> = {
  none: 'ids, states and outcomes only',
  order: 'email address, customer id, postal address, phone; in commands also the browser',
  shipment: 'pickup point and what a carrier noted about the recipient',
  claim: 'postal address, description, answers, image and signature URLs',
};

/** One topic as it is provisioned. Sizes in bytes, times in milliseconds. */
export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** -1: kept for ever. */
  readonly retentionMs: number;
  readonly cleanupPolicy: 'delete';
  readonly maxMessageBytes: number;
  readonly timestampType: 'LogAppendTime' | 'CreateTime';
  /** What the record key is. */
  readonly key: string;
  readonly owner: string;
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly personalData: PersonalData;
  /** Part of every stream name. Raised by one when the topic is deleted and created again. */
  readonly epoch: number;
  readonly description: string;
}

/** Services that own an aggregate, and so topics. */
export type TopicOwner = 'orders' | 'shipments' | 'claims';

export interface RetryTopic {
  readonly topic: string;
  readonly delayMs: number;
}

export interface ServiceTopics {
  readonly commands: string;
  readonly events: string;
  readonly reply: string;
  readonly retry: readonly RetryTopic[];
  readonly deadLetters: string;
}

export interface ManifestOptions {
  /** The same for all topics, so that everything about one order has one partition number everywhere. */
  readonly partitions?: number;
  /** How long a command waits for a reference that is not known yet, each delay as `5s`, `2m` or `1h`. */
  readonly retryDelays?: readonly string[];
}

export const defaultPartitions = 12;
export const defaultRetryDelays: readonly string[] = ['5s', '30s', '2m', '10m'];

const dayMs = 24 * 60 * 60 * 1000;
const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a delay such as `5s`, `2m` or `1h`. Throws a RangeError for anything else. */
export function retryDelayMs(delay: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,4})([smh])$/.exec(delay) ?? [];
  if (count === undefined)
    throw new RangeError(`"${delay}" is no delay: wanted a whole number and s, m or h`);
  return Number(count) * (unitMs[unit] ?? 0);
}

/** Names of the topics that belong to `service`. */
export function serviceTopics(service: string, retryDelays = defaultRetryDelays): ServiceTopics {
  return {
    commands: `${service}.commands`,
    events: `${service}.events`,
    reply: `${service}.commands.reply`,
    retry: retryDelays.map((delay) => ({ topic: `${service}.retry.${delay}`, delayMs: retryDelayMs(delay) })),
    deadLetters: `${service}.dead-letters`,
  };
}

interface OwnerRow {
  readonly commandKey: string;
  readonly commandWriters: readonly string[];
  readonly eventReaders: readonly string[];
  readonly personalData: PersonalData;
  readonly noun: string;
}

const owners: Readonly<Record<TopicOwner, OwnerRow>> = {
  orders: {
    commandKey: '<shop_slug>/<order_number>',
    commandWriters: ['any producer', 'orders'],
    eventReaders: ['shipments', 'claims', 'analytics', 'anyone'],
    personalData: 'order',
    noun: 'order',
  },
  shipments: {
    commandKey: 'order id (scans: any)',
    commandWriters: ['carriers', 'shipments'],
    eventReaders: ['orders', 'claims', 'anyone'],
    personalData: 'shipment',
    noun: 'shipment',
  },
  claims: {
    commandKey: 'order id',
    commandWriters: ['any producer', 'claims'],
    eventReaders: ['analytics', 'anyone'],
    personalData: 'claim',
    noun: 'claim',
  },
};

function topicsOf(owner: TopicOwner, options: Required<ManifestOptions>): TopicSpec[] {
  const { commandKey, commandWriters, eventReaders, personalData, noun } = owners[owner];
  const names = serviceTopics(owner, options.retryDelays);
  const common = {
    partitions: options.partitions,
    cleanupPolicy: 'delete',
    maxMessageBytes: topicMessageBytes,
    // a caller's clock must decide neither when a record is removed nor how late it is
    timestampType: 'LogAppendTime',
    owner,
    epoch: 1,
  } as const;
  const internal = { ...common, key: 'as the command', writers: [owner], personalData };
  return [
    {
      ...common,
      name: names.commands,
      retentionMs: 30 * dayMs,
      key: commandKey,
      writers: commandWriters,
      readers: [owner],
      personalData,
      description: `requests to change one ${noun}`,
    },
    {
      ...common,
      name: names.events,
      retentionMs: -1,
      key: 'order id',
      writers: [owner],
      readers: eventReaders,
      personalData,
      description: `what happened to each ${noun}, with its snapshot`,
    },
    {
      ...common,
      name: names.reply,
      retentionMs: dayMs,
      key: '–',
      writers: [owner],
      readers: ['whoever asked for a reply'],
      personalData: 'none',
      description: 'outcomes of commands that asked for one',
    },
    ...names.retry.map((retry) => ({
      ...internal,
      name: retry.topic,
      retentionMs: 30 * dayMs,
      readers: [owner],
      description: `commands that wait ${retry.delayMs / 1000} s for a reference`,
    })),
    {
      ...internal,
      name: names.deadLetters,
      retentionMs: 90 * dayMs,
      readers: ['operators'],
      description: 'messages that could not be applied, with the reasons',
    },
  ];
}

/** Every topic of the platform. Provisioning, the AsyncAPI document and the README table derive from it. */
export function buildTopicManifest(options: ManifestOptions = {}): readonly TopicSpec[] {
  const { partitions = defaultPartitions, retryDelays = defaultRetryDelays } = options;
  return (Object.keys(owners) as TopicOwner[]).flatMap((owner) =>
    topicsOf(owner, { partitions, retryDelays }),
  );
}

export const topicManifest: readonly TopicSpec[] = buildTopicManifest();
