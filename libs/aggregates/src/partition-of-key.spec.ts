import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { partitionOfKey } from './partition-of-key';

const ofKafkajs = Partitioners.DefaultPartitioner();

describe('the partition of a key', () => {
  it('is the one that Kafka gives it', () => {
    const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.uuid());
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 200 }), (text, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          partitionId,
          partitionErrorCode: 0,
          leader: 1,
          replicas: [1],
          isr: [1],
        }));
        const wanted = ofKafkajs({ topic: 't', partitionMetadata, message: { key: text, value: null } });
        expect(partitionOfKey(text, partitions)).toBe(wanted);
      }),
      { numRuns: 1000 },
    );
  });
});
