import {
  type InputRecord,
  lateStream,
  type OriginSigner,
  type OutgoingMessage,
  readDeadLetter,
} from '@waybill/messaging';
import { topics } from './topics';
import type { World } from './world';

/** An operator sends a dead letter back, and once more because the first attempt seemed to hang. */
export function redrive({ log, signer, tell }: World, letterRecord: InputRecord): void {
  const message = sentBack(letterRecord, signer, log.nowMs);
  tell(() => {
    const { record, kind, key } = readDeadLetter(letterRecord);
    const { id } = JSON.parse(String(record.value)) as { id: string };
    return `an operator sends ${id} back, twice (${kind} ${key})`;
  });
  for (let i = 0; i < 2; i++) log.append(message);
}

/** What puts a dead letter back on the command topic; `isGivenUp`: when its turn in its line comes it is not decided. */
export function sentBack(
  letterRecord: InputRecord,
  signer: OriginSigner,
  nowMs: number,
  isGivenUp = false,
): OutgoingMessage & { readonly headers: Record<string, string> } {
  const { record, ...letter } = readDeadLetter(letterRecord);
  const value = record.value ?? Buffer.alloc(0);
  const command = JSON.parse(String(value)) as { id: string; source: string; type: string };
  const origin = {
    detour: 'late' as const,
    stream: lateStream(letter.stream),
    offset: letter.offset,
    item: letter.item,
    n: letter.n + 1,
  };
  const { parked } = letter;
  const target = parked && { aggregateId: parked.aggregateId, key: parked.aggregateId };
  const handedOn = {
    origin,
    time: new Date(nowMs).toISOString(),
    ...(letter.items === undefined ? {} : { items: letter.items }),
    ...(target ? { target } : {}),
    ...(parked ? { parked: { ...parked, ...(isGivenUp ? { givenUp: true as const } : {}) } } : {}),
  };
  const { kafka_correlationId: correlation, kafka_replyTopic: replyTopic } = record.headers;
  const headers = {
    ...(correlation
      ? { kafka_correlationId: String(correlation), kafka_replyTopic: String(replyTopic) }
      : {}),
    ...signer.headers(handedOn, { ...command, value }),
  };
  return { topic: topics.commands, key: target?.key ?? record.key, value, headers };
}
