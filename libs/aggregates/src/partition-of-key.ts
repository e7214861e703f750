import { Partitioners } from 'kafkajs';

/** The partition (0-based) that Kafka's default partitioner, the one of the Java client, gives `key` in a topic of `partitions`. */
export function partitionOfKey(key: string, partitions: number): number {
  return partitioner({
    topic: '',
    partitionMetadata: metadata(partitions),
    message: { key, value: null },
  });
}

const partitioner = Partitioners.DefaultPartitioner();
const known = new Map<number, ReturnType<typeof describe>>();

function metadata(partitions: number): ReturnType<typeof describe> {
  const found = known.get(partitions) ?? describe(partitions);
  known.set(partitions, found);
  return found;
}

const describe = (partitions: number) =>
  Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));
