import { partitionOfStream } from '@waybill/messaging';

/** Topics whose facts are counted. */
export const countedTopics: readonly string[] = ['orders.events', 'claims.events'];

/** Offsets of the next record by `topic/partition` instead of by stream. */
export const byPlace = (positions: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map(
    [...positions].map(([stream, next]) => {
      const place = partitionOfStream(stream);
      return [`${place?.topic}/${place?.partition}`, next];
    }),
  );
