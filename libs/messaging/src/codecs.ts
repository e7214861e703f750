import { promisify } from 'node:util';
import { gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib';
import { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { compressFrame, decompressFrame } from 'lz4-napi';
import { compress as snappyCompress, uncompress as snappyUncompress } from 'snappy';

/** A record batch of 2 MiB that unpacks to more than this is an attack; failing on it beats running out of memory. */
const maxUnpackedBytes = 256 * 1024 * 1024;
const limit = { maxOutputLength: maxUnpackedBytes };

const gzipped = promisify(gzip);
const gunzipped = promisify<Buffer, typeof limit, Buffer>(gunzip);
const zstdCompressed = promisify(zstdCompress);
const zstdDecompressed = promisify<Buffer, typeof limit, Buffer>(zstdDecompress);

interface Encoder {
  readonly buffer: Buffer;
}

/**
 * Lets kafkajs read what any producer may send: without a codec, one foreign zstd, lz4 or snappy batch ends a consumer
 * for good. May be called more than once.
 */
export function registerCodecs(): void {
  const codecs = CompressionCodecs as Record<number, unknown>;
  codecs[CompressionTypes.GZIP] = codec(
    (plain) => gzipped(plain),
    (packed) => gunzipped(packed, limit),
  );
  codecs[CompressionTypes.ZSTD] = codec(
    (plain) => zstdCompressed(plain),
    (packed) => zstdDecompressed(packed, limit),
  );
  codecs[CompressionTypes.LZ4] = codec(compressFrame, decompressFrame);
  codecs[CompressionTypes.Snappy] = codec((plain) => snappyCompress(plain), unpackSnappy);
}

const codec =
  (pack: (plain: Buffer) => Promise<Buffer>, unpack: (packed: Buffer) => Promise<Buffer>) => () => ({
    compress: (encoder: Encoder) => pack(encoder.buffer),
    decompress: unpack,
  });

const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeaderBytes = 16;

/** The Java client cuts snappy data into length-prefixed blocks after a header; others send one bare block. */
async function unpackSnappy(packed: Buffer): Promise<Buffer> {
  if (!packed.subarray(0, xerialMagic.length).equals(xerialMagic)) return snappyBlock(packed);
  const blocks: Buffer[] = [];
  let total = 0;
  for (let at = xerialHeaderBytes; at < packed.length;) {
    const length = packed.readUInt32BE(at);
    const block = await snappyBlock(packed.subarray(at + 4, at + 4 + length));
    total += block.length;
    if (total > maxUnpackedBytes) throw new RangeError('a snappy batch unpacks to more than is allowed');
    blocks.push(block);
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

async function snappyBlock(packed: Buffer): Promise<Buffer> {
  if (unpackedLength(packed) > maxUnpackedBytes)
    throw new RangeError('a snappy batch unpacks to more than is allowed');
  return (await snappyUncompress(packed, { asBuffer: true })) as Buffer;
}

// a snappy block begins with its unpacked length as a little-endian varint
function unpackedLength(packed: Buffer): number {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = packed[i] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) break;
  }
  return length;
}
