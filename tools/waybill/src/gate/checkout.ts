import {
  allContracts,
  allUses,
  type AnyMembers,
  inlined,
  type MessageContract,
  publishedDefinitions,
  schemaName,
  topicManifest,
  usedSchema,
} from '@waybill/contracts';
import { CommandFailure } from '../failure';
import type { LedgerEntry, LedgerUse } from './ledger';

/** All services that can be deployed. */
export const services: readonly string[] = allUses.map(({ service }) => service);

/** What a service of this checkout gives, takes, reads and sends. */
export function entryOfCheckout(service: string, release: string): LedgerEntry {
  const uses = allUses.find((one) => one.service === service);
  if (!uses) throw new CommandFailure(`there is no service ${service}: ${services.join(', ')}`, 2);
  const own = allContracts.filter(({ type }) => type.startsWith(`${service}.`));
  return {
    release,
    topics: topicManifest
      .filter(({ owner }) => owner === service)
      .map(({ name, key, partitions }) => ({ name, key, partitions })),
    messages: own.map(({ type, kind, topic, internal, payload }) => ({
      type,
      kind,
      topic,
      ...(internal && { internal }),
      schema: { $ref: `${pointer}${schemaName(payload)}` },
    })),
    reads: usesOf(uses.reads, 'reads'),
    sends: usesOf(uses.sends, 'sends'),
    definitions: Object.assign({}, ...own.map(definitions)),
  };
}

const pointer = '#/definitions/';
const definitions = (contract: MessageContract) => publishedDefinitions(contract, {}, pointer);

const usesOf = (
  declared: Readonly<Record<string, AnyMembers | undefined>>,
  as: 'reads' | 'sends',
): LedgerUse[] =>
  Object.entries(declared).map(([source, members = true]) => {
    const ofTopic = allContracts.filter(({ topic, kind }) => topic === source && kind === 'fact');
    const contracts = ofTopic.length > 0 ? ofTopic : allContracts.filter(({ type }) => type === source);
    const [first] = contracts;
    if (!first) throw new Error(`${source} is not in the contracts`);
    return {
      topic: first.topic,
      types: contracts.map(({ type }) => type),
      ...(ofTopic.length > 0 && { andOthers: true }),
      schema: usedSchema(wholeSchema(first), members, as),
    };
  });

const wholeSchema = (contract: MessageContract) =>
  inlined({ $ref: `${pointer}${schemaName(contract.payload)}` }, definitions(contract));
