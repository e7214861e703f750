import { isDeepStrictEqual } from 'node:util';
import { type Break, together } from './break';
import { refusals, senderBreaks } from './command-breaks';
import { historyBreaks, readerBreaks, unreadable } from './fact-breaks';
import type { Ledger, LedgerEntry } from './ledger';
import { topicBreaks } from './topic-breaks';

/** All that would not work any more if `next` were deployed beside what the ledger says is there; [] when it is safe. */
export function breaksOf(service: string, next: LedgerEntry, ledger: Ledger): Break[] {
  const now = ledger[service];
  return together([
    ...(now
      ? [
          ...topicBreaks(service, now, next, ledger),
          ...newOnes(readerBreaks(now, next, ledger), readerBreaks(now, now, ledger)),
          ...historyBreaks(service, now, next),
          ...senderBreaks(now, next, ledger),
        ]
      : []),
    ...ownReadBreaks(service, next, ledger),
    ...ownSendBreaks(service, next, ledger),
  ]);
}

/** A reader may look out for what nobody publishes yet; that is none of this release's doing. */
const newOnes = (found: readonly Break[], before: readonly Break[]) =>
  found.filter((one) => !before.some((known) => isDeepStrictEqual(known, one)));

const ownerOf = (topic: string, ledger: Ledger) =>
  Object.entries(ledger).find(([, { topics }]) => topics.some(({ name }) => name === topic));

/** What it would read must be there already; an event topic without a deployed owner is only silent. */
function ownReadBreaks(service: string, next: LedgerEntry, ledger: Ledger): Break[] {
  return next.reads.flatMap((use) => {
    const [publisher, entry] = ownerOf(use.topic, ledger) ?? [];
    if (!entry) return [];
    return unreadable(service, use, entry, {
      when: `in what the deployed ${publisher} publishes`,
      isDeployed: false,
    });
  });
}

/** Old and new instances share the work for a while, so what a new one sends an old one must take. */
function ownSendBreaks(service: string, next: LedgerEntry, ledger: Ledger): Break[] {
  return next.sends.flatMap(({ topic, types, schema }) => {
    const [acceptor, entry] = ownerOf(topic, ledger) ?? [];
    if (!entry) return [];
    const sender = { name: `${service} of this checkout`, schema };
    return types.flatMap((type) =>
      refusals(
        sender,
        type,
        entry,
        `by the deployed ${acceptor}`,
        () => `deploy first a ${acceptor} that accepts it so, and send it from the release after that`,
      ).map((found) => ({ ...found, parties: [service] })),
    );
  });
}

/** How all services can be deployed one after the other, each safely; those that cannot are left over. */
export interface DeployOrder {
  readonly order: readonly string[];
  readonly stuck: readonly string[];
  /** What is deployed after that. */
  readonly deployed: Ledger;
}

/** Only services that differ from what is deployed count. */
export function deployOrder(checkout: Ledger, ledger: Ledger): DeployOrder {
  let deployed = ledger;
  let left = Object.keys(checkout).filter((service) => hasChanged(checkout[service], ledger[service]));
  const order: string[] = [];
  for (;;) {
    const [service, entry] =
      left
        .map((name) => [name, checkout[name]] as const)
        .find(([name, next]) => next && breaksOf(name, next, deployed).length === 0) ?? [];
    if (!service || !entry) return { order, stuck: left, deployed };
    deployed = { ...deployed, [service]: entry };
    order.push(service);
    left = left.filter((name) => name !== service);
  }
}

function hasChanged(next: LedgerEntry | undefined, now: LedgerEntry | undefined): boolean {
  return !isDeepStrictEqual({ ...next, release: '' }, { ...now, release: '' });
}
