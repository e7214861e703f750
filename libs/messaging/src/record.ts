/** A record as it was read, with its bytes untouched. */
export interface InputRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, HeaderValue>>;
  /** It stands for a whole batch of records that cannot be unpacked; this says why. */
  readonly unreadable?: string;
}

/** A repeated header is a list. */
export type HeaderValue = Buffer | string | (Buffer | string)[] | undefined;

/** A record to be written. Without `partition` the key decides, by Kafka's own murmur2. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly partition?: number;
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, Buffer | string>>;
}

/** One header as text; of a repeated one the last, as Kafka's own clients do. `undefined` when it is absent. */
export function headerText(headers: InputRecord['headers'], name: string): string | undefined {
  return headerValue(headers, name)?.toString();
}

/** One header as it was read; of a repeated one the last. */
export function headerValue(headers: InputRecord['headers'], name: string): Buffer | string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Number and size in bytes of all headers, names included; a repeated header counts each time. */
export function headerWeight(headers: InputRecord['headers']): { count: number; bytes: number } {
  let count = 0;
  let bytes = 0;
  for (const name in headers) {
    if (!Object.hasOwn(headers, name)) continue;
    const value = headers[name];
    for (const one of Array.isArray(value) ? value : [value]) {
      count += 1;
      bytes += Buffer.byteLength(name) + (one ? Buffer.byteLength(one) : 0);
    }
  }
  return { count, bytes };
}

/** Size in bytes of key, value and headers. */
export function recordBytes(record: Pick<InputRecord, 'key' | 'value' | 'headers'>): number {
  return (record.key?.length ?? 0) + (record.value?.length ?? 0) + headerWeight(record.headers).bytes;
}

/** The same for a record that is about to be written. */
export function messageBytes({ key, value, headers }: OutgoingMessage): number {
  return size(key) + size(value) + headerWeight(headers ?? {}).bytes;
}

const size = (content: Buffer | string | null): number => (content === null ? 0 : Buffer.byteLength(content));
