import type { ServiceEvidence } from '../evidence/evidence';
import { sentIds } from './effects';

export interface Recovery {
  readonly ms: number;
  readonly command: string;
}

/**
 * The longest time that somebody waited for the first answer to a command that was neither kept nor waited for a
 * reference; times are those of the broker's log.
 */
export function slowestAnswer({
  commands,
  replies,
  retried,
}: Pick<ServiceEvidence, 'commands' | 'replies' | 'retried'>): Recovery | undefined {
  const waited = new Set(retried.map(({ headers }) => headers['kafka_correlationId']));
  const answeredAt = new Map<string, number>();
  for (const { headers, timestampMs } of replies) {
    const id = headers['kafka_correlationId'] ?? '';
    answeredAt.set(id, Math.min(timestampMs, answeredAt.get(id) ?? Infinity));
  }
  let slowest: Recovery | undefined;
  const seen = new Set<string>();
  for (const record of commands) {
    const id = record.headers['kafka_correlationId'];
    if (id === undefined || seen.has(id) || waited.has(id) || sentIds(record).length === 0) continue;
    seen.add(id);
    const ms = (answeredAt.get(id) ?? record.timestampMs) - record.timestampMs;
    if (ms > (slowest?.ms ?? -1)) slowest = { ms, command: id };
  }
  return slowest;
}
