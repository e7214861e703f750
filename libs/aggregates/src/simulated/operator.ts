import { type InputRecord, lateStream, readDeadLetter } from '@waybill/messaging';
import { topics } from './topics';
import type { World } from './world';

/** An operator sends a dead letter back, and once more because the first attempt seemed to hang. */
export function redrive({ log, signer, tell }: World, letterRecord: InputRecord): void {
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
  const time = new Date(log.nowMs).toISOString();
  const items = letter.items === undefined ? {} : { items: letter.items };
  const { kafka_correlationId: correlation, kafka_replyTopic: replyTopic } = record.headers;
  const headers = {
    ...(correlation
      ? { kafka_correlationId: String(correlation), kafka_replyTopic: String(replyTopic) }
      : {}),
    ...signer.headers({ origin, time, ...items }, { ...command, value }),
  };
  tell(() => `an operator sends ${command.id} back, twice (${letter.kind} ${letter.key})`);
  for (let i = 0; i < 2; i++) log.append({ topic: topics.commands, key: record.key, value, headers });
}
