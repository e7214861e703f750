import type { Publisher } from './publisher';
import type { InputRecord } from './record';

/** Where a message was read. One and the same object stands for it until the work on it has ended. */
export type ReadPlace = Pick<InputRecord, 'topic' | 'partition' | 'offset'>;

/** Of a message what may be told about it: its kind and its ids, nothing that it says. */
export interface MessageIds {
  readonly type: string;
  readonly id: string;
  readonly correlationId?: string;
  readonly traceparent?: string;
}

/** What became of a message; `key` is the error key of a refusal or the reason of an ignored one. */
export interface MessageResult {
  readonly outcome: string;
  readonly key?: string;
  readonly aggregateId?: string;
}

/**
 * Follows messages through a service as spans of a trace. Where there is none, a `traceparent` passes through as it
 * came, from a command to its facts and from a fact to the commands of its reactions.
 */
export interface Tracing {
  /** Work on a message begins, once more where it is tried again. Answers the traceparent of all that it causes. */
  begin(place: ReadPlace, message: MessageIds): string;
  result(place: ReadPlace, result: MessageResult): void;
  /** Work on these has ended, by `error` if there is one. A message that never began is passed over. */
  end(places: readonly ReadPlace[], error?: unknown): void;
  /** The same publisher, with a span for what is published on behalf of a message. */
  publisher(publisher: Publisher): Publisher;
}

/** Does work on messages that were begun, or begin on the way, and ends them with it. */
export async function traced<T>(
  tracing: Tracing | undefined,
  places: readonly ReadPlace[],
  work: () => Promise<T>,
): Promise<T> {
  if (!tracing) return work();
  try {
    const result = await work();
    tracing.end(places);
    return result;
  } catch (error) {
    tracing.end(places, error);
    throw error;
  }
}

const traceparentMember = /"traceparent":"(00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})"/;
/** `encodeEnvelope` puts all attributes before the data. */
const attributesBytes = 2048;

/** The traceparent of an encoded envelope; undefined where it has none, or does not show it in its first 2 KiB. */
export function traceparentIn(value: Buffer | string | null): string | undefined {
  const start =
    typeof value === 'string'
      ? value.slice(0, attributesBytes)
      : value?.toString('latin1', 0, attributesBytes);
  return traceparentMember.exec(start ?? '')?.[1];
}

/** The trace that a traceparent belongs to. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  /^00-([0-9a-f]{32})-/.exec(traceparent ?? '')?.[1];
