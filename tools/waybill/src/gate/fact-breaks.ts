import type { Break } from './break';
import { type Ledger, type LedgerEntry, type LedgerMessage, type LedgerUse, schemaOf } from './ledger';
import { doing, toReader, toSender } from './misfit-words';
import { misfits } from './schema-fit';
import type { Misfit } from './value-fit';
import { isNewerThan } from './versions';

export const factsOn = ({ messages }: LedgerEntry, topic: string): LedgerMessage[] =>
  messages.filter((message) => message.kind === 'fact' && message.topic === topic);

const isRead = ({ types, andOthers }: LedgerUse, type: string) => types.includes(type) || andOthers === true;

/** What the facts of `next` do to services that read those of `now`. */
export function readerBreaks(now: LedgerEntry, next: LedgerEntry, ledger: Ledger): Break[] {
  const kept = next.topics.map(({ name }) => name);
  return Object.entries(ledger).flatMap(([reader, { reads }]) =>
    reads
      // of a topic that is gone there is nothing more to say
      .filter(({ topic }) => kept.includes(topic))
      .flatMap((use) => [
        ...goneTypes(reader, use, now, next),
        ...unreadable(reader, use, next, { when: 'now', isDeployed: true }),
      ]),
  );
}

function goneTypes(reader: string, use: LedgerUse, now: LedgerEntry, next: LedgerEntry): Break[] {
  if (use.andOthers) return [];
  const published = factsOn(next, use.topic).map(({ type }) => type);
  return factsOn(now, use.topic)
    .filter(({ type }) => use.types.includes(type) && !published.includes(type))
    .map(({ type }) => ({
      parties: [reader],
      about: [type],
      member: '',
      does: `${reader} reads`,
      but: 'which is not published any more',
      remedy: `publish it until ${reader} is deployed without it (${declarationOf(reader)})`,
    }));
}

/** Facts of `publisher` that a reader cannot take. */
export function unreadable(
  reader: string,
  use: LedgerUse,
  publisher: LedgerEntry,
  { when, isDeployed }: { readonly when: string; readonly isDeployed: boolean },
): Break[] {
  const does = `${reader}${isDeployed ? '' : ' of this checkout'} reads`;
  const remedyOf = (misfit: Misfit) =>
    isDeployed ? readerRemedy(reader, misfit) : 'deploy first who publishes it so';
  return factsOn(publisher, use.topic).flatMap((fact): Break[] => {
    const about = [fact.type];
    const common = { parties: [reader], about, does };
    if (!use.types.includes(fact.type) && use.types.some((known) => isNewerThan(fact.type, known)))
      return [
        {
          ...common,
          member: '',
          does: `${reader} stands still at the first`,
          but: 'a version that it does not know and waits for',
          remedy: `deploy ${reader} first, from a checkout that reads this version`,
        },
      ];
    if (!isRead(use, fact.type)) return [];
    return misfits(schemaOf(publisher, fact), use.schema, { wantsAll: isDeployed }).map((misfit) => ({
      ...common,
      member: misfit.member,
      but: toReader(misfit, when),
      remedy: remedyOf(misfit),
    }));
  });
}

function readerRemedy(reader: string, { kind }: Misfit): string {
  if (kind === 'missing') return `keep it until ${reader} is deployed without it (${declarationOf(reader)})`;
  if (kind === 'optional') return 'always publish it';
  if (kind === 'type') return 'give it another name, or publish a new version of the fact beside this one';
  return `deploy ${reader} first, from a checkout that knows the new contract, and write its ledger entry`;
}

const declarationOf = (service: string) => `libs/contracts/src/uses/${service}.uses.ts`;

/** Facts are kept for ever, and whoever reads them from the beginning has the contract of its own day. */
export function historyBreaks(service: string, now: LedgerEntry, next: LedgerEntry): Break[] {
  const later = new Map(next.messages.map((message) => [message.type, message]));
  return now.messages.flatMap((fact) => {
    const same = later.get(fact.type);
    if (fact.kind !== 'fact' || !same) return [];
    return misfits(schemaOf(now, fact), schemaOf(next, same), { wantsAll: false }).map((misfit) => ({
      parties: [`who reads ${fact.topic} from its beginning`],
      about: [fact.type],
      member: misfit.member,
      does: `${service} ${doing(misfit.kind, ['has not published', 'may not have published', 'has published'])}`,
      but: toSender(misfit, 'by the contract now'),
      remedy:
        misfit.kind === 'missing' || misfit.kind === 'optional'
          ? 'make it optional: facts are kept for ever'
          : 'let the contract allow what was published before, or publish a new version beside this one',
    }));
  });
}
