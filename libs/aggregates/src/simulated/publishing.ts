import type { OutgoingMessage } from '@waybill/messaging';
import type { Without } from '../rules';
import type { Step } from './actor';
import type { Random } from './random';
import { topics } from './topics';
import type { World } from './world';

/** What is too large for one request goes in several, one after the other. */
export function chunksOf(
  messages: readonly OutgoingMessage[],
  random: Random,
  without: Without,
): (readonly OutgoingMessage[])[] {
  if (messages.length < 2 || !random.chance(0.2)) return messages.length === 0 ? [] : [messages];
  const cut = 1 + random.below(messages.length - 1);
  const chunks = [messages.slice(0, cut), messages.slice(cut)];
  // negative control: nobody waits for the first before the second is sent
  return without.has('chunks-in-order') && random.chance(0.5) ? chunks.toReversed() : chunks;
}

const kinds: readonly [topic: string, kind: string][] = [
  [topics.events, 'publish facts'],
  [topics.commands, 'hand on'],
  [topics.retry[0] ?? '', 'put off'],
  [topics.retry[1] ?? '', 'put off'],
  [topics.deadLetters, 'set aside'],
  [topics.replies, 'reply'],
];

export const publishKinds = [...new Set(kinds.map(([, kind]) => kind))];

/** A request may reach some of its partitions and not the others. */
export function publishStep(
  messages: readonly OutgoingMessage[],
  world: Pick<World, 'log' | 'publish'>,
): Step {
  const to = new Set(messages.map(({ topic }) => topic));
  const kind = kinds.find(([topic]) => to.has(topic))?.[1] ?? 'publish';
  const groups = () => [...Map.groupBy(messages, (message) => world.log.placeOf(message)).values()];
  return {
    kind,
    about: () => messages.map(said).join('; '),
    parts: () => groups().map((own) => () => world.publish(own)),
  };
}

function said({ topic, value, headers = {} }: OutgoingMessage): string {
  const content = JSON.parse(String(value)) as Record<string, unknown>;
  if (topic === topics.replies) {
    const { outcome, reason, key, kept } = content;
    const detail = [reason, key, kept && 'kept'].filter(Boolean).join(' ');
    return `${String(headers['kafka_correlationId'])} ${String(outcome)} ${detail}`.trim();
  }
  const kind = topic === topics.deadLetters ? ` (${String(headers['waybill-dl-kind'])})` : '';
  return `${String(content['id'])} ${String(content['type']).split('.')[1]}${kind}`;
}
