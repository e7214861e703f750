import { crc32c } from './crc32c';

export type Content = Buffer | string | null | undefined;

/** In bytes, without the length before it. */
export const sizeOf = (content: Content): number => (content == null ? 0 : Buffer.byteLength(content));

const zigZag = (value: number): number => (value << 1) ^ (value >> 31);

/** Bytes that `value` takes as a number of variable length. */
export function varIntSize(value: number): number {
  let bytes = 1;
  for (let rest = zigZag(value) >>> 7; rest > 0; rest >>>= 7) bytes++;
  return bytes;
}

/** Writes numbers as Kafka has them into a buffer of a given size. */
export class RequestWriter {
  private readonly buffer: Buffer;
  private at = 0;

  constructor(atMostBytes: number) {
    this.buffer = Buffer.allocUnsafe(atMostBytes);
  }

  get written(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  int8(value: number): void {
    this.at = this.buffer.writeInt8(value, this.at);
  }

  int16(value: number): void {
    this.at = this.buffer.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.at = this.buffer.writeInt32BE(value, this.at);
  }

  int64(value: bigint): void {
    this.at = this.buffer.writeBigInt64BE(value, this.at);
  }

  varInt(value: number): void {
    let rest = zigZag(value) >>> 0;
    for (; rest > 0x7f; rest >>>= 7) this.buffer[this.at++] = (rest & 0x7f) | 0x80;
    this.buffer[this.at++] = rest;
  }

  /** A text with its length in two bytes. */
  text(text: string | null): void {
    this.int16(text === null ? -1 : sizeOf(text));
    if (text !== null) this.at += this.buffer.write(text, this.at);
  }

  /** A key, a value, a header's name or value, with its length before it. */
  content(content: Content): void {
    this.varInt(content == null ? -1 : sizeOf(content));
    if (content == null) return;
    if (typeof content === 'string') this.at += this.buffer.write(content, this.at);
    else this.bytes(content);
  }

  bytes(bytes: Buffer): void {
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** What `write` writes, with its size before it. */
  sized(write: () => void): void {
    const place = this.at;
    this.at += 4;
    write();
    this.buffer.writeInt32BE(this.at - place - 4, place);
  }

  /** What `write` writes, with its checksum before it. */
  checked(write: () => void): void {
    const place = this.at;
    this.at += 4;
    write();
    this.buffer.writeUInt32BE(crc32c(this.buffer, place + 4, this.at), place);
  }
}
