/** The tables of eight bytes at a time, one behind the other. */
const tables = tablesOf(0x82f63b78);

function tablesOf(polynomial: number): Int32Array {
  const all = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    all[byte] = crc;
  }
  for (let i = 256; i < all.length; i++) {
    const before = at(all, i - 256);
    all[i] = at(all, before & 0xff) ^ (before >>> 8);
  }
  return all;
}

/** CRC-32C (Castagnoli) of the bytes from `start` to `end`, as Kafka puts it before a record batch; eight bytes at a time. */
export function crc32c(bytes: Buffer, start: number, end: number): number {
  let crc = -1;
  let i = start;
  for (; i + 8 <= end; i += 8) {
    const low = crc ^ bytes.readInt32LE(i);
    const high = bytes.readInt32LE(i + 4);
    crc =
      at(tables, 1792 + (low & 0xff)) ^
      at(tables, 1536 + ((low >>> 8) & 0xff)) ^
      at(tables, 1280 + ((low >>> 16) & 0xff)) ^
      at(tables, 1024 + (low >>> 24)) ^
      at(tables, 768 + (high & 0xff)) ^
      at(tables, 512 + ((high >>> 8) & 0xff)) ^
      at(tables, 256 + ((high >>> 16) & 0xff)) ^
      at(tables, high >>> 24);
  }
  for (; i < end; i++) crc = at(tables, (crc ^ bytes.readUInt8(i)) & 0xff) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function at(numbers: Int32Array, i: number): number {
  return numbers[i] as number;
}
