import type { TopicSpec } from '@waybill/contracts';
import { type Admin, ConfigResourceTypes } from 'kafkajs';

export interface ConfigChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface TopicChange {
  readonly topic: string;
  readonly changes: readonly ConfigChange[];
}

/** What the cluster would need to match the manifest. Topics that are not in the manifest are nobody's business here. */
export interface TopicPlan {
  readonly create: readonly TopicSpec[];
  readonly alter: readonly TopicChange[];
  /** What differs and is not changed by us, with the reason; a human has to decide. */
  readonly refused: readonly { readonly topic: string; readonly reason: string }[];
  readonly unchanged: readonly string[];
}

type ReadingAdmin = Pick<Admin, 'fetchTopicMetadata' | 'describeConfigs'>;
type WritingAdmin = Pick<Admin, 'createTopics' | 'describeConfigs' | 'alterConfigs' | 'describeCluster'>;

const dynamicTopicConfig = 1;

const configOf = (spec: TopicSpec): Record<string, string> => ({
  'cleanup.policy': spec.cleanupPolicy,
  'retention.ms': String(spec.retentionMs),
  'max.message.bytes': String(spec.maxMessageBytes),
  'message.timestamp.type': spec.timestampType,
});

/** Compares the cluster with the manifest; changes nothing. */
export async function planTopics(admin: ReadingAdmin, manifest: readonly TopicSpec[]): Promise<TopicPlan> {
  const existing = await admin.fetchTopicMetadata();
  const partitions = new Map(existing.topics.map((topic) => [topic.name, topic.partitions.length]));
  const known = manifest.filter(({ name }) => partitions.has(name));
  const configs = await readConfigs(admin, known);
  const refused: { topic: string; reason: string }[] = [];
  const alter: TopicChange[] = [];
  for (const spec of known) {
    const has = partitions.get(spec.name);
    if (has !== spec.partitions)
      refused.push({
        topic: spec.name,
        reason: `has ${has} partitions, not ${spec.partitions}: another number moves keys to other partitions, drain the topic first`,
      });
    const changes: ConfigChange[] = [];
    for (const change of differences(spec, configs.get(spec.name) ?? new Map())) {
      const reason = dangerOf(change);
      if (reason === undefined) changes.push(change);
      else refused.push({ topic: spec.name, reason });
    }
    if (changes.length > 0) alter.push({ topic: spec.name, changes });
  }
  const touched = new Set([...alter, ...refused].map(({ topic }) => topic));
  return {
    create: manifest.filter(({ name }) => !partitions.has(name)),
    alter,
    refused,
    unchanged: known.map(({ name }) => name).filter((name) => !touched.has(name)),
  };
}

export interface ApplyOptions {
  /** Copies of each partition; as many as there are brokers, at most 3, unless given. */
  readonly replicationFactor?: number;
}

/** Carries a plan out: creates what is missing and changes settings. What the plan refuses stays as it is. */
export async function applyTopics(
  admin: WritingAdmin,
  plan: TopicPlan,
  options: ApplyOptions = {},
): Promise<void> {
  if (plan.create.length > 0) {
    const { brokers } = await admin.describeCluster();
    const replicas = options.replicationFactor ?? Math.min(3, brokers.length);
    await admin.createTopics({
      waitForLeaders: true,
      topics: plan.create.map((spec) => ({
        topic: spec.name,
        numPartitions: spec.partitions,
        replicationFactor: replicas,
        configEntries: Object.entries({
          ...configOf(spec),
          // an acknowledged record survives the loss of one broker wherever there are brokers enough for that
          'min.insync.replicas': replicas >= 3 ? '2' : '1',
        }).map(([name, value]) => ({ name, value })),
      })),
    });
  }
  if (plan.alter.length > 0) await alterTopics(admin, plan.alter);
}

async function alterTopics(admin: WritingAdmin, changes: readonly TopicChange[]): Promise<void> {
  const type = ConfigResourceTypes.TOPIC;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: changes.map(({ topic }) => ({ type, name: topic })),
  });
  // the request replaces all settings of a topic, so those that somebody made by hand have to be sent along
  await admin.alterConfigs({
    validateOnly: false,
    resources: changes.map(({ topic, changes: wanted }) => {
      const entries = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
      const own = entries
        .filter((entry) => isDynamic(entry))
        .map((entry) => [entry.configName, entry.configValue]);
      const merged = {
        ...Object.fromEntries(own),
        ...Object.fromEntries(wanted.map(({ name, to }) => [name, to])),
      };
      const configEntries = Object.entries(merged as Record<string, string>).map(([name, value]) => ({
        name,
        value,
      }));
      return { type, name: topic, configEntries };
    }),
  });
}

// `configSource` is in the answer but not in kafkajs's types
const isDynamic = (entry: object): boolean =>
  'configSource' in entry && entry.configSource === dynamicTopicConfig;

async function readConfigs(
  admin: Pick<Admin, 'describeConfigs'>,
  specs: readonly TopicSpec[],
): Promise<Map<string, Map<string, string>>> {
  if (specs.length === 0) return new Map();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: specs.map((spec) => ({
      type: ConfigResourceTypes.TOPIC,
      name: spec.name,
      configNames: Object.keys(configOf(spec)),
    })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
}

function differences(spec: TopicSpec, actual: ReadonlyMap<string, string>): ConfigChange[] {
  return Object.entries(configOf(spec)).flatMap(([name, to]) => {
    const from = actual.get(name) ?? '';
    return from === to ? [] : [{ name, from, to }];
  });
}

function dangerOf({ name, from, to }: ConfigChange): string | undefined {
  if (name === 'retention.ms' && to !== '-1' && (from === '-1' || Number(to) < Number(from)))
    return `retention.ms is ${from}, not ${to}: a shorter one deletes records at once, set it by hand`;
  return undefined;
}
