import { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { compress } from 'snappy';
import { registerCodecs } from './codecs';

registerCodecs();

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

const codecOf = (type: CompressionTypes): Codec =>
  (CompressionCodecs as unknown as Record<number, () => Codec>)[type]?.() as Codec;
const plain = Buffer.from('waybill '.repeat(10_000));

it.each([CompressionTypes.GZIP, CompressionTypes.Snappy, CompressionTypes.LZ4, CompressionTypes.ZSTD])(
  'codec %d packs and unpacks',
  async (type) => {
    const packed = await codecOf(type).compress({ buffer: plain });
    expect(packed.length).toBeLessThan(plain.length / 5);
    expect((await codecOf(type).decompress(packed)).equals(plain)).toBe(true);
  },
);

it('unpacks snappy as the Java client frames it', async () => {
  const blocks = await Promise.all(
    [plain.subarray(0, 30_000), plain.subarray(30_000)].map((part) => compress(part)),
  );
  const framed = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return [length, block];
  });
  const header = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const unpacked = await codecOf(CompressionTypes.Snappy).decompress(Buffer.concat([header, ...framed]));
  expect(unpacked.equals(plain)).toBe(true);
});

it('does not unpack without bounds', async () => {
  const claimsFourGigabytes = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00]);
  await expect(codecOf(CompressionTypes.Snappy).decompress(claimsFourGigabytes)).rejects.toThrow(
    'more than is allowed',
  );
});
