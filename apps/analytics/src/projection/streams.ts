import { topicManifest } from '@waybill/contracts';
import { baseStream } from '@waybill/messaging';

/** Names the stream of a partition as the topics are now. */
export type StreamOf = (topic: string, partition: number) => string;

export const streamsOf =
  (clusterId: string): StreamOf =>
  (topic, partition) =>
    baseStream(clusterId, topic, topicManifest.find(({ name }) => name === topic)?.epoch ?? 1, partition);
