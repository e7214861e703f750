/**
 * The partition (0-based) that Kafka's default partitioner, the one of the Java client, gives `key` in a topic of
 * `partitions`. kafkajs computes the same with 64-bit numbers of its own, in ten times as long.
 */
export function partitionOfKey(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}

const seed = 0x9747b28c;
const mixing = 0x5bd1e995;

/** 32-bit MurmurHash2, as `org.apache.kafka.common.utils.Utils` has it. */
function murmur2(bytes: Buffer): number {
  let hash = seed ^ bytes.length;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const mixed = Math.imul(bytes.readInt32LE(at), mixing);
    hash = Math.imul(hash, mixing) ^ Math.imul(mixed ^ (mixed >>> 24), mixing);
  }
  if (at < bytes.length) hash = Math.imul(hash ^ bytes.readUIntLE(at, bytes.length - at), mixing);
  hash = Math.imul(hash ^ (hash >>> 13), mixing);
  return hash ^ (hash >>> 15);
}
