import { entryOfCheckout, services } from './checkout';
import type { Ledger, LedgerEntry } from './ledger';

/** Everything deployed as this checkout has it. */
export const deployed: Ledger = Object.fromEntries(
  services.map((service) => [service, entryOfCheckout(service, 'first')]),
);

type Schema = Record<string, unknown>;
interface ObjectSchema extends Schema {
  properties: Record<string, Schema>;
  required?: string[];
}

/** An entry that a test may change. */
export interface Draft {
  topics: { name: string; key: string; partitions: number }[];
  messages: { type: string; kind: 'command' | 'fact'; topic: string; schema: Schema }[];
  reads: { topic: string; types: string[]; schema: Schema }[];
  sends: { topic: string; types: string[]; schema: Schema }[];
  definitions: Record<string, ObjectSchema>;
}

/** The deployed entry of a service with one change. */
export function planted(service: string, change: (draft: Draft) => void): LedgerEntry {
  const draft = JSON.parse(JSON.stringify(deployed[service])) as LedgerEntry;
  change(draft as unknown as Draft);
  return draft;
}

/** The schema of a class, without which a test would prove nothing. */
export function classIn({ definitions }: Draft, name: string): ObjectSchema {
  const found = definitions[name];
  if (!found) throw new Error(`no class ${name}`);
  return found;
}

/** Changes the schema of a member. */
export const changing =
  (name: string, member: string, change: Schema) =>
  (draft: Draft): void => {
    const found = classIn(draft, name).properties[member];
    if (!found) throw new Error(`${name} has no ${member}`);
    Object.assign(found, change);
  };

export const adding =
  (name: string, member: string, schema: Schema, isRequired: boolean) =>
  (draft: Draft): void => {
    const target = classIn(draft, name);
    target.properties[member] = schema;
    if (isRequired) target.required = [...(target.required ?? []), member];
  };

export const removing =
  (name: string, member: string) =>
  (draft: Draft): void => {
    const target = classIn(draft, name);
    if (!target.properties[member]) throw new Error(`${name} has no ${member}`);
    delete target.properties[member];
    if (target.required) target.required = target.required.filter((one) => one !== member);
  };

export const requiring =
  (name: string, member: string, isRequired: boolean) =>
  (draft: Draft): void => {
    const target = classIn(draft, name);
    const others = (target.required ?? []).filter((one) => one !== member);
    target.required = isRequired ? [...others, member] : others;
  };

/** Changes the values that a member may have. */
export const offering =
  (name: string, member: string, change: (values: string[]) => string[]) =>
  (draft: Draft): void => {
    const found = classIn(draft, name).properties[member];
    if (!Array.isArray(found?.['enum'])) throw new Error(`${name} has no list of values for ${member}`);
    found['enum'] = change(found['enum'] as string[]);
  };

export const withoutType = (type: string) => (draft: Draft) => {
  const others = draft.messages.filter((message) => message.type !== type);
  if (others.length === draft.messages.length) throw new Error(`no ${type}`);
  draft.messages = others;
};

/** A further message with the content of a known one. */
export const alsoType = (type: string, like: string) => (draft: Draft) => {
  const known = draft.messages.find((message) => message.type === like);
  if (!known) throw new Error(`no ${like}`);
  draft.messages.push({ ...known, type });
};

export const topicChange =
  (name: string, change: Partial<Draft['topics'][number]>) =>
  (draft: Draft): void => {
    const topic = draft.topics.find((one) => one.name === name);
    if (!topic) throw new Error(`no topic ${name}`);
    Object.assign(topic, change);
    if (change.name)
      for (const message of draft.messages) if (message.topic === name) message.topic = change.name;
  };

type Snapshots = Record<string, { allOf: { properties: object; required: string[] }[] }>;

/** The members that a reader looks for in the snapshots of a topic. */
export const inSnapshot = ({ reads }: Draft, topic: string, member: string) => {
  const { properties } = (reads.find((one) => one.topic === topic)?.schema ?? {}) as Record<
    string,
    Snapshots
  >;
  const [snapshot] = properties?.[member]?.allOf ?? [];
  if (!snapshot) throw new Error(`no ${member}`);
  return snapshot;
};
