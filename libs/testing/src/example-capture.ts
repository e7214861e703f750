import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { headerText, type InputRecord, type Origin, originHeader } from '@waybill/messaging';
import type { ServiceClient } from './service-client';

const folder = resolve(__dirname, '../../../docs/examples');

export interface Example {
  readonly name: string;
  readonly summary: string;
  readonly payload: { readonly id: string };
}

/**
 * Ids of the examples of a service in docs/examples that are not, word for word, the message of this id which is in its
 * topics. A run with `WAYBILL_CAPTURE=1` puts the messages in their place first, so that it names only what nobody sent.
 */
export async function staleExamples({ name, topics, heard }: ServiceClient): Promise<string[]> {
  const messages = messagesOf([...(await heard.all(topics.commands)), ...(await heard.all(topics.events))]);
  const files = readdirSync(folder).filter((file) => file.startsWith(`${name}.`));
  return files.flatMap((file) => {
    const path = join(folder, file);
    const examples = JSON.parse(readFileSync(path, 'utf8')) as Example[];
    if (process.env['WAYBILL_CAPTURE'] !== '1') return differing(examples, messages);
    const captured = captureExamples(examples, messages);
    writeFileSync(path, `${JSON.stringify(captured, null, 2)}\n`);
    return differing(captured, messages);
  });
}

type Messages = ReadonlyMap<string, Example['payload']>;

/** The messages of records by their ids, as their producers sent them: what was handed on is another's copy. */
export function messagesOf(records: readonly InputRecord[]): Messages {
  const messages = new Map<string, Example['payload']>();
  for (const record of records) {
    const message = JSON.parse(String(record.value)) as Example['payload'];
    if (!isHandedOn(record) && !messages.has(message.id)) messages.set(message.id, message);
  }
  return messages;
}

/** The examples with the messages of their ids as payloads; those that no message has stay as they are. */
export const captureExamples = (examples: readonly Example[], messages: Messages): Example[] =>
  examples.map(({ payload, ...example }) => ({ ...example, payload: messages.get(payload.id) ?? payload }));

/** Ids of the examples that no message has, or another one than they show; the order of members counts. */
export const differing = (examples: readonly Example[], messages: Messages): string[] =>
  examples
    .map(({ payload }) => payload)
    .filter((payload) => JSON.stringify(payload) !== JSON.stringify(messages.get(payload.id)))
    .map(({ id }) => id);

function isHandedOn({ headers }: InputRecord): boolean {
  const text = headerText(headers, originHeader);
  // a reaction's command has an origin, too, and nobody else has sent it
  return text !== undefined && (JSON.parse(text) as { origin: Origin }).origin.detour !== 'reaction';
}
