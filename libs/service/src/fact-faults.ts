import { NewerVersionError } from '@waybill/aggregates';
import { allContracts, type Reading } from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import type { Fact } from '@waybill/messaging';

/** Where the facts of a topic have their snapshot. */
export interface SnapshotPlace {
  readonly source: string;
  /** Member of the data that is the snapshot. */
  readonly member: string;
  /** What is used of the data, the snapshot and `same` among it. */
  readonly reading: Reading;
  /** Members of the data that the snapshot has, too, by the name that they have there. The first one is the subject. */
  readonly same: readonly (readonly [ofData: string, ofSnapshot: string])[];
}

/**
 * What is wrong with what is used of a fact: a fact of any type will do, as long as its owner wrote it and its snapshot is
 * one of its subject. One of a version that this release does not know is an error: it waits for a release that does.
 */
export function faultsIn({ source, member, reading, same }: SnapshotPlace) {
  return (fact: Fact): readonly Issue[] => {
    if (fact.source !== source) return [fault(['source'], `must be ${source}`)];
    requireKnownVersion(fact);
    const issues = reading.faultsOf(fact.data);
    if (issues.length > 0) return issues;
    const data = fact.data as Record<string, unknown>;
    const shown = data[member] as Record<string, unknown>;
    const [subject] = same;
    if (subject && shown[subject[1]] !== fact.aggregateId)
      return [fault(['data', member, subject[1]], 'must be the subject')];
    const other = same.filter(([ofData, ofSnapshot]) => data[ofData] !== shown[ofSnapshot]);
    return other.map(([ofData]) => fault(['data', ofData], 'must be that of the snapshot'));
  };
}

const versionOf = /^(.+)\.v(\d+)$/;
const newest = new Map(
  allContracts.filter(({ kind }) => kind === 'fact').map(({ type }) => nameAndVersion(type)),
);

function requireKnownVersion({ id, type }: Fact): void {
  const [name, version] = nameAndVersion(type);
  const known = newest.get(name);
  if (known !== undefined && version > known) throw new NewerVersionError(id, version, known);
}

function nameAndVersion(type: string): [name: string, version: number] {
  const [, name = type, version = '0'] = versionOf.exec(type) ?? [];
  return [name, Number(version)];
}

const fault = (loc: readonly string[], msg: string): Issue => ({
  loc,
  field: loc.slice(1).join('.'),
  msg,
  type: 'foreign',
});
