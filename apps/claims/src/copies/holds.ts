import type { BatchHandler } from '@waybill/messaging';
import type { mongo } from 'mongoose';

interface HoldDocument {
  /** `<topic>/<partition>` */
  readonly _id: string;
  /** Of the fact that does not follow on the one before it. */
  readonly offset: number;
}

/** What is asked of the collection of holds; MongoDB's own collection answers it. */
export type HoldCollection = Pick<mongo.Collection<HoldDocument>, 'find' | 'updateOne'>;

/**
 * Where copies cannot be brought up to date, kept for all instances and for the next start. The same facts and the same
 * copies give the same gap, so what is written here holds until `waybill copies` changes the copies.
 */
export class Holds {
  constructor(private readonly collection: HoldCollection) {}

  /** Offsets by `<topic>/<partition>`; of partitions that have got past it since, too. */
  async all(): Promise<ReadonlyMap<string, number>> {
    const found = await this.collection.find({}).toArray();
    return new Map(found.map(({ _id, offset }) => [_id, offset]));
  }

  /** The handler, with its holds written down before what comes before them is committed. */
  remembering(handler: BatchHandler): BatchHandler {
    return async (records, context) => {
      let held: number | undefined;
      const holdFrom = (offset: number, forMs?: number) => {
        held = offset;
        context.holdFrom?.(offset, forMs);
      };
      await handler(records, { ...context, holdFrom });
      if (held === undefined) return;
      const _id = `${context.topic}/${context.partition}`;
      await this.collection.updateOne({ _id }, { $set: { offset: held } }, { upsert: true });
    };
  }
}
