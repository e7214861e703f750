import type { InputRecord, OutgoingMessage, Publisher } from '@waybill/messaging';
import { partitionOfKey } from '../partition-of-key';

/** Topics in memory with the behaviour of a broker: partitions by key, offsets without a gap, a record keeps its bytes. */
export class MemoryLog implements Publisher {
  private readonly topics = new Map<string, InputRecord[][]>();
  nowMs = Date.parse('2026-01-10T08:00:00Z');

  constructor(readonly partitions: number) {}

  publish(messages: readonly OutgoingMessage[]): Promise<void> {
    for (const message of messages) this.append(message);
    return Promise.resolve();
  }

  reply(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.publish(messages);
  }

  /** Topic and partition that a message goes to. */
  placeOf({ topic, partition, key }: OutgoingMessage): string {
    return `${topic}/${partition ?? partitionOfKey(key?.toString() ?? '', this.partitions)}`;
  }

  append({ topic, partition, key, value, headers }: OutgoingMessage): InputRecord {
    const at = partition ?? partitionOfKey(key?.toString() ?? '', this.partitions);
    const log = this.log(topic, at);
    const record: InputRecord = {
      topic,
      partition: at,
      offset: log.length,
      timestampMs: this.nowMs,
      ...recordOf({ key, value, ...(headers ? { headers } : {}) }),
    };
    log.push(record);
    return record;
  }

  log(topic: string, partition: number): InputRecord[] {
    const all = this.topics.get(topic) ?? Array.from({ length: this.partitions }, (): InputRecord[] => []);
    this.topics.set(topic, all);
    const one = all[partition];
    if (!one) throw new Error(`${topic} has no partition ${partition}`);
    return one;
  }

  /** What a fetch brings: records from an offset on, as far as there are any. */
  read(topic: string, partition: number, from: number, most: number): readonly InputRecord[] {
    return this.log(topic, partition).slice(from, from + most);
  }

  all(topic: string): InputRecord[] {
    return Array.from({ length: this.partitions }, (_, partition) => this.log(topic, partition)).flat();
  }
}

/** What of a message is in its record. */
export const recordOf = ({
  key,
  value,
  headers = {},
}: Pick<OutgoingMessage, 'key' | 'value' | 'headers'>): Pick<InputRecord, 'key' | 'value' | 'headers'> => ({
  key: bytes(key),
  value: bytes(value),
  headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
});

const bytes = (text: Buffer | string | null): Buffer | null => (text === null ? null : Buffer.from(text));
