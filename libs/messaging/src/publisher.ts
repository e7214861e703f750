import type { OutgoingMessage } from './record';

/** Where messages go. */
export interface Publisher {
  /** Resolves when all in-sync replicas have every message; on the way the order of the messages is kept per partition. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** The same for replies, except that one which cannot be delivered counts as delivered. */
  reply(messages: readonly OutgoingMessage[]): Promise<void>;
}
