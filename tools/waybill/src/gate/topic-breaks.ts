import type { Break } from './break';
import { outside } from './command-breaks';
import type { Ledger, LedgerEntry, LedgerTopic } from './ledger';

/** What becomes of the service's own topics, for all who use them. */
export function topicBreaks(service: string, now: LedgerEntry, next: LedgerEntry, ledger: Ledger): Break[] {
  return now.topics.flatMap((topic) => {
    const parties = usersOf(service, topic.name, now, ledger);
    const common = {
      parties,
      about: [topic.name],
      member: '',
      does: `${listed(parties)} ${parties.length === 1 ? 'uses' : 'use'}`,
    };
    const later = next.topics.find(({ name }) => name === topic.name);
    if (!later)
      return [
        {
          ...common,
          but: 'which is gone',
          remedy: 'keep the topic, or move everybody to one of a new name before',
        },
      ];
    return changesOf(topic, later).map(([but, remedy]) => ({ ...common, but, remedy }));
  });
}

function changesOf(topic: LedgerTopic, later: LedgerTopic): (readonly [but: string, remedy: string])[] {
  return [
    ...(topic.key === later.key
      ? []
      : [
          [
            `whose key was ${topic.key} and is ${later.key} now: what belongs together would not stay in order`,
            'keep the key, or write to a topic of a new name',
          ] as const,
        ]),
    ...(topic.partitions === later.partitions
      ? []
      : [
          [
            `which had ${topic.partitions} partitions and has ${later.partitions} now: keys would move to others, and positions would name the wrong ones`,
            `keep ${topic.partitions}, or let everything run dry first and raise the epoch of the topic`,
          ] as const,
        ]),
  ];
}

/** The owner keeps positions and waiting commands in its topics; the others as the ledger says. */
function usersOf(service: string, topic: string, now: LedgerEntry, ledger: Ledger): string[] {
  const live = Object.entries(ledger)
    .filter(([, { reads, sends }]) => [...reads, ...sends].some((use) => use.topic === topic))
    .map(([name]) => name);
  const isOpen = now.messages.some(
    ({ kind, internal, topic: on }) => kind === 'command' && !internal && on === topic,
  );
  return [...new Set([service, ...live, ...(isOpen ? [outside] : [])])];
}

const listed = (names: readonly string[]) => new Intl.ListFormat('en').format(names);
