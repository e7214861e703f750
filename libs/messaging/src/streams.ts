/** Name of a physical input partition. It holds the cluster and the topic's epoch, so positions of another topic count for nothing. */
export const baseStream = (clusterId: string, topic: string, epoch: number, partition: number): string =>
  `${clusterId}/${topic}@${epoch}/${partition}`;

/** The stream of a partition's records that the router handed on. */
export const rekeyedStream = (base: string): string => `${base}/rekeyed`;

/** The stream of a partition's records that waited: in a retry topic, as a kept scan, as a dead letter. */
export const lateStream = (base: string): string => `${base}/late`;

/** The stream of commands that a group of reactions makes of one aggregate's facts. */
export const reactionStream = (group: string, upstreamId: string): string => `${group}/${upstreamId}`;

/** The partition's own stream that a re-keyed or late one was derived from. */
export const originalStream = (stream: string): string => stream.replace(/\/(rekeyed|late)$/, '');

/** Topic and partition of a base stream; `undefined` for the stream of a reaction. */
export function partitionOfStream(stream: string): { topic: string; partition: number } | undefined {
  const match = /^[^/]+\/([^/@]+)@\d+\/(\d+)$/.exec(originalStream(stream));
  return match?.[1] === undefined ? undefined : { topic: match[1], partition: Number(match[2]) };
}
