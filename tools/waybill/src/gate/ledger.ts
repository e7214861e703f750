import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { inlined, type JsonSchema } from '@waybill/contracts';
import { CommandFailure } from '../failure';

/** What is deployed, by service. Written at each deploy. */
export type Ledger = Readonly<Record<string, LedgerEntry>>;

/** What one deployed service gives, takes, reads and sends. */
export interface LedgerEntry {
  /** Whatever tells this deploy from others: a commit, a date. */
  readonly release: string;
  readonly topics: readonly LedgerTopic[];
  /** Facts that it publishes and commands that it accepts. */
  readonly messages: readonly LedgerMessage[];
  readonly reads: readonly LedgerUse[];
  readonly sends: readonly LedgerUse[];
  /** Schemas that those of the messages point to. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

/** One of the service's own topics. */
export interface LedgerTopic {
  readonly name: string;
  readonly key: string;
  readonly partitions: number;
}

export interface LedgerMessage {
  readonly type: string;
  readonly kind: 'command' | 'fact';
  readonly topic: string;
  /** No caller sends it. */
  readonly internal?: boolean;
  /** Of `data`; points into the definitions. */
  readonly schema: JsonSchema;
}

/** Members of some types of messages, as the service knew them when it was deployed. */
export interface LedgerUse {
  readonly topic: string;
  readonly types: readonly string[];
  /** Types of the topic that it does not know are read, too; newer versions of those that it knows are waited for. */
  readonly andOthers?: boolean;
  /** Of `data`, with nothing in it but the members that are used, and without references. */
  readonly schema: JsonSchema;
}

/** The ledger of a file; empty where there is none yet. */
export function readLedger(file: string): Ledger {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Ledger;
  } catch (error) {
    throw new CommandFailure(`${file} is no ledger: ${String(error)}`);
  }
}

export function writeLedger(file: string, ledger: Ledger): void {
  const sorted = Object.fromEntries(Object.entries(ledger).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

const inlinedSchemas = new WeakMap<LedgerMessage, JsonSchema>();

/** The schema of a message of the entry, without references. Compared with that of every reader, so it is made once. */
export function schemaOf({ definitions }: LedgerEntry, message: LedgerMessage): JsonSchema {
  const known = inlinedSchemas.get(message) ?? inlined(message.schema, definitions);
  inlinedSchemas.set(message, known);
  return known;
}

/** What is deployed and, beside it, what a service is about to read and to send, so that nobody takes that away. */
export const announced = (deployed: LedgerEntry, next: LedgerEntry): LedgerEntry => ({
  ...deployed,
  reads: withNew(deployed.reads, next.reads),
  sends: withNew(deployed.sends, next.sends),
});

const withNew = (known: readonly LedgerUse[], uses: readonly LedgerUse[]) => [
  ...known,
  ...uses.filter((use) => !known.some((one) => isDeepStrictEqual(one, use))),
];

/** `<type> <member>` of all that is used. */
export const usedMembers = (uses: readonly LedgerUse[]): string[] =>
  uses.flatMap(({ types, schema }) =>
    types.flatMap((type) => membersOf(schema, '').map((member) => `${type} ${member}`)),
  );

function membersOf(schema: JsonSchema, at: string): string[] {
  const { properties = {}, items, anyOf = [], allOf = [] } = schema as Partial<Record<string, JsonSchema[]>>;
  const named = Object.entries(properties as Record<string, JsonSchema>).flatMap(([name, below]) => {
    const member = at === '' ? name : `${at}.${name}`;
    return [member, ...membersOf(below, member)];
  });
  const parts = [...anyOf, ...allOf].flatMap((part) => membersOf(part, at));
  return [...named, ...parts, ...(items ? membersOf(items as unknown as JsonSchema, at) : [])];
}
