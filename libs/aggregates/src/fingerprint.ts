import { createHash } from 'node:crypto';

/** Tells whether the record at an offset still is the one that was finished there: 32 hex digits over key and value. */
export const fingerprintOf = (record: {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}): string =>
  createHash('sha256')
    .update(record.key ?? '')
    .update('\0')
    .update(record.value ?? '')
    .digest('hex')
    .slice(0, 32);
